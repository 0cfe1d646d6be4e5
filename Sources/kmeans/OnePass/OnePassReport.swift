import Clustering
import Foundation

/// What `kmeans onepass --json` prints; the keys are a contract.
struct OnePassReport: Encodable {
  let points: Int
  let dimension: Int
  let clusters: Int
  /// How many clusters have no weight.
  let emptyClusters: Int
  /// Of the best run of ball k-means.
  let iterations: Int
  let converged: Bool
  /// What the cost would be if each point went where its centroid of the sketch goes: at least the cost.
  let inertia: StreamReport.Number
  /// What the k-means cost of all points lies between; null where no Double is as large.
  let costLower: Double
  let costUpper: StreamReport.Number
  /// What it is, by a second pass; null without one.
  let cost: StreamReport.Number
  /// All but reading.
  let seconds: Double
  let sketchSeconds: Double
  let ballSeconds: Double
  /// Of the second pass; 0 without one.
  let labelSeconds: Double
  /// Of all passes.
  let readSeconds: Double
  /// Of the sketch.
  let pointsPerSecond: Double
  let redecidedShare: Double
  let sketchCentroids: Int
  /// About how many it was to have at the end.
  let sketchSize: Int
  /// Of all points to the centroids of the sketch.
  let sketchError: StreamReport.Number
  let collapses: Int
  /// As it is at the end; null where all points are equal.
  let distanceCutoff: StreamReport.Number
  let runs: Int
  let initialization: String
  let threads: Int
  /// That of ball k-means, the one that was used: `auto` stands for another.
  let strategy: String
  /// That of the sketch: `filtered` or `blas`.
  let sketchStrategy: String
  let isa: String
  let precision: String
  let seed: UInt64
  /// Rows of the input that were left out.
  let skippedRows: Int
  let compat: String

  init<Scalar: ClusteringScalar>(
    _ fit: OnePassKMeans.Fit<Scalar>, _ run: OnePassRun, _ times: OnePassTimes, skipped: Int,
    cost: Double?
  ) {
    let (model, sketch, command) = (fit.model, fit.sketch, run.command)
    points = sketch.pointCount
    dimension = model.dimension
    clusters = model.clusterCount
    emptyClusters = model.clusterWeights.count { $0 == 0 }
    iterations = model.iterations
    converged = model.converged
    inertia = StreamReport.Number(model.inertia)
    costLower = fit.cost.lowerBound
    costUpper = StreamReport.Number(fit.cost.upperBound)
    self.cost = StreamReport.Number(cost)
    seconds = times.sketch + times.ball + times.label
    sketchSeconds = times.sketch
    ballSeconds = times.ball
    labelSeconds = times.label
    readSeconds = times.read
    pointsPerSecond = times.sketch > 0 ? Double(points) / times.sketch : 0
    redecidedShare = points > 0 ? Double(sketch.redecidedCount) / Double(points) : 0
    sketchCentroids = sketch.weights.count
    sketchSize = sketch.numClusters
    sketchError = StreamReport.Number(sketch.squaredError)
    collapses = sketch.collapseCount
    distanceCutoff = StreamReport.Number(sketch.distanceCutoff)
    runs = run.parameters.ball.runs
    initialization = command.ball.start(command.mahout.compat).rawValue
    threads = run.parameters.sketch.threads ?? 1
    strategy =
      run.parameters.ball.strategy.resolved(
        columns: dimension, clusters: clusters, of: Scalar.self,
        on: run.parameters.ball.instructionSet ?? .best
      ).rawValue
    sketchStrategy = run.parameters.sketch.resolvedStrategy(columns: dimension).rawValue
    isa = (run.parameters.sketch.instructionSet ?? .best).rawValue
    precision = Scalar.self == Float.self ? "float" : "double"
    seed = run.parameters.sketch.seed
    skippedRows = skipped
    compat = command.mahout.compat?.rawValue ?? "none"
  }
}
