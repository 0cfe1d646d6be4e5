import Clustering
import Foundation
import KMeansFiles
import VectorIO

/// What `kmeans fit --json` prints; the keys are a contract.
struct FitReport: Encodable {
  let points: Int
  let dimension: Int
  let clusters: Int
  /// How many points each has.
  let clusterSizes: [Int]
  /// Their weights; nothing where each point counts as one.
  let clusterWeights: [Double]?
  /// How many clusters have no point.
  let emptyClusters: Int
  /// The columns that were clustered: their names, or their numbers from 1.
  let columns: [String]
  let iterations: Int
  let converged: Bool
  let inertia: Double
  let seconds: Double
  /// Reading before the fit; 0 where the fit itself reads, in several passes.
  let readSeconds: Double
  /// Whether it did.
  let reread: Bool
  let pointsPerSecond: Double
  let redecidedShare: Double
  /// Where the strategy is `filtered`.
  let filter: KMeans.FilterShares?
  let threads: Int
  /// The one that was used: `auto` stands for another.
  let strategy: String
  let isa: String
  let precision: String
  let seed: UInt64
  let runs: Int
  let initialization: String
  /// Distances computed to find initial centroids, in units of one assignment of all points.
  let seedingPasses: Double
  let seedingRounds: Int
  let distance: String
  let standardized: Bool
  /// Rows of the input that were left out.
  let skippedRows: Int

  init<Scalar: ClusteringScalar>(
    _ fit: KMeans.Fit<Scalar>, _ skipped: SkippedRows, _ run: FitRun, _ columns: [String],
    isWeighted: Bool, seconds: Double, readSeconds: Double?
  ) {
    let parameters = run.parameters
    let without = ZeroRows.count(in: fit.labels)
    points = fit.labels.count - without
    dimension = fit.model.dimension
    clusters = fit.model.clusterCount
    clusterSizes = fit.clusterSizes
    clusterWeights = isWeighted ? fit.model.clusterWeights : nil
    emptyClusters = fit.clusterSizes.count { $0 == 0 }
    self.columns = columns
    iterations = fit.model.iterations
    converged = fit.model.converged
    inertia = fit.model.inertia
    self.seconds = seconds
    self.readSeconds = readSeconds ?? 0
    reread = readSeconds == nil
    pointsPerSecond = seconds > 0 ? Double(points * fit.model.iterations) / seconds : 0
    redecidedShare = fit.redecidedShare
    filter = fit.filter
    threads = parameters.threads ?? 1
    strategy =
      parameters.strategy.resolved(
        columns: dimension, clusters: clusters, of: Scalar.self,
        on: parameters.instructionSet ?? .best
      ).rawValue
    isa = (parameters.instructionSet ?? .best).rawValue
    precision = Scalar.self == Float.self ? "float" : "double"
    seed = parameters.seed
    runs = parameters.runs
    initialization = run.start.path ?? parameters.initialization.rawValue
    seedingPasses = fit.seeding.passes
    seedingRounds = fit.seeding.rounds
    distance = parameters.distance.rawValue
    standardized = parameters.standardizes
    skippedRows = skipped.count + without
  }
}

extension KMeans.Fit {
  /// How many points each cluster has.
  var clusterSizes: [Int] {
    var sizes = Array(repeating: 0, count: model.clusterCount)
    for label in labels where label >= 0 { sizes[Int(label)] += 1 }
    return sizes
  }
}

extension FitReport {
  /// How many distinct rows there are, as far as a fit can tell: where nothing is left to explain, each cluster is
  /// one.
  var distinctRows: Int? {
    inertia == 0 && clusterWeights == nil ? clusters - emptyClusters : nil
  }
}

extension Encodable {
  /// Prints one line of JSON. Numbers read back as the same bits.
  func printJSON() throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    try Streams.print([visibleJSON(String(decoding: try encoder.encode(self), as: UTF8.self))])
  }
}
