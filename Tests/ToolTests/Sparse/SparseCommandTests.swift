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
        64, "--sparse: the transform of a model leaves no zeros", command + " --sparse")
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

  @Test func `more columns than there is memory for are refused`() throws {
    let place = Workplace()
    place.write("1 1:1\n2 2147483000:2\n1 2:1\n", to: "wide.svm")
    place.write("0\n1\n0\n", to: "l.csv")
    for (command, what) in [
      ("fit wide.svm -k 900", "a fit of 900 clusters"),
      ("elbow wide.svm -k 2-3", "a curve of 3 clusters"),
      ("evaluate wide.svm --labels l.csv", "an evaluation of 1 cluster"),
    ] {
      let words = (command + " --sparse").split(separator: " ").map(String.init)
      let outcome = try place.run(Program.kmeans, words)
      #expect(outcome.status == 74 || outcome.status == 65, "\(command): \(outcome.status)")
      #expect(outcome.errors.hasPrefix("kmeans: wide.svm: \(what) of 2147483000 columns"))
      #expect(outcome.errors.contains("of memory or more, expected at most "))
    }
  }

  /// A file of libsvm does not say how long a row is; what the points go with does.
  @Test func `rows are as long as those of a model of another format`() throws {
    let place = Workplace()
    place.write("1,0,0,0\n0,0,0,2\n1,0,0,0\n", to: "p.csv")
    place.write("0 1:1\n0 2:1\n", to: "few.svm")
    _ = try said(place, "fit p.csv --header no -k 2 --model m --json")
    #expect(try said(place, "assign few.svm --model m --sparse").split(separator: "\n").count == 2)
    place.write("0 1:1\n0 5:1\n", to: "many.svm")
    try place.expectFailure(
      65,
      "many.svm: line 2, column 3: index 5, expected at most 4 as in m, where a row has 4 values",
      "assign many.svm --model m")
  }

  @Test func `a description names columns`() throws {
    let place = Workplace()
    place.write("1,0,0,0\n0,0,0,2\n1,0,0,0\n", to: "p.csv")
    place.write("sun\nsea\nsand\nsalt\n", to: "names.txt")
    _ = try said(place, "fit p.csv --header no -k 2 --model m --json")
    #expect(try said(place, "describe m --feature-names names.txt").contains("salt"))
    place.write("sun\nsea\n", to: "two.txt")
    try place.expectFailure(
      65, "two.txt: 2 names for 4 columns, expected one each",
      "describe m p.csv --feature-names two.txt")
  }

  /// With the cosine one cluster's centroid is a direction: it explains nothing of itself, and more
  /// clusters explain some. A number that all give is named though clusters are not far apart.
  @Test func `curves of directions explain their share`() throws {
    let place = workplace()
    let text = try said(place, "elbow p.svm -k 1-6 --on-invalid skip --distance cosine --runs 2")
    #expect(text.contains("  0.00 %"))
    let shares = text.matches(of: #/ (\d+\.\d\d) %/#).compactMap { Double($0.output.1) }
    #expect(shares.count >= 6 && shares[0] == 0 && shares[2] > 5)
    #expect(
      text.contains("where that of clusters that lie apart is above 0.6")
        || !text.contains("no clear number"))
  }
}
