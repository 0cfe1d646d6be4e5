import Foundation
import Testing

/// `--id-column`: the rows nearest to a centroid by their ids.
@Suite struct DescribeIDTests {
  static func place() throws -> Workplace {
    let place = Workplace()
    place.write(
      "id,x,y\nc1,1,2\n\"c,2\",1.5,2\n,NA,3\nc4,10,11\nc5,10,12\nc6,10,11.6\n", to: "p.csv")
    let fit = try place.kmeans(
      "fit", "p.csv", "-k", "2", "--on-invalid", "skip", "--model", "m", "--quiet")
    #expect(fit.status == 0)
    return place
  }

  static let command = ["describe", "m", "p.csv", "--on-invalid", "skip", "--id-column", "id"]

  @Test func `people read the ids`() throws {
    let text = try Self.place().run(Program.kmeans, Self.command).text
    #expect(text.contains("\nmean and sd are those of the points; rows are named by 'id'\n"))
    #expect(text.contains("\n  nearest rows 'c6' at 0.06667, 'c5' at 0.4667, 'c4' at 0.5333\n"))
    #expect(text.contains("\n  nearest rows 'c1' at 0.25, 'c,2' at 0.25"))
  }

  private struct Report: Decodable {
    struct Profile: Decodable { let examples: [Example] }
    struct Example: Decodable, Equatable {
      let row: Int
      let id: String?
    }
    let profiles: [Profile]
  }

  /// The examples of each cluster in the JSON of a command.
  private static func examples(
    _ command: [String], in place: Workplace
  ) throws -> Set<[String]> {
    let outcome = try place.run(Program.kmeans, command + ["--json", "--quiet"])
    let report = try JSONDecoder().decode(Report.self, from: Data(outcome.output))
    return Set(report.profiles.map { $0.examples.map { "\($0.row) \($0.id ?? "none")" } })
  }

  @Test func `programs read both`() throws {
    let place = try Self.place()
    #expect(
      try Self.examples(Self.command, in: place) == [["5 c6", "4 c5", "3 c4"], ["0 c1", "1 c,2"]])
    let without = try Self.examples(
      Array(Self.command.prefix(5)) + ["--columns", "x,y"], in: place)
    #expect(without == [["5 none", "4 none", "3 none"], ["0 none", "1 none"]])
  }

  @Test func `the table has them behind the centroids`() throws {
    let place = try Self.place()
    #expect(try place.run(Program.kmeans, Self.command + ["--csv", "t.csv"]).status == 0)
    let lines = try place.text("t.csv").split(separator: "\n")
    #expect(lines[0] == "cluster,size,share,x,y,nearest_id1,nearest_id2,nearest_id3")
    #expect(lines.dropFirst().contains { $0.hasSuffix(",1.25,2.0,c1,\"c,2\",") })
    #expect(lines.dropFirst().contains { $0.hasSuffix(",c6,c5,c4") })
    let none = Self.command + ["--csv", "t.csv", "--examples", "0"]
    #expect(try place.run(Program.kmeans, none).status == 0)
    #expect(try place.text("t.csv").hasPrefix("cluster,size,share,x,y\n"))
  }

  @Test func `ids take points, and a column`() throws {
    let place = try Self.place()
    try place.expectFailure(
      64,
      "--id-column id: expected INPUT, a file with that column; \(DescribeErrorTests.see)",
      "describe m --id-column id")
    try place.expectFailure(
      64, "p.csv: there is no column 'idd' among 'id', 'x', 'y': did you mean 'id'?",
      "describe m p.csv --id-column idd")
  }
}
