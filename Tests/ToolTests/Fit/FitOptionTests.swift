import Foundation
import Testing

/// The options of a fit do what they say.
@Suite struct FitOptionTests {
  /// Six clumps of points that no clustering finds in one step.
  static func withClumps() -> Workplace {
    let place = Workplace()
    let noise = TestRandom.values(3000, seed: 5)
    let values = noise.enumerated().map { Float($0 / 3 % 6) * 0.7 + $1 }
    place.write(npyFile(values, columns: 3), to: "clumps.npy")
    return place
  }

  static func report(_ place: Workplace, _ options: String) throws -> Report {
    let words = "fit clumps.npy -k 6 --json \(options)".split(separator: " ").map(String.init)
    let outcome = try place.run(Program.kmeans, words)
    #expect(outcome.errors == "")
    #expect(outcome.status == 0)
    return try Report(outcome.output)
  }

  @Test func `iterations are limited`() throws {
    let place = Self.withClumps()
    let limited = try Self.report(place, "--max-iterations 1 --tolerance 0")
    #expect(limited.iterations == 1)
    #expect(!limited.converged)
    let free = try Self.report(place, "--tolerance 0")
    #expect(free.iterations > 5)
    #expect(free.converged)
    #expect(free.inertia < limited.inertia)
  }

  @Test func `a larger tolerance stops earlier`() throws {
    let place = Self.withClumps()
    let exact = try Self.report(place, "--tolerance 0")
    let rough = try Self.report(place, "--tolerance 0.5")
    #expect(rough.iterations < exact.iterations)
    #expect(rough.converged)
  }

  @Test func `the best of more runs is no worse, and runs are reported`() throws {
    let place = Self.withClumps()
    let one = try Self.report(place, "--init random --seed 1")
    let many = try Self.report(place, "--init random --seed 1 --runs 8")
    #expect(many.inertia < one.inertia)
    #expect(many.runs == 8)
  }

  @Test func `random rows are another start than k-means++`() throws {
    let place = Self.withClumps()
    let random = try Self.report(place, "--init random --max-iterations 1")
    let plusPlus = try Self.report(place, "--init k-means++ --max-iterations 1")
    let greedy = try Self.report(place, "--init greedy --max-iterations 1")
    let normal = try Self.report(place, "--max-iterations 1")
    #expect(random.inertia != plusPlus.inertia)
    #expect(greedy.inertia != plusPlus.inertia)
    #expect(normal.inertia == greedy.inertia)
  }

  @Test func `the threads are those of the option, else of OMP_NUM_THREADS`() throws {
    let place = Workplace.withSample()
    for (option, variable, expected) in [("2", "3", 2), (nil, "3", 3), (nil, "1,2", 1)] {
      let options = option.map { ["--threads", $0] } ?? []
      let outcome = try place.run(
        Program.kmeans, ["fit", "a.csv", "-k", "2", "--json"] + options,
        environment: ["OMP_NUM_THREADS": variable])
      #expect(try Report(outcome.output).threads == expected)
    }
  }
}

/// What `--json` prints of a fit.
struct Report: Decodable {
  let points, dimension, clusters, iterations, threads, runs: Int
  let inertia, seconds, readSeconds, pointsPerSecond, redecidedShare: Double
  let converged: Bool
  let strategy, isa, precision: String
  let seed: UInt64

  init(_ bytes: [UInt8]) throws { self = try JSONDecoder().decode(Report.self, from: Data(bytes)) }
}
