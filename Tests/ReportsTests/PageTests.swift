import Foundation
import KMeansReports
import Testing

/// A page: one file that needs nothing else, whatever its texts are.
@Suite struct PageTests {
  private static let hostile = "</script><img src=x onerror=alert(1)>"

  private static var page: Page {
    var page = Page(hostile, subtitle: hostile)
    page.facts = [Page.Fact(hostile, hostile)]
    page.notes = [hostile]
    page.add("one", hostile) { section in
      section.addText(hostile)
      section.addTable([hostile, "b"], [[hostile, "1"]])
      section.addFigure(
        BarChart(hostile, [.init(hostile, 1, hostile, color: 0)]).markup,
        legend: Legend([.init(hostile, color: 1)]), caption: hostile)
    }
    page.add("two", "Second") { $0.addText("text") }
    page.add(script: "const a = 1 < 2 && true;")
    page.add(script: LegendScript.text)
    page.add(script: LegendScript.text)
    page.add(data: "{\"name\":\"\(hostile)\"}", id: "data")
    return page
  }

  @Test func `it is well-formed, and nothing of its texts is markup`() throws {
    let html = Self.page.html
    #expect(html.hasPrefix("<!DOCTYPE html>\n<html lang=\"en\">"))
    let found = WellFormed(html)
    #expect(found.problem == nil)
    #expect(found.all("img").isEmpty)
    #expect(found.all("script").count == 3)
    #expect(found.texts("title").first == Self.hostile)
    #expect(found.texts("h1") == [Self.hostile])
    #expect(!html.contains("<img"))
    #expect(html.components(separatedBy: "</script>").count == 4)
  }

  @Test func `it loads nothing`() {
    let html = Self.page.html
    for word in ["http:", "https:", "@import", "url(", "<link", "<iframe", "<base"] {
      #expect(!html.contains(word), "\(word)")
    }
    let found = WellFormed(html)
    for element in found.elements {
      #expect(element.attributes["src"] == nil && element.attributes["style"] == nil)
      #expect(element.attributes.keys.allSatisfy { !$0.hasPrefix("on") })
      if let link = element.attributes["href"] { #expect(link.hasPrefix("#")) }
    }
  }

  @Test func `the table of contents leads to each part`() {
    let found = WellFormed(Self.page.html)
    let links = found.all("a").compactMap { $0["href"] }
    #expect(links == ["#one", "#two"])
    #expect(found.all("section").compactMap { $0["id"] } == ["one", "two"])
  }

  @Test func `its policy names its scripts and its style by their hashes`() throws {
    let html = Self.page.html
    let policy = try #require(
      WellFormed(html).all("meta").first { $0["http-equiv"] == "Content-Security-Policy" }?[
        "content"])
    #expect(policy.hasPrefix("default-src 'none'; style-src 'sha256-"))
    #expect(!policy.contains("unsafe"))
    // What stands between the tags, as a browser takes it.
    func contents(_ tag: String) -> [String] {
      html.components(separatedBy: "<\(tag)>").dropFirst().map {
        $0.components(separatedBy: "</\(tag)>")[0]
      }
    }
    let texts = contents("style") + contents("script")
    #expect(texts.count == 3)
    for text in texts {
      let hash = Data(SHA256.hash(text.utf8)).base64EncodedString()
      #expect(policy.contains("'sha256-\(hash)'"))
    }
  }

  @Test func `data for scripts reads back`() throws {
    let found = WellFormed(Self.page.html)
    let place = try #require(
      found.elements.firstIndex { $0.attributes["type"] == "application/json" })
    let read = try JSONDecoder().decode([String: String].self, from: Data(found.texts[place].utf8))
    #expect(read == ["name": Self.hostile])
  }

  /// The examples of FIPS 180-4, and lengths around the end of a block.
  @Test func `hashes are those of the standard`() {
    func hex(_ text: String) -> String {
      SHA256.hash(text.utf8).map { String(format: "%02x", $0) }.joined()
    }
    #expect(hex("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    #expect(hex("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    #expect(
      hex("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")
        == "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1")
    #expect(
      hex(String(repeating: "a", count: 64))
        == "ffe054fe7ae0cb6dc65c3af9b61d5209f439851db43d0ba5997337df154668eb")
  }
}
