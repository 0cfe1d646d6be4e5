import Foundation
import Testing

/// The summary of `kmeans onepass --json`, as far as tests look at it.
struct OnePassFacts: Decodable {
  let points: Int
  let dimension: Int
  let clusters: Int
  let inertia: Double
  let costLower: Double
  let costUpper: Double
  let cost: Double?
  let seconds: Double
  let sketchSeconds: Double
  let ballSeconds: Double
  let labelSeconds: Double
  let sketchCentroids: Int
  let sketchError: Double
  let collapses: Int
  let distanceCutoff: Double?
  let runs: Int
  let initialization: String
  let precision: String
  let seed: UInt64
  let skippedRows: Int
  let compat: String
  let searcher: String
  let sketchStrategy: String
}

/// Rows in four heaps, far from one another, of three columns.
enum Heaps {
  static let corners: [[Float]] = [[0, 0, 0], [20, 0, 0], [0, 20, 0], [0, 0, 20]]

  static func rows(_ count: Int, seed: UInt64) -> [Float] {
    let noise = TestRandom.values(3 * count, seed: seed)
    return (0..<3 * count).map { Heaps.corners[$0 / 3 % 4][$0 % 3] + noise[$0] }
  }
}

extension Workplace {
  /// A folder with the sample, and `p.npy`: 3,000 rows in four heaps.
  static func withHeaps() -> Workplace {
    let place = Workplace.withSample()
    place.write(npyFile(Heaps.rows(3000, seed: 11), columns: 3), to: "p.npy")
    return place
  }

  /// Runs `kmeans onepass`, which must succeed.
  @discardableResult
  func onePass(
    _ command: String, input: [UInt8] = [], sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> Outcome {
    let words = command.split(separator: " ").map(String.init)
    let outcome = try run(Program.kmeans, ["onepass"] + words, input: input)
    #expect(outcome.status == 0, "\(outcome.errors)", sourceLocation: sourceLocation)
    return outcome
  }

  /// Runs it with `--json`.
  func onePassFacts(
    _ command: String, input: [UInt8] = [], sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> OnePassFacts {
    let outcome = try onePass("\(command) --json", input: input, sourceLocation: sourceLocation)
    return try JSONDecoder().decode(OnePassFacts.self, from: Data(outcome.output))
  }

  /// The lines of a file of numbers, below a header if there is one.
  func numbers(_ name: String) throws -> [[Double]] {
    try text(name).split(separator: "\n").map {
      $0.split(separator: ",").compactMap { Double($0) }
    }.filter { !$0.isEmpty }
  }
}
