import Foundation
import Testing

/// An output that is an input, or another output, under another name.
@Suite struct OtherNameTests {
  @Test(arguments: [
    (
      "stream a.csv -k 2 --trace hard.jsonl",
      "--trace hard.jsonl: expected another file than the input a.csv"
    ),
    (
      "stream a.csv -k 2 --trace soft.jsonl",
      "--trace soft.jsonl: expected another file than the input a.csv"
    ),
    (
      "stream a.csv -k 2 --predictions hard.csv",
      "--predictions hard.csv: expected another file than the input a.csv"
    ),
    (
      "fit a.csv -k 2 --labels hard.csv",
      "--labels hard.csv: expected another file than the input a.csv"
    ),
    ("convert a.csv hard.csv", "output hard.csv: expected another file than the input a.csv"),
    (
      "stream - -k 2 --trace a.csv <a.csv",
      "--trace a.csv: expected another file than the standard input"
    ),
    (
      "stream /dev/stdin -k 2 --trace a.csv <a.csv",
      "--trace a.csv: expected another file than the input /dev/stdin"
    ),
    (
      "stream a.csv -k 2 --init start.npy --trace start.npy",
      "--trace start.npy: expected another file than the input start.npy"
    ),
    (
      "stream a.csv -k 2 --trace one.csv --predictions two.csv",
      "two.csv is named for two outputs, expected a file for each"
    ),
    (
      "stream a.csv -k 2 --trace one.csv --predictions - >>one.csv",
      "--trace one.csv: expected another file than the standard output"
    ),
  ])
  func `is refused, and nothing is written`(_ command: String, _ line: String) throws {
    let place = Workplace.withSample()
    _ = try place.shell(
      "ln a.csv hard.csv; ln a.csv hard.jsonl; ln -s a.csv soft.jsonl; "
        + "echo 1 >one.csv; ln one.csv two.csv")
    let before = place.contents
    let outcome = try place.shell("\"$KMEANS\" \(command)")
    #expect(outcome.status == 64)
    #expect(outcome.errors == "kmeans: \(line)\n")
    #expect(place.contents == before)
  }

  @Test func `what is no regular file may be both`() throws {
    let place = Workplace.withSample()
    let outcome = try place.kmeans(
      "stream", "a.csv", "-k", "2", "--trace", "/dev/null", "--quiet")
    #expect(outcome.status == 0)
    #expect(outcome.errors == "")
  }
}
