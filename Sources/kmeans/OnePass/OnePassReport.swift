import Clustering

/// The output of `kmeans onepass --json` beside the facts of the run; the keys are a contract.
struct OnePassReport: Encodable {
  /// The number of clusters without any weight.
  let emptyClusters: Int
  /// The iterations of the best run of ball k-means.
  let iterations: Int
  let converged: Bool
  /// The cost if each point went to the cluster of its centroid of the sketch: at least the cost.
  let inertia: NumberOrNull
  /// The bounds of the k-means cost of all points; null where no Double is as large.
  let costLower: Double
  let costUpper: NumberOrNull
  /// The cost itself, by a second pass; null without one.
  let cost: NumberOrNull
  let sketchSeconds: Double
  let ballSeconds: Double
  /// The time of the second pass; 0 without one.
  let labelSeconds: Double
  let sketchCentroids: Int
  /// The approximate number of centroids that the sketch was to have at the end.
  let sketchSize: Int
  /// The squared error of all points to the centroids of the sketch.
  let sketchError: NumberOrNull
  let collapses: Int
  /// The cutoff at the end; null where all points are equal.
  let distanceCutoff: NumberOrNull
  let runs: Int
  let initialization: String
  /// The strategy of the sketch: `filtered` or `blas`.
  let sketchStrategy: String
  let compat: String

  init<Scalar: ClusteringScalar>(
    _ fit: OnePassKMeans.Fit<Scalar>, _ run: OnePassRun, _ times: OnePassTimes, cost: Double?
  ) {
    let (model, sketch, command) = (fit.model, fit.sketch, run.command)
    emptyClusters = model.clusterWeights.count { $0 == 0 }
    iterations = model.iterations
    converged = model.converged
    inertia = NumberOrNull(model.inertia)
    costLower = fit.cost.lowerBound
    costUpper = NumberOrNull(fit.cost.upperBound)
    self.cost = NumberOrNull(cost)
    sketchSeconds = times.sketch
    ballSeconds = times.ball
    labelSeconds = times.label
    sketchCentroids = sketch.weights.count
    sketchSize = sketch.numClusters
    sketchError = NumberOrNull(sketch.squaredError)
    collapses = sketch.collapseCount
    distanceCutoff = NumberOrNull(sketch.distanceCutoff)
    runs = run.parameters.ball.runs
    initialization = command.ball.start(command.mahout.compat).rawValue
    sketchStrategy = run.parameters.sketch.resolvedStrategy(columns: model.dimension).rawValue
    compat = command.mahout.compat?.rawValue ?? "none"
  }
}

extension RunFacts {
  /// The facts of one pass: the strategy is that of ball k-means, the points in a second are those
  /// of the sketch.
  init<Scalar: ClusteringScalar>(
    _ fit: OnePassKMeans.Fit<Scalar>, _ parameters: OnePassKMeans, _ times: OnePassTimes,
    skipped: Int
  ) {
    let (sketch, ball) = (fit.sketch, parameters.ball)
    self.init(
      of: Scalar.self, points: sketch.pointCount, dimension: fit.model.dimension,
      readSeconds: times.read, parameters.sketch.execution)
    setStrategy(of: ball.execution, clusters: fit.model.clusterCount, of: Scalar.self)
    set(seconds: times.sketch + times.ball + times.label, of: times.sketch)
    redecidedShare = points > 0 ? Double(sketch.redecidedCount) / Double(points) : 0
    skippedRows = skipped
    seed = parameters.sketch.seed
  }
}
