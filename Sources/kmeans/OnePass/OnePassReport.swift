import Clustering
import KMeansFiles

/// The output of `kmeans onepass --json` beside the facts of the run; the keys are a contract.
struct OnePassReport: Encodable {
  /// The number of clusters without any weight.
  let emptyClusters: Int
  /// The iterations of the best run of ball k-means.
  let iterations: Int
  let converged: Bool
  /// What the cost would be if each point went where its centroid of the sketch goes: at least the
  /// cost.
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
  /// Those of them that raised the cutoff further than beta does, for there had been too many.
  let cutoffJumps: Int
  /// The cutoff at the end; null where all points are equal, or those of each split.
  let distanceCutoff: NumberOrNull
  let runs: Int
  let initialization: String
  /// The strategy of the sketch: `filtered`, `fused` or `blas`; none where it is searched.
  let sketchStrategy: String
  /// How the sketch looks for the nearest centroid: `brute` is exact.
  let searcher: String
  let compat: String
  let distance: String
  let standardized: Bool
  /// The power of the distance that points counted by, where it is not 2.
  let power: Int?
  /// `sequential` or `mapreduce`; nothing where there was a sketch already.
  var method: String?
  /// The number of splits of `mapreduce`, and the times of its phases.
  var splits: Int?
  var phases: [PhaseTime]?

  init<Scalar: ClusteringScalar>(
    _ fit: OnePassKMeans.Fit<Scalar>, _ parameters: OnePassKMeans, start: BallOptions.Start,
    _ compat: MahoutOptions.Compatibility?, _ times: OnePassTimes, cost: Double?
  ) {
    let (model, sketch) = (fit.model, fit.sketch)
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
    cutoffJumps = sketch.jumpCount
    distanceCutoff = NumberOrNull(sketch.distanceCutoff)
    runs = parameters.ball.runs
    initialization = start.rawValue
    searcher = MahoutSearch(parameters.sketch.searcher).rawValue
    sketchStrategy =
      parameters.sketch.searcher == .brute
      ? parameters.sketch.resolvedStrategy(columns: model.dimension).rawValue : "none"
    self.compat = compat?.rawValue ?? "none"
    distance = parameters.distance.kind.rawValue
    standardized = parameters.standardizes
    power = parameters.sketch.usedPower == 2 ? nil : parameters.sketch.usedPower
  }
}

extension RunFacts {
  /// Those of one pass: the strategy is that of ball k-means, the points in a second are those of
  /// the sketch.
  init<Scalar: ClusteringScalar>(
    _ fit: OnePassKMeans.Fit<Scalar>, _ parameters: OnePassKMeans, _ times: OnePassTimes,
    skipped: Int?
  ) {
    let (sketch, ball) = (fit.sketch, parameters.ball)
    self.init(
      of: Scalar.self, points: sketch.pointCount, dimension: fit.model.dimension,
      readSeconds: times.read, parameters.sketch.execution)
    setStrategy(of: ball.execution, clusters: fit.model.clusterCount, of: Scalar.self)
    set(seconds: times.sketch + times.ball + times.label, of: times.sketch)
    redecidedShare = points > 0 ? Double(sketch.redecidedCount) / Double(points) : 0
    skippedRows = skipped
    seed = ball.seed
  }
}

/// What `kmeans onepass` tells people: what was read, what became of it, how good that is for
/// certain, and the largest clusters.
struct OnePassSummary {
  let lines: [String]

  init<Scalar: ClusteringScalar>(
    _ report: OnePassReport, _ run: RunFacts, _ model: KMeansModel<Scalar>, path: String
  ) {
    var lines = [
      "\(path): \(run.size), read in \(short(run.readSeconds)) s",
      "sketch: \(counted(report.sketchCentroids, "centroid")), "
        + "\(counted(report.collapses, "collapse")), \(Self.cutoff(report))\(Self.search(report))"
        + Self.speed(report, run),
      "\(counted(model.clusterCount, "cluster")), seed \(run.seed ?? 0): the best of "
        + "\(counted(report.runs, "run")) from a \(report.initialization) start, "
        + "\(report.converged ? "converged after" : "stopped at") \(counted(report.iterations, "iteration")) in "
        + "\(short(report.ballSeconds)) s",
      Self.bounds(report, model.transform),
    ]
    if let cost = report.cost.value {
      lines.append("it is \(cost), by a second pass in \(short(report.labelSeconds)) s")
    }
    self.lines = lines + ClusterTable.lines(model.clusterWeights)
  }

  /// The time that it took to make the sketch; nothing where it was there.
  private static func speed(_ report: OnePassReport, _ run: RunFacts) -> String {
    guard report.sketchSeconds > 0 else { return "" }
    return ", in \(short(report.sketchSeconds)) s, \(short(run.pointsPerSecond ?? 0)) points/s "
      + "(\(run.machine))"
  }

  /// The proven bounds of the cost. A lower bound of 0 tells the user nothing.
  private static func bounds(_ report: OnePassReport, _ transform: RowTransform) -> String {
    let points = "the cost of all points\(transform.units)"
    let upper = report.costUpper.value ?? .infinity
    if report.distance == DistanceMeasure.Kind.tanimoto.rawValue {
      return "nothing is certain of \(points): the distance tanimoto is no norm, and has no bounds"
    }
    guard report.costLower > 0 || upper == 0 else {
      // If the sketch lost nothing, the cost is 0, but for rounding.
      let hint =
        report.sketchError.value == 0 ? "" : "; a larger -km may bound it from below, too"
      return "\(points) is at most \(upper), for certain\(hint)"
    }
    return "\(points) lies between \(report.costLower) and \(upper), for certain"
  }

  private static func search(_ report: OnePassReport) -> String {
    report.searcher == MahoutSearch.brute.rawValue ? "" : ", searched by \(report.searcher)"
  }

  private static func cutoff(_ report: OnePassReport) -> String {
    if let cutoff = report.distanceCutoff.value { return "distance cutoff \(short(cutoff))" }
    return report.sketchCentroids == 1
      ? "all points are equal" : "no distance cutoff: no split has two different points"
  }
}
