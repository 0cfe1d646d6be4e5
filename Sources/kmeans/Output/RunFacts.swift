import Clustering
import Foundation
import KMeansFiles

/// The facts of a run that the reports of all computing commands share; the keys are a contract. A
/// fact that a command does not know has no key.
struct RunFacts: Encodable {
  let points: Int
  let dimension: Int
  var clusters: Int?
  /// Rows of the input that were left out.
  var skippedRows: Int?
  /// Missing values of the input that are means, where that was asked for.
  var filledValues: Int?
  /// The time of computing.
  var seconds: Double?
  /// The time of reading, where that is not a part of computing.
  let readSeconds: Double
  var pointsPerSecond: Double?
  var redecidedShare: Double?
  let threads: Int
  var strategy: String?
  let isa: String
  let precision: String
  var seed: UInt64?

  init<Scalar: ClusteringScalar>(
    of type: Scalar.Type, points: Int, dimension: Int, readSeconds: Double,
    _ execution: Execution
  ) {
    self.points = points
    self.dimension = dimension
    self.readSeconds = readSeconds
    threads = execution.threadCount
    isa = execution.kernels.rawValue
    precision = Scalar.self == Float.self ? "float" : "double"
  }

  /// Notes the strategy that was used: `auto` stands for another.
  mutating func setStrategy<Scalar: ClusteringScalar>(
    of execution: Execution, clusters: Int, of type: Scalar.Type
  ) {
    self.clusters = clusters
    strategy =
      execution.strategy.resolved(
        columns: dimension, clusters: clusters, of: Scalar.self, on: execution.kernels
      ).rawValue
  }

  /// Notes the strategy that was used for sparse rows.
  mutating func setSparseStrategy(of execution: Execution) {
    strategy = Self.sparseStrategy(of: execution)
  }

  /// The strategy for sparse points.
  static func sparseStrategy(of execution: Execution) -> String {
    execution.strategy == .auto ? "inverted" : execution.strategy.rawValue
  }

  /// Notes the time of computing, in seconds.
  ///
  /// - Parameter rounds: the number of times that each point was read in that time.
  mutating func set(seconds: Double, of part: Double? = nil, rounds: Int = 1) {
    self.seconds = seconds
    let part = part ?? seconds
    pointsPerSecond = part > 0 ? Double(points * rounds) / part : 0
  }

  /// `1000 points of 2 columns, double`.
  var size: String {
    "\(counted(points, "point")) of \(counted(dimension, "column")), \(precision)"
  }

  /// `4 threads, v4`.
  var machine: String { "\(counted(threads, "thread")), \(isa)" }
}

extension Encodable {
  /// Prints one line of JSON. Numbers read back as the same bits.
  ///
  /// - Parameter run: facts that become part of the same object.
  func printJSON(_ run: RunFacts? = nil) throws { try Streams.print([json(run)]) }

  /// That line.
  func json(_ run: RunFacts? = nil) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let json = try encoder.encode(Merged(report: self, run: run))
    return visibleJSON(String(decoding: json, as: UTF8.self))
  }
}

/// A text as JSON has it.
func jsonString(_ text: String) -> String {
  let encoder = JSONEncoder()
  encoder.outputFormatting = .withoutEscapingSlashes
  // No text is refused by the encoder.
  let json = (try? encoder.encode(text)) ?? Data()
  return visibleJSON(String(decoding: json, as: UTF8.self))
}

/// Two reports as one object.
private struct Merged<Report: Encodable>: Encodable {
  let report: Report
  let run: RunFacts?

  func encode(to encoder: any Encoder) throws {
    try report.encode(to: encoder)
    try run?.encode(to: encoder)
  }
}

/// A number that may be missing or infinite; null then, for JSON has no other word.
struct NumberOrNull: Encodable {
  let value: Double?

  init(_ value: Double?) { self.value = value.flatMap { $0.isFinite ? $0 : nil } }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    if let value { try container.encode(value) } else { try container.encodeNil() }
  }
}

extension RowTransform.Linear {
  /// What it makes of rows.
  fileprivate var step: String {
    switch self {
    case .weights, .scales: "weighted by column"
    case .whitening: "whitened by the covariance"
    }
  }
}

extension RowTransform {
  /// Whether columns are scaled without being centred.
  var scalesColumns: Bool { standardization.map { !$0.centers } ?? false }

  /// Whether rows get length 1 and centroids stay means.
  var hasUnitRowsAlone: Bool { normalizes && !normalizesCentroids }

  /// The units of squared distances, where they are not those of the points as they are.
  var units: String {
    let steps = [
      standardization.map { $0.centers ? "standardised" : "scaled by column" }, linear.map(\.step),
      normalizes ? "of length 1" : nil,
    ].compactMap { $0 }
    return steps.isEmpty ? "" : " (rows \(steps.joined(separator: ", then ")))"
  }
}
