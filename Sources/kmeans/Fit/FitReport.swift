import Clustering
import VectorIO

/// The output of `kmeans fit --json` beside the facts of the run; the keys are a contract.
struct FitReport: Encodable {
  /// The number of points of each cluster [k].
  let clusterSizes: [Int]
  /// The weights of the clusters [k]; `nil` where each point counts as one.
  let clusterWeights: [Double]?
  /// The number of clusters without a point.
  let emptyClusters: Int
  /// The columns that were clustered: their names, or their numbers from 1.
  let columns: [String]
  let iterations: Int
  let converged: Bool
  let inertia: Double
  /// Whether the fit itself read, in several passes.
  let reread: Bool
  /// The shares of the filter; `nil` unless the strategy is `filtered`.
  let filter: KMeans.FilterShares?
  let runs: Int
  let initialization: String
  /// Distances computed to find initial centroids, in units of one assignment of all points.
  let seedingPasses: Double
  let seedingRounds: Int
  let distance: String
  let standardized: Bool
  /// How columns are scaled without being centred; there is no such key where they are not.
  let columnScale: String?
  /// Whether rows have length 1 and centroids need not; there is no such key where it is not so.
  let unitRows: Bool?
  /// The files that are written, by the names of their options, such as `labels`.
  let outputs: [String: String]

  init<Scalar: ClusteringScalar>(
    _ fit: KMeans.Fit<Scalar>, _ run: FitRun, _ columns: [String], isWeighted: Bool, reread: Bool
  ) {
    let parameters = run.parameters
    var sizes = Array(repeating: 0, count: fit.model.clusterCount)
    for label in fit.labels where label >= 0 { sizes[Int(label)] += 1 }
    clusterSizes = sizes
    clusterWeights = isWeighted ? fit.model.clusterWeights : nil
    emptyClusters = sizes.count { $0 == 0 }
    self.columns = columns
    iterations = fit.model.iterations
    converged = fit.model.converged
    inertia = fit.model.inertia
    self.reread = reread
    filter = fit.filter
    runs = parameters.runs
    initialization = run.start.path ?? parameters.initialization.rawValue
    seedingPasses = fit.seeding.passes
    seedingRounds = fit.seeding.rounds
    distance = parameters.distance.kind.rawValue
    standardized = parameters.standardizes
    columnScale = parameters.columnScale?.rawValue
    unitRows = fit.model.transform.hasUnitRowsAlone ? true : nil
    outputs = run.outputs.files
  }

  /// The number of distinct rows, as far as a fit can tell: if the inertia is 0, each cluster is
  /// one.
  var distinctRows: Int? {
    inertia == 0 && clusterWeights == nil ? clusterSizes.count - emptyClusters : nil
  }
}

extension RunFacts {
  /// The facts of a fit.
  ///
  /// - Parameters:
  ///   - skipped: rows that were left out before the fit.
  ///   - readSeconds: 0 where the fit itself read.
  init<Scalar: ClusteringScalar>(
    _ fit: KMeans.Fit<Scalar>, _ parameters: KMeans, skipped: SkippedRows, seconds: Double,
    readSeconds: Double
  ) {
    let without = ZeroRows.count(in: fit.labels)
    self.init(
      of: Scalar.self, points: fit.labels.count - without, dimension: fit.model.dimension,
      readSeconds: readSeconds, parameters.execution)
    setStrategy(of: parameters.execution, clusters: fit.model.clusterCount, of: Scalar.self)
    set(seconds: seconds, rounds: fit.model.iterations)
    redecidedShare = fit.redecidedShare
    skippedRows = skipped.count + without
    seed = parameters.seed
  }
}
