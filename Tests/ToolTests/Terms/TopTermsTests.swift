import Foundation
import Testing

/// `--feature-names` and `--top`: what clusters of texts are about.
@Suite struct TopTermsTests {
  private static let names = "<b>the & star\u{1B}[1m\nsea\nsky\n"

  /// Two topics of two rows each; the centroids by cosine can be worked out by hand.
  private func workplace() throws -> Workplace {
    let place = Workplace()
    place.write("0,3,4\n0,3,4\n5,0,0\n", to: "t.csv")
    place.write(Self.names, to: "v.txt")
    let fit = try place.kmeans(
      "fit", "t.csv", "-k", "2", "--distance", "cosine", "--model", "m", "--quiet")
    #expect(fit.status == 0, "\(fit.errors)")
    return place
  }

  private func run(_ command: String, in place: Workplace) throws -> Outcome {
    try place.run(Program.kmeans, command.split(separator: " ").map(String.init))
  }

  @Test func `a model's heaviest terms by name`() throws {
    let place = try workplace()
    let text = try run("info m --feature-names v.txt", in: place).text
    let lines = text.split(separator: "\n").suffix(3)
    #expect(lines.first == "heaviest columns, the largest clusters first")
    #expect(lines.dropFirst().first?.hasSuffix(" (2): sky 0.8, sea 0.6") ?? false, "\(text)")
    #expect(lines.last?.hasSuffix(#" (1): <b>the & star\u{1b}[1m 1"#) ?? false, "\(text)")
    let one = try run("info m --feature-names v.txt --top 1", in: place).text
    #expect(one.contains(" (2): sky 0.8\n"))
    let own = try run("info m --top 2", in: place).text
    #expect(own.contains(" (2): column3 0.8, column2 0.6\n"))
  }

  @Test func `as JSON by the number of the cluster`() throws {
    let place = try workplace()
    let object = try ReportTests.object(run("info m --feature-names v.txt --json", in: place))
    let terms = try #require(object["topTerms"] as? [[[String: Any]]])
    let labels = try run("assign t.csv --model m", in: place).text.split(separator: "\n")
    let first = terms[Int(labels[0])!]
    #expect(first.map { $0["term"] as? String } == ["sky", "sea"])
    #expect(first.map { $0["weight"] as? Double } == [0.8, 0.6])
    #expect(object["centroids"] == nil)
  }

  @Test func `a report has them, escaped`() throws {
    let place = try workplace()
    let reported = try run(
      "report --model m t.csv --feature-names v.txt --top 2 --out r.html", in: place)
    #expect(reported.status == 0, "\(reported.errors)")
    let html = try place.text("r.html")
    #expect(html.contains("Heaviest terms") && html.contains("sky 0.8, sea 0.6"))
    #expect(html.contains("&lt;b&gt;the &amp; star") && !html.contains("<b>the"))
    let fitted = try run(
      "report t.csv -k 2 --distance cosine --feature-names v.txt --out f.html", in: place)
    #expect(fitted.status == 0)
    #expect(try place.text("f.html").contains("sky 0.8, sea 0.6"))
  }

  @Test func `wrong files of names have one line each`() throws {
    let place = try workplace()
    place.write("a\nb\n", to: "two.txt")
    place.write("a\n \nc\n", to: "empty.txt")
    place.write([0x61, 0x0A, 0xFF, 0x0A, 0x63, 0x0A], to: "bytes.txt")
    place.makeFolder("folder")
    for (file, status, said) in [
      ("two.txt", Int32(65), "two.txt: 2 names for 3 columns, expected one each"),
      ("empty.txt", 65, "empty.txt: line 2: it is empty: expected the name of a column"),
      ("bytes.txt", 65, "bytes.txt: line 2: '\\xff' is not UTF-8: expected a name"),
      ("folder", 64, "--feature-names folder: expected a file, not a folder or a pipe"),
      ("m", 65, "m: expected the names of columns, one a line, found a k-means model"),
    ] {
      try place.expectFailure(status, said, "info m --feature-names \(file)")
      try place.expectFailure(
        status, said, "report --model m --feature-names \(file) --out r.html")
    }
    let none = try run("info m --feature-names none.txt", in: place)
    #expect(none.status != 0 && none.errors.hasPrefix("kmeans: none.txt: "))
  }

  @Test func `options that say nothing are refused`() throws {
    let place = try workplace()
    try place.expectFailure(
      64, "--top 3: t.csv is no model: expected no such option", "info t.csv --top 3")
    let zero = try run("info m --top 0", in: place)
    #expect(zero.status == 64 && zero.errors.contains("--top 0: expected from 1 to 1000"))
  }
}
