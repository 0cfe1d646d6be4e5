import Foundation
import Testing

/// Rows that are left out, in what is counted, written and read again.
@Suite struct LeftOutResultTests {
  /// Rows with a field too few, one too many, a text, and a quote that is never closed.
  static let table = "id,x,y\na,1,2\nb,3\nc,5,6,7\nd,zz,4\n\"e,3,4\nf,8,9\n"

  @Test(arguments: ["csv", "tsv"])
  func `labels stand in their column`(_ format: String) throws {
    let place = Workplace()
    place.write(Self.table, to: "t.csv")
    try place.kmeans(
      "fit", "t.csv", "-k", "1", "--on-invalid", "skip", "--append-labels", "o.\(format)", "--quiet"
    )
    let expected = "id,x,y,cluster\na,1,2,0\n,,,-1\n,,,-1\nd,zz,4,-1\n,,,-1\nf,8,9,0\n"
    let text = format == "csv" ? expected : expected.replacing(",", with: "\t")
    #expect(try place.text("o.\(format)") == text)
    // The tool reads its own file.
    let outcome = try place.kmeans(
      "evaluate", "o.\(format)", "--labels", "cluster", "--on-invalid", "skip", "--json", "--quiet")
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(try ReportTests.object(outcome)["points"] as? Int == 2)
  }

  @Test func `a column of labels of which rows are malformed`() throws {
    let place = Workplace()
    place.write("x,y,cluster\n1,2,0\n3,4\n5,6,1\n7,8,0\n9,9,\n", to: "t.csv")
    let outcome = try place.kmeans(
      "evaluate", "t.csv", "--labels", "cluster", "--on-invalid", "skip", "--json", "--quiet")
    #expect(outcome.status == 0, "\(outcome.errors)")
    let clusters = try #require(ReportTests.object(outcome)["clusterSizes"] as? [Int])
    #expect(clusters == [2, 1])
  }

  @Test(arguments: [
    "fit a.csv b.csv -k 1", "assign a.csv b.csv --model m", "evaluate a.csv b.csv --model m",
    "onepass a.csv b.csv -k 1", "elbow a.csv b.csv -k 1-2", "convert a.csv b.csv o.npy",
    "describe m a.csv b.csv", "stream a.csv b.csv -k 1",
  ])
  func `bad rows of several files are counted together`(_ command: String) throws {
    let place = Workplace()
    place.write("x,y\n1,2\ninf,3\n4,5\n8,9\n", to: "a.csv")
    place.write("x,y\n1,2\n4,5\ninf,3\n7,inf\n", to: "b.csv")
    try place.kmeans("fit", "a.csv", "-k", "1", "--on-invalid", "skip", "--model", "m", "--quiet")
    let name = command.hasPrefix("stream") ? "b.csv" : "2 files"
    try place.expectFailure(
      65,
      "\(name): 3 of 8 rows are left out, expected at most 2 (--max-bad-rows); the last: b.csv: row 4 "
        + "(rows count from 1), where a value is missing or no finite number",
      "\(command) --on-invalid skip --max-bad-rows 2 --quiet")
    let words = "\(command) --on-invalid skip --max-bad-rows 3 --quiet".split(separator: " ")
    #expect(try place.run(Program.kmeans, words.map(String.init)).status == 0)
  }

  @Test func `that there are no points is told with the reason`() throws {
    let place = Workplace()
    place.write("x,y\n1,2\n3,4\n", to: "a.csv")
    place.write("x,y\n\"1,5\",2\n3\n", to: "t.csv")
    try place.kmeans("fit", "a.csv", "-k", "1", "--model", "m", "--quiet")
    for command in [
      "assign t.csv --model m", "fit t.csv -k 1 --columns x,y", "describe m t.csv",
      "stream t.csv -k 1 --columns x,y",
    ] {
      let words = "\(command) --on-invalid skip --quiet".split(separator: " ").map(String.init)
      let outcome = try place.run(Program.kmeans, words)
      #expect(outcome.status == 65)
      #expect(
        outcome.errors.contains("t.csv: there are no points; 2 rows left out: 1 "),
        "\(outcome.errors)")
    }
  }

  @Test func `a name of a file of texts that is misspelt`() throws {
    let place = Workplace()
    place.write("x,y\n1,2\n3,4\n", to: "a.csv")
    place.write("id,kind\nu,red\nv,blue\n", to: "classes.csv")
    try place.kmeans("fit", "a.csv", "-k", "1", "--model", "m", "--quiet")
    try place.expectFailure(
      64,
      "classes.csv: there is no column 'knd': the columns have no names, only numbers 1-2, unless one of "
        + "line 1 is asked for: did you mean 'kind'?",
      "evaluate a.csv --model m --labels-true classes.csv:knd --quiet")
  }
}
