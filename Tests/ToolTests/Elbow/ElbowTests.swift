import Foundation
import Testing

/// `kmeans elbow`: the table, the object, and what is refused.
@Suite struct ElbowTests {
  /// Four clumps far apart, a hundred points each.
  static func withClumps() -> Workplace {
    let place = Workplace()
    let noise = TestRandom.values(800, seed: 5)
    let values = noise.enumerated().map { index, noise in
      Float(((index / 2) >> (index % 2)) & 1) * 100 + noise
    }
    place.write(npyFile(values, columns: 2), to: "clumps.npy")
    return place
  }

  static func curve(_ place: Workplace, _ arguments: String) throws -> Curve {
    let words = "elbow \(arguments) --json".split(separator: " ").map(String.init)
    let outcome = try place.run(Program.kmeans, words)
    #expect(outcome.errors == "")
    #expect(outcome.status == 0)
    #expect(outcome.text.hasSuffix("}\n") && outcome.text.split(separator: "\n").count == 1)
    return try JSONDecoder().decode(Curve.self, from: Data(outcome.output))
  }

  @Test func `the object holds the curve and the knee`() throws {
    let curve = try Self.curve(Self.withClumps(), "clumps.npy --clusters 1-9 --seed 3")
    #expect(curve.points == 400)
    #expect(curve.dimension == 2)
    #expect(curve.curve.map(\.clusters) == Array(1...9))
    #expect(curve.knee == 4)
    #expect(curve.seed == 3)
    #expect(curve.precision == "float")
    #expect(curve.curve[0].explained < 1e-6 && curve.curve[3].explained > 0.99)
    for (before, after) in zip(curve.curve, curve.curve.dropFirst()) {
      #expect(after.inertia <= before.inertia)
    }
    #expect(curve.curve.allSatisfy { $0.converged && $0.iterations > 0 && $0.seconds > 0 })
  }

  /// Twelve round heaps.
  @Test func `it says twelve for twelve round heaps, and no fit of a seed is better`() throws {
    let place = Workplace()
    // Sums of four uniform numbers are bell-shaped.
    let noise = TestRandom.values(4 * 6000, seed: 9)
    let values = (0..<6000).map { index -> Float in
      let heap = index / 2 % 12
      let sum = (0..<4).reduce(Float(0)) { $0 + noise[4 * index + $1] }
      return Float(index % 2 == 0 ? heap % 4 : heap / 4) * 8 + sum
    }
    place.write(npyFile(values, columns: 2), to: "p.npy")
    for seed in 0..<3 {
      let curve = try Self.curve(place, "p.npy --clusters 2-20 --seed \(seed)")
      #expect(curve.knee == 12 && curve.suggestion == 12)
      #expect(curve.votes.count == 4 && curve.votes.values.allSatisfy { $0 == 12 })
      #expect(curve.curve[0].start == "fresh")
      for row in curve.curve where [5, 12, 17].contains(row.clusters) {
        let fit = try place.kmeans(
          "fit", "p.npy", "-k", "\(row.clusters)", "--runs", "10", "--seed", "\(seed)", "--json")
        // Not by JSONSerialization, which may round the last bits otherwise.
        let text = try #require(fit.text.firstMatch(of: #/"inertia":([0-9.e+-]+)/#))
        let inertia = try #require(Double(text.output.1))
        #expect(row.inertia <= inertia)
        if row.start == "fresh" { #expect(row.inertia == inertia) }
      }
      #expect(curve.curve.allSatisfy { ["fresh", "warm"].contains($0.start) })
    }
  }

  @Test func `the gap statistic is one more voice, where it is asked for`() throws {
    let place = Self.withClumps()
    let curve = try Self.curve(place, "clumps.npy -k 1-6 --gap 5 --runs 2")
    #expect(curve.votes["gap"] == 4 && curve.suggestion == 4)
    #expect(curve.curve.allSatisfy { $0.gap != nil && $0.gapDeviation! >= 0 })
    #expect(curve.curve[0].simplifiedSilhouette == nil)
    let same = try Self.curve(place, "clumps.npy -k 1-6 --gap 5 --runs 2 --threads 1")
    #expect(same.curve.map(\.gap) == curve.curve.map(\.gap))
    let table = try place.kmeans("elbow", "clumps.npy", "-k", "1-6", "--gap", "2")
    #expect(table.text.contains("gap  seconds"))
    #expect(try Self.curve(place, "clumps.npy -k 1-6").curve.allSatisfy { $0.gap == nil })
  }

  /// Uniform points have no clusters.
  @Test func `where criteria do not agree there is no suggestion`() throws {
    let place = Workplace()
    place.write(npyFile(TestRandom.values(4000, seed: 2), columns: 4), to: "u.npy")
    let outcome = try place.kmeans("elbow", "u.npy", "-k", "2-12")
    let last = try #require(outcome.text.split(separator: "\n").last)
    #expect(last.hasPrefix("no clear number of clusters"))
    #expect(try Self.curve(place, "u.npy -k 2-12").suggestion == nil)
  }

  @Test func `a curve without a knee has null there`() throws {
    let outcome = try Self.withClumps().kmeans("elbow", "clumps.npy", "-k", "2,3", "--json")
    #expect(outcome.text.contains("\"knee\":null"))
  }

  @Test(
    arguments: [
      ("2", [2]), ("2-5", [2, 3, 4, 5]), ("2-9:3", [2, 5, 8]), ("8,2,4", [2, 4, 8]),
      ("2-4,3-5,20", [2, 3, 4, 5, 20]), ("400", [400]),
    ])
  func `numbers of clusters`(_ list: String, _ expected: [Int]) throws {
    let curve = try Self.curve(Self.withClumps(), "clumps.npy -k \(list)")
    #expect(curve.curve.map(\.clusters) == expected)
  }

  @Test func `the table marks the knee and draws what is left above the last`() throws {
    let outcome = try Self.withClumps().kmeans("elbow", "clumps.npy", "--clusters", "1-9")
    #expect(outcome.errors == "")
    let lines = outcome.text.split(separator: "\n")
    try #require(lines.count == 3 + 9 + 2)
    #expect(lines[0].hasPrefix("clumps.npy: 400 points of 2 columns, float, read in "))
    #expect(lines[2].hasPrefix("clusters "))
    let rows = lines[3..<12].map { $0.split(separator: "|", omittingEmptySubsequences: false) }
    #expect(rows.allSatisfy { $0.count == 3 && $0[1].count == 20 })
    #expect(rows.map { $0[2] == " <- knee" } == (1...9).map { $0 == 4 })
    #expect(rows.first?[1] == String(repeating: "█", count: 20)[...])
    #expect(rows.last?[1] == String(repeating: " ", count: 20)[...])
    #expect(rows.map { $0[0].split(separator: " ").first.flatMap { Int($0) } } == Array(1...9))
    let verdict =
      #/the knee is at 4 clusters, which explain 99\.\d\d % of the variance \(Kneedle, .+ 1\)/#
    #expect(lines[12].wholeMatch(of: verdict) != nil, "\(lines[12])")
    #expect(
      lines[13]
        == "suggestion: 4 clusters, by silhouette, Davies-Bouldin, Calinski-Harabasz, the knee")
    #expect(lines.allSatisfy { $0.count <= 100 })
  }

  @Test func `an unfinished fit is marked`() throws {
    let place = FitOptionTests.withClumps()
    let outcome = try place.kmeans(
      "elbow", "clumps.npy", "-k", "5-6", "--max-iterations", "1", "--tolerance", "0")
    #expect(outcome.text.contains("* |"))
    #expect(outcome.text.contains("\n* stopped by the limit of iterations\n"))
    #expect(
      outcome.text.hasSuffix(
        "\nno knee: too few numbers of clusters to see one\nno clear number of clusters\n"))
    let whole = try place.kmeans("elbow", "clumps.npy", "-k", "5-6", "--tolerance", "0")
    #expect(!whole.text.contains("*"))
    // The bars show what is above the last inertia, which is most of the first one.
    #expect(whole.text.contains("|████████████████████|\n"))
    #expect(whole.text.contains("|                    |\n"))
  }

  @Test func `a sensitivity decides what is a knee`() throws {
    let outcome = try Self.withClumps().kmeans(
      "elbow", "clumps.npy", "-k", "1-9", "--sensitivity", "50")
    #expect(!outcome.text.contains("<- knee"))
    #expect(
      outcome.text.hasSuffix(
        "\nno knee: the inertia bends nowhere, or not far enough from the ends "
          + "(Kneedle, sensitivity 50)\n"
          + "suggestion: 4 clusters, by silhouette, Davies-Bouldin, Calinski-Harabasz\n"))
  }

  @Test func `equal points`() throws {
    let place = Workplace()
    place.write("1,2\n1,2\n1,2\n1,2\n", to: "p.csv")
    let outcome = try place.kmeans("elbow", "p.csv", "-k", "1-4")
    #expect(outcome.status == 0)
    #expect(outcome.text.contains(" 100.00 % "))
    #expect(!outcome.text.contains("█"))
    #expect(
      outcome.errors.hasSuffix(
        "p.csv: nothing is left to explain beyond 1 cluster, for there is no more than 1 distinct "
          + "row\n"))
    #expect(try Self.curve(place, "p.csv -k 1-4 --quiet").knee == nil)
  }

  @Test func `the same bits for any threads, other ones for another seed`() throws {
    let place = FitOptionTests.withClumps()
    func inertias(_ options: String) throws -> [Double] {
      try Self.curve(place, "clumps.npy -k 4-9 \(options)").curve.map(\.inertia)
    }
    let one = try inertias("--threads 1 --seed 7")
    #expect(try inertias("--threads 3 --seed 7") == one)
    #expect(try inertias("--seed 8") != one)
  }

  @Test(
    arguments: [
      "weighted.csv --point-weights w", "weighted.csv --columns x,y --point-weights 3",
      "a.csv --point-weights w.csv",
    ])
  func `weights are repeated rows`(_ options: String) throws {
    let place = WeightTests.withPoints()
    let expected = try Self.curve(place, "repeated.csv -k 1,4")
    let curve = try Self.curve(place, "\(options) -k 1,4")
    #expect((curve.totalInertia - expected.totalInertia).magnitude < 1e-12 * expected.totalInertia)
    #expect((curve.curve[0].inertia - expected.curve[0].inertia).magnitude < 1e-9)
    #expect(curve.curve[1].inertia == 0)
    #expect(curve.points == 4 && curve.dimension == 2)
  }

  @Test func `the standard input, and nothing said beside the result`() throws {
    let outcome = try Workplace().kmeans(
      "elbow", "-", "--format", "npy", "-k", "1-3", "--quiet", input: Sample.npy)
    #expect(outcome.status == 0)
    #expect(outcome.text.contains("\nclusters      inertia  explained") && outcome.errors == "")
  }

  @Test func `help tells every option and default`() throws {
    let text = try Workplace().kmeans("elbow", "--help").text.replacing(#/\s+/#, with: " ")
    for value in [
      "-k, --clusters <LIST>", "knee. (default: 1)", "of a fit. (default: 300)",
      "changes. (default: 1e-4)", "draw. (default: 0)", "--point-weights <FILE|COLUMN>",
    ] { #expect(text.contains(value), "\(value)") }
  }

  /// What `--json` prints.
  struct Curve: Decodable {
    struct Row: Decodable {
      let clusters, iterations: Int
      let inertia, explained, seconds: Double
      let converged: Bool
      let start: String
      let simplifiedSilhouette, daviesBouldin, calinskiHarabasz, gap, gapDeviation: Double?
    }
    let points, dimension, threads: Int
    let curve: [Row]
    let knee, suggestion: Int?
    let votes: [String: Int]
    let sensitivity, totalInertia, readSeconds: Double
    let strategy, isa, precision: String
    let seed: UInt64
  }
}
