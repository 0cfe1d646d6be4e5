import Foundation
import Testing

/// What the first of several files says of the others, and what is told where it cannot.
@Suite struct FirstFileTests {
  /// What the first rows of all files say holds for each of them: their sketches can be merged.
  @Test func `one pass standardises and fills in by the first rows of all files`() throws {
    let place = Workplace()
    let rows = (0..<60).map { row in
      (row % 7 == 3 ? "" : "\(row % 3 * 100 + row % 5)") + ",\(row % 3 * 10 + row % 4)"
    }
    place.write((["x,y"] + rows).joined(separator: "\n") + "\n", to: "all.csv")
    place.write((["x,y"] + rows[..<20]).joined(separator: "\n") + "\n", to: "a.csv")
    place.write((["x,y"] + rows[20...]).joined(separator: "\n") + "\n", to: "b.csv")
    func model(_ files: String) throws -> [String: Any] {
      let command = "onepass \(files) -k 3 --standardize --on-invalid mean --labels l.csv --model m"
      let outcome = try place.run(
        Program.kmeans,
        command.split(separator: " ").map(String.init) + ["--json", "--quiet"])
      let object = try ReportTests.object(outcome)
      #expect(object["filledValues"] as? Int == 9 && object["points"] as? Int == 60)
      return try ReportTests.object(place.kmeans("info", "m", "--json"))
    }
    let (whole, parts) = (try model("all.csv"), try model("a.csv b.csv"))
    for key in ["means", "columnMeans", "columnDeviations", "deviations"] {
      #expect(whole[key] as? [Double] == parts[key] as? [Double], "\(key)")
    }
    #expect(whole["means"] != nil)
    #expect(try place.text("l.csv").split(separator: "\n").count == 61)
  }

  @Test func `a part that is gone is no part that is passed over`() throws {
    let place = try SeveralInputTests.withParts()
    try FileManager.default.createSymbolicLink(
      atPath: "\(place.path)/parts/part-00011.csv", withDestinationPath: "/nowhere/part.csv")
    try place.expectFailure(
      74, "parts/part-00011.csv: cannot open: No such file or directory", "fit parts -k 2")
  }

  @Test func `what is taken in its order for want of names is told`() throws {
    let place = try SeveralInputTests.withParts()
    place.write(npyFile([1, 2, 10, 11], columns: 2), to: "p.npy")
    let first = try place.kmeans("fit", "p.npy", "a.csv", "-k", "2")
    #expect(
      first.errors
        == "a.csv: p.npy knows no names of columns; 'x', 'y' are taken in this order\n")
    let last = try place.kmeans("fit", "a.csv", "p.npy", "-k", "2")
    #expect(
      last.errors
        == "p.npy: there are no names of columns to compare with 'x', 'y' of a.csv; the columns are "
        + "taken in this order\n")
  }
}
