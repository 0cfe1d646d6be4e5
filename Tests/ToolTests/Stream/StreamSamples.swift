import Foundation
import Testing

/// A line of a trace.
struct TraceLine: Decodable, Equatable {
  struct Event: Decodable, Equatable {
    let kind: String
    let cluster: Int
    let parent: Int?
    let label: Int
  }

  let batch: Int
  let points: Int
  let time: Double
  let centroids: [[Double]]
  let weights: [Double]
  let ids: [Int]
  let inertia: Double
  let events: [Event]
}

/// The summary of `--json`, as far as tests look at it.
struct StreamFacts: Decodable {
  let batches: Int
  let points: Int
  let skippedRows: Int
  let tooLatePoints: Int
  let dimension: Int
  let inertia: Double
  let inertiaAfter: Double
  let time: Double?
  let halfLife: Double?
  let decayFactor: Double
  let unit: String
  let precision: String
  let distance: String
  let standardized: Bool
  let born: Int
  let died: Int
  let split: Int
}

extension Workplace {
  /// The sample in two batches: from (1, 2) and (10, 11) `a.csv` moves both centroids, and `b.csv`,
  /// a single point (2, 2), the first.
  static func withStream() -> Workplace {
    let place = Workplace.withSample()
    place.write("x,y\n2,2\n", to: "b.csv")
    return place
  }

  /// Runs `kmeans stream`, which must succeed.
  @discardableResult
  func stream(
    _ command: String, input: String = "", sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> Outcome {
    let words = command.split(separator: " ").map(String.init)
    let outcome = try run(Program.kmeans, ["stream"] + words, input: Array(input.utf8))
    #expect(outcome.status == 0, "\(outcome.errors)", sourceLocation: sourceLocation)
    return outcome
  }

  /// Removes a file, so that nothing goes on from it.
  func remove(_ name: String) {
    try? FileManager.default.removeItem(atPath: "\(path)/\(name)")
  }

  /// The same with `--trace`, in a file that begins anew.
  ///
  /// - Returns: the lines of the trace.
  func trace(
    _ command: String, input: String = "", sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> [TraceLine] {
    remove("t.jsonl")
    try stream("\(command) --trace t.jsonl --quiet", input: input, sourceLocation: sourceLocation)
    return try traceLines("t.jsonl")
  }

  func traceLines(_ name: String) throws -> [TraceLine] {
    let text = try text(name)
    #expect(text.isEmpty || text.hasSuffix("\n"))
    return try text.split(separator: "\n").map {
      try JSONDecoder().decode(TraceLine.self, from: Data($0.utf8))
    }
  }

  /// The same with `--json`.
  func facts(
    _ command: String, input: String = "", sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> StreamFacts {
    let outcome = try stream("\(command) --json", input: input, sourceLocation: sourceLocation)
    return try JSONDecoder().decode(StreamFacts.self, from: Data(outcome.output))
  }
}

/// Rows of csv.
func csv(_ rows: [[Double]]) -> String {
  rows.map { $0.map(\.description).joined(separator: ",") + "\n" }.joined()
}
