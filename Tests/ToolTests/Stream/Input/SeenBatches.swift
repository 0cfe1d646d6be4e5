import Foundation
import Testing

/// What a batch was, as a model of one cluster that forgets everything before it shows it.
struct SeenBatch: Equatable {
  let points: Int
  /// The weighted mean of the points.
  let mean: [Double]
  /// The sum of the weights.
  let weight: Double

  init(_ points: Int, mean: [Double], weight: Double? = nil) {
    self.points = points
    self.mean = mean
    self.weight = weight ?? Double(points)
  }

  init(_ line: TraceLine) {
    self.init(line.points, mean: line.centroids[0], weight: line.weights[0])
  }
}

extension Workplace {
  /// What shows batches: they begin at zero, and each batch is all that is known.
  static func showing(columns: Int) -> Workplace {
    let place = Workplace()
    place.write(csv([Array(repeating: 0, count: columns)]), to: "zero.csv")
    return place
  }

  static let showing = "-k 1 --init zero.csv --decay-factor 0 --time-unit batches --deaths never"

  /// The batches that a stream takes its input for.
  func batches(
    _ command: String, input: [UInt8] = [], sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> [SeenBatch] {
    let words = "stream \(command) \(Self.showing) --trace t.jsonl --quiet"
    remove("t.jsonl")
    let outcome = try run(
      Program.kmeans, words.split(separator: " ").map(String.init), input: input)
    #expect(outcome.errors == "", sourceLocation: sourceLocation)
    return try traceLines("t.jsonl").map(SeenBatch.init)
  }

  func batches(
    _ command: String, input: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> [SeenBatch] {
    try batches(command, input: Array(input.utf8), sourceLocation: sourceLocation)
  }
}
