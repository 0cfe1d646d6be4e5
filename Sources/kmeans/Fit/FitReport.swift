import Clustering
import Foundation

/// What `kmeans fit --json` prints; the keys are a contract.
struct FitReport: Encodable {
  let points: Int
  let dimension: Int
  let clusters: Int
  let iterations: Int
  let converged: Bool
  let inertia: Double
  let seconds: Double
  let readSeconds: Double
  let pointsPerSecond: Double
  let redecidedShare: Double
  let threads: Int
  let strategy: String
  let isa: String
  let precision: String
  let seed: UInt64
  let runs: Int

  init<Scalar: ClusteringScalar>(
    _ fit: KMeans.Fit<Scalar>, _ points: Points<Scalar>, _ parameters: KMeans, seconds: Double
  ) {
    self.points = points.rows
    dimension = points.columns
    clusters = fit.model.clusterCount
    iterations = fit.model.iterations
    converged = fit.model.converged
    inertia = fit.model.inertia
    self.seconds = seconds
    readSeconds = points.readSeconds
    pointsPerSecond = Double(points.rows * fit.model.iterations) / seconds
    redecidedShare = fit.redecidedShare
    threads = parameters.threads ?? 1
    strategy = parameters.strategy.rawValue
    isa = (parameters.instructionSet ?? .best).rawValue
    precision = Scalar.self == Float.self ? "float" : "double"
    seed = parameters.seed
    runs = parameters.runs
  }
}

extension Encodable {
  /// Prints one line of JSON. Numbers read back as the same bits.
  func printJSON() throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    try Streams.print([String(decoding: try encoder.encode(self), as: UTF8.self)])
  }
}
