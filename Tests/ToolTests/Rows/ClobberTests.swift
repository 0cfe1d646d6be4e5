import Foundation
import Testing

/// Outputs that exist are replaced, or by `--no-clobber` refused before any work.
@Suite struct ClobberTests {
  static func withModel() throws -> Workplace {
    let place = Workplace.withSample()
    try place.kmeans("fit", "a.csv", "-k", "2", "--model", "m", "--quiet")
    // Points that are bad: nobody looks at them.
    place.write(npyFile([1, .nan] as [Double], columns: 1), to: "bad.npy")
    for name in ["old.csv", "old.jsonl"] { place.write("old", to: name) }
    return place
  }

  @Test(
    arguments: [
      ("fit bad.npy -k 1", "--labels old.csv"), ("fit bad.npy -k 1", "--centroids old.csv"),
      ("fit bad.npy -k 1", "--model old.csv"), ("fit bad.npy -k 1", "--append-labels old.csv"),
      ("assign bad.npy --model m", "--labels old.csv"),
      ("assign bad.npy --model m", "--distances old.csv"),
      ("onepass bad.npy -k 1", "--labels old.csv"),
      ("onepass bad.npy -k 1 -ow", "--cluster-weights old.csv"),
      ("stream bad.npy -k 1", "--trace old.jsonl"),
      ("stream bad.npy -k 1", "--predictions old.csv"),
      ("stream bad.npy -k 1", "--centroids old.csv"), ("describe m", "--csv old.csv"),
    ])
  func `refused`(_ command: String, _ output: String) throws {
    let place = try Self.withModel()
    try place.expectFailure(
      64, "\(output): the file exists: expected another name, or leave out --no-clobber",
      "\(command) \(output) --no-clobber")
  }

  @Test func `an output of convert`() throws {
    let place = try Self.withModel()
    try place.expectFailure(
      64, "output old.csv: the file exists: expected another name, or leave out --no-clobber",
      "convert bad.npy old.csv --no-clobber")
  }

  @Test(
    arguments: [
      "fit a.csv -k 1 --labels", "assign a.csv --model m --labels", "convert a.csv",
      "onepass a.csv -k 1 --labels", "describe m --csv",
    ])
  func `replaced without it, and made with it`(_ command: String) throws {
    let place = try Self.withModel()
    let words = command.split(separator: " ").map(String.init)
    #expect(try place.run(Program.kmeans, words + ["old.csv", "--quiet"]).status == 0)
    #expect(try place.text("old.csv") != "old")
    #expect(
      try place.run(Program.kmeans, words + ["new.csv", "--quiet", "--no-clobber"]).status == 0)
    #expect(try place.text("new.csv") == place.text("old.csv"))
  }
}
