import Foundation
import Testing

/// `--quiet` drops what is said beside results, and no result.
@Suite struct QuietTests {
  @Test(arguments: [
    "evaluate a.csv --model m", "elbow a.csv --clusters 1-2", "describe m", "describe m a.csv",
    "assign a.csv --model m", "fit a.csv --init m --labels -", "convert a.csv -",
  ])
  func `results on stdout stay`(_ command: String) throws {
    let place = try DescribeTests.withModel()
    func lines(_ options: String) throws -> (out: [String], errors: String) {
      let words = "\(command) \(options)".split(separator: " ").map(String.init)
      let outcome = try place.run(Program.kmeans, words)
      #expect(outcome.status == 0)
      // Times differ.
      let text = outcome.text.replacing(#/ +/#, with: " ").replacing(#/[\d.e-]+ s\b/#, with: "")
        .replacing(#/[\d.e-]+[ *]+\|/#, with: "|")
      return (text.split(separator: "\n").map(String.init), outcome.errors)
    }
    let (loud, quiet) = (try lines(""), try lines("--quiet"))
    #expect(!quiet.out.isEmpty && quiet.out == loud.out && quiet.errors == "")
  }

  /// The result is in a file then, and the summary of it is dropped.
  @Test(arguments: [
    "fit a.csv -k 2 --model n", "describe m --csv t.csv", "convert a.csv o.npy",
    "assign a.csv --model m --labels l.csv",
  ])
  func `results in files leave stdout empty`(_ command: String) throws {
    let place = try DescribeTests.withModel()
    let words = "\(command) --quiet".split(separator: " ").map(String.init)
    let outcome = try place.run(Program.kmeans, words)
    #expect(outcome.status == 0 && outcome.text == "" && outcome.errors == "")
  }
}
