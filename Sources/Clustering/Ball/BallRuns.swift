/// The runs of ball k-means on the same points, and the choice among them.
struct BallRuns<Scalar: ClusteringScalar> {
  private let parameters: BallKMeans
  private let all: InMemoryPoints<Scalar>
  private let training: InMemoryPoints<Scalar>
  private let test: InMemoryPoints<Scalar>?
  private let centering: Centering<Scalar>
  private let instructionSet: InstructionSet
  /// The smallest magnitude of a value but 0; nothing where every weight is 1.
  private let smallestValue: Double?

  init(
    _ parameters: BallKMeans, all: WeightedRows<Scalar>, training: WeightedRows<Scalar>,
    test: WeightedRows<Scalar>?
  ) {
    self.parameters = parameters
    let execution = parameters.execution
    let points = { (rows: WeightedRows<Scalar>) in
      InMemoryPoints(rows, execution, isCancellable: true)
    }
    self.all = points(all)
    self.training = points(training)
    self.test = test.map(points)
    centering = Centering(medianOf: all.rows)
    instructionSet = execution.kernels
    smallestValue = all.weights.map { [instructionSet] _ in
      ValueRange(of: all.rows, instructionSet: instructionSet).smallest
    }
  }

  /// Where a run starts: `clusterCount` of the points to train with.
  func seeds(run: Int) throws(ClusteringError) -> Matrix<Scalar> {
    let (k, seed) = (parameters.clusterCount, parameters.seed)
    if parameters.initialization == .uniform {
      let draws = Draws(seed: seed, purpose: .randomRows, run: run)
      return try training.rows(RandomRows.draw(k, from: training, draws))
    }
    let potential = SeedPotential(training, centering: centering, instructionSet: instructionSet)
    let draws = SeedDraws(seed: seed, run: run)
    switch parameters.initialization {
    case .greedy:
      return try GreedyKMeansPlusPlus.seeds(k, potential: potential, draws: draws).centroids
    case .ostrovsky:
      let first = try FirstPair.first(
        from: potential, Draws(seed: seed, purpose: .firstPair, run: run))
      return try KMeansPlusPlus.seeds(k, first: first, potential: potential, draws: draws).centroids
    case .kMeansPlusPlus, .uniform:
      return try KMeansPlusPlus.seeds(k, potential: potential, draws: draws).centroids
    }
  }

  /// What a run came to.
  private struct Run {
    let number: Int
    let clusters: BallClusters<Scalar>
    /// What its last trimmed step kept in each cluster.
    let keptWeights: [Double]
    let steps: Int
    let converged: Bool
    let cost: Double
  }

  /// Trimmed steps, and where they are not the end, untrimmed ones; then what it costs.
  private func run(_ number: Int) throws(ClusteringError) -> Run {
    var clusters = clusters(
      of: training,
      NearestCentroids(
        try seeds(run: number), centering: centering, strategy: parameters.execution.strategy,
        instructionSet: instructionSet))
    var steps = try clusters.takeBallSteps(
      atMost: parameters.maxIterations, trimFraction: parameters.trimFraction,
      refusesRises: parameters.finalIterations > 0)
    let keptWeights = clusters.sums.weights
    if parameters.finalIterations > 0 {
      let final = try clusters.takeLloydSteps(atMost: parameters.finalIterations)
      steps = (steps.count + final.count, final.converged)
    }
    return Run(
      number: number, clusters: clusters, keptWeights: keptWeights, steps: steps.count,
      converged: steps.converged, cost: try cost(of: clusters))
  }

  /// What runs are compared by.
  private func cost(of clusters: BallClusters<Scalar>) throws(ClusteringError) -> Double {
    let takesRoots = parameters.power == 1
    if test == nil, parameters.finalIterations > 0, !takesRoots { return clusters.cost }
    var judged = self.clusters(of: test ?? training, clusters.nearest)
    if takesRoots { return try judged.distanceSum() }
    try judged.assign()
    return judged.cost
  }

  private func clusters(
    of points: InMemoryPoints<Scalar>, _ nearest: NearestCentroids<Scalar>
  ) -> BallClusters<Scalar> {
    BallClusters(
      points, nearest: nearest, refillsEmpty: parameters.refillsEmptyClusters,
      smallestValue: smallestValue)
  }

  /// The run of the smallest cost, the earliest on ties.
  func best() throws(ClusteringError) -> BallKMeans.Fit<Scalar> {
    var best = try run(0)
    var costs = [best.cost]
    for number in 1..<parameters.runs {
      let run = try run(number)
      costs.append(run.cost)
      if run.cost < best.cost { best = run }
    }
    return try finished(best, costs)
  }

  /// A run with the labels of all points. What was trained with a part of them goes on with all.
  private func finished(
    _ run: Run, _ costs: [Double]
  ) throws(ClusteringError) -> BallKMeans.Fit<Scalar> {
    var (clusters, steps, converged) = (run.clusters, run.steps, run.converged)
    if test != nil || parameters.finalIterations == 0 {
      clusters = self.clusters(of: all, run.clusters.nearest)
      let final = try clusters.takeLloydSteps(atMost: parameters.finalIterations)
      steps += final.count
      if parameters.finalIterations > 0 { converged = final.converged }
    }
    try clusters.putIntoBoxes()
    return BallKMeans.Fit(
      model: KMeansModel(
        centroids: clusters.nearest.centroids,
        clusterWeights: parameters.correctsWeights ? clusters.sums.weights : run.keptWeights,
        inertia: clusters.cost, iterations: steps, converged: converged),
      labels: clusters.labels, run: run.number, runCosts: costs, testPointCount: test?.count ?? 0)
  }
}
