import KMeansReports
import Testing

/// Texts that come from files: nothing in them is markup.
@Suite struct MarkupTests {
  static let hostile = [
    "</script><img src=x onerror=alert(1)>", "\"><svg onload='x'>", "a & b < c > d", "]]>", "<!--",
    "&amp;", "\u{0}\u{1b}[31m\u{7}", "\u{fffe}\u{ffff}", "\u{202e}abc", "x\ny\tz", "é 🙂 漢字",
  ]

  /// Whether a scalar is shown as something else.
  private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value < 32 || (0x2000..<0x3000).contains(scalar.value) || scalar.value & 0xFFFE == 0xFFFE
  }

  @Test(arguments: hostile) func `a text is read back as it shows`(_ text: String) {
    var markup = Markup()
    markup.add("p", ["title": text], text: text)
    markup.add("br")
    let found = WellFormed(markup)
    #expect(found.problem == nil)
    #expect(found.elements.map(\.name) == ["all", "p", "br"])
    #expect(!markup.text.dropFirst(2).contains("<img") && !markup.text.contains("<svg"))
    let shown = found.texts("p")[0]
    #expect(found.all("p")[0]["title"] == shown)
    if !text.unicodeScalars.contains(where: Self.isHidden) { #expect(shown == text) }
  }

  @Test func `control characters are shown, and what is no character is replaced`() {
    #expect(escaped("a\nb\u{1b}c") == "a\\nb\\u{1b}c")
    #expect(escaped("\u{fffe}|\u{1ffff}") == "\u{fffd}|\u{fffd}")
    #expect(escaped("<a href='x' b=\"y\">&") == "&lt;a href=&#39;x&#39; b=&quot;y&quot;&gt;&amp;")
    #expect(escaped("plain text, 1.5 %") == "plain text, 1.5 %")
  }

  @Test func `elements stand in one another`() {
    var markup = Markup()
    markup.add("g", ["class": "a"]) { group in
      group.add("circle", ["r": "1"])
      group.write("1 < 2")
      group.add("text", text: "")
    }
    #expect(markup.text == "<g class=\"a\"><circle r=\"1\"/>1 &lt; 2<text></text></g>")
  }

  @Test func `JSON ends no script`() {
    let json = "{\"a\":\"</script><!-- & \u{2028}\"}"
    let safe = scriptJSON(json)
    #expect(!safe.contains("<") && !safe.contains("&") && !safe.contains("\u{2028}"))
    #expect(safe == "{\"a\":\"\\u003c/script\\u003e\\u003c!-- \\u0026 \\u2028\"}")
  }

  @Test(
    arguments: [
      (0.0, "0"), (12, "12"), (12.34, "12.3"), (12.36, "12.4"), (-0.26, "-0.3"), (-0.04, "0"),
      (1e300, "9999"), (-.infinity, "-9999"), (.nan, "0"), (99.96, "100"),
    ]) func `coordinates have a tenth`(_ value: Double, _ text: String)
  {
    #expect(px(value) == text)
  }
}
