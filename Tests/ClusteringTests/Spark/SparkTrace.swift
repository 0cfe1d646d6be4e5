import Clustering
import Foundation
import Testing

/// A run of the real Spark: `Data/spark`, whose README says how it was made.
struct SparkTrace: Decodable, Sendable, CustomTestStringConvertible {
  struct State: Decodable, Sendable, Equatable {
    let centers: [[Double]]
    let weights: [Double]
  }

  let name: String
  let centers: [[Double]]
  let weights: [Double]
  let decay: Double
  let unit: String
  /// How many doubles a vector of the Java machine had, where that matters.
  let lanes: Int?
  let batches: [[[Double]]]
  /// The state after each batch; nothing where Spark failed.
  let after: [State]?

  var testDescription: String { name }

  /// Runs that Spark does as it should.
  static let sound = read("traces")
  /// Runs with more columns than a vector of Java has.
  static let wide = read("wide")
  /// Runs that show Spark's faults.
  static let faults = read("faults")

  private static func read(_ name: String) -> [SparkTrace] {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../Data/spark/\(name).json")
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
    return try! decoder.decode([SparkTrace].self, from: Data(contentsOf: file))
  }

  static func named(_ name: String) -> SparkTrace {
    (sound + wide + faults).first { $0.name == name }!
  }

  func model(fusedLanes: Int = 0) -> SparkModel {
    SparkModel(centroids: try! Matrix(centers), weights: weights, fusedLanes: fusedLanes)
  }

  var timeUnit: SparkModel.TimeUnit { SparkModel.TimeUnit(rawValue: unit)! }
}

extension SparkModel {
  var state: SparkTrace.State { .init(centers: centroids.doubles, weights: weights) }

  /// An update by rows as arrays.
  mutating func update(
    _ batch: [[Double]], decayFactor: Double, timeUnit: TimeUnit = .batches, threads: Int = 1
  ) -> (update: SparkUpdate, labels: [Int32]) {
    var labels = [Int32](repeating: -1, count: batch.count)
    let update = labels.withUnsafeMutableBufferPointer { labels in
      Self.matrix(batch, columns: centroids.columns).withRows { rows in
        self.update(
          rows, decayFactor: decayFactor, timeUnit: timeUnit, labels: labels, threads: threads)
      }
    }
    return (update, labels)
  }

  /// The labels of rows as arrays.
  mutating func labels(
    of points: [[Double]], threads: Int = 1
  ) -> (labels: [Int32], redecided: Int) {
    var labels = [Int32](repeating: -1, count: points.count)
    let redecided = labels.withUnsafeMutableBufferPointer { labels in
      Self.matrix(points, columns: centroids.columns).withRows { rows in
        self.assign(rows, labels: labels, threads: threads)
      }
    }
    return (labels, redecided)
  }

  private static func matrix(_ rows: [[Double]], columns: Int) -> Matrix<Double> {
    rows.isEmpty ? try! Matrix(rows: 0, columns: columns) : try! Matrix(rows)
  }
}

extension SparkTrace.State {
  /// Every bit, so that -0 is not 0.
  var bits: [[UInt64]] { (centers + [weights]).map { $0.map(\.bitPattern) } }

  /// Whether every number is that of another state up to `tolerance` of it.
  func isNear(_ other: Self, _ tolerance: Double) -> Bool {
    zip(centers.joined() + weights, other.centers.joined() + other.weights).allSatisfy {
      ($0 - $1).magnitude <= tolerance * $1.magnitude
    }
  }
}
