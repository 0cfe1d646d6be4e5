import Foundation
import Testing

/// `--sparse` and `--dense`: rows with and without their zeros give the same results.
@Suite struct SparseCommandTests {
  /// 120 rows of 40 columns of a few topics; the seventh has no values.
  private func workplace() -> Workplace {
    let place = Workplace()
    let noise = TestRandom.values(120 * 6, seed: 3)
    var lines: [String] = []
    for row in 0..<120 {
      var values: [Int: Int] = [:]
      for term in 0..<6 where row != 6 {
        let column = 1 + (row % 3) * 12 + Int(noise[row * 6 + term] * 15)
        values[column, default: 0] += 1
      }
      let entries = values.sorted { $0.key < $1.key }.map { "\($0.key):\($0.value)" }
      lines.append("\(row % 3)" + entries.map { " " + $0 }.joined())
    }
    place.write(lines.joined(separator: "\n") + "\n", to: "p.svm")
    return place
  }

  /// The object of `--json` without the times, the strategy, and what is of the moments of all
  /// points, whose last bits are those of sums without zeros.
  private func said(_ place: Workplace, _ command: String) throws -> String {
    let words = command.split(separator: " ").map(String.init)
    let outcome = try place.run(Program.kmeans, words)
    #expect(outcome.status == 0, "\(command): \(outcome.errors)")
    let others =
      #/"(readSeconds|seconds|pointsPerSecond|strategy|totalInertia|explained)":[^,}]+/#
    return outcome.text.replacing(others, with: "")
  }

  @Test(arguments: ["", "--distance cosine --on-invalid skip", "--l2 --tf-idf --on-invalid skip"])
  func `both give the same`(options: String) throws {
    let place = workplace()
    let skipping = options.isEmpty ? "" : "--on-invalid skip"
    let commands = [
      "fit p.svm -k 4 \(options) --model m --labels l.csv --json",
      "assign p.svm --model m \(skipping)",
      "evaluate p.svm --model m \(skipping) --labels-true label --sample 50 --json",
      "evaluate p.svm --labels l.csv --json",
      "evaluate p.svm --model m --against m --test p.svm --squared \(skipping) --json",
      "elbow p.svm -k 1-5 --runs 2 --gap 1 \(options) --json",
    ]
    for command in commands {
      let (sparse, dense) = (
        try said(place, command + " --sparse"), try said(place, command + " --dense")
      )
      #expect(sparse == dense, "\(command) \(options)")
      #expect(!sparse.isEmpty)
    }
  }

  @Test func `what ran is told`() throws {
    let place = workplace()
    for command in ["elbow p.svm -k 1-3", "fit p.svm -k 3"] {
      let words = (command + " --json --sparse").split(separator: " ").map(String.init)
      #expect(try place.run(Program.kmeans, words).text.contains(#""strategy":"inverted""#))
    }
  }

  @Test func `what leaves no zeros is refused with --sparse`() throws {
    let place = workplace()
    _ = try said(place, "fit p.svm -k 3 --standardize --dense --model m --json")
    for command in [
      "evaluate p.svm --model m", "assign p.svm --model m",
    ] {
      try place.expectFailure(
        64, "--sparse: the model's transform leaves no zeros", command + " --sparse")
      // Nobody asked for it: rows have their zeros then.
      _ = try said(place, command)
    }
    try place.expectFailure(
      64, "--sparse: --on-invalid mean makes values of what is missing",
      "elbow p.svm -k 1-3 --on-invalid mean --sparse")
    try place.expectFailure(
      64,
      "--sparse: standardising subtracts the mean of each column, which leaves no zero of sparse "
        + "rows; divide by deviations alone, or make the rows dense",
      "elbow p.svm -k 1-3 --standardize --sparse")
  }
}
