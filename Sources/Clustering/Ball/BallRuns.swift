/// The runs of ball k-means on the same points, and the choice among them.
struct BallRuns<Scalar: ClusteringScalar> {
  private let parameters: BallKMeans
  private let all: MemoryPoints<Scalar>
  private let training: MemoryPoints<Scalar>
  private let test: MemoryPoints<Scalar>?
  private let frame: Frame<Scalar>
  private let instructionSet: InstructionSet

  init(
    _ parameters: BallKMeans, all: WeightedRows<Scalar>, training: WeightedRows<Scalar>,
    test: WeightedRows<Scalar>?, threads: Int
  ) {
    self.parameters = parameters
    self.all = MemoryPoints(all, threads: threads)
    self.training = MemoryPoints(training, threads: threads)
    self.test = test.map { MemoryPoints($0, threads: threads) }
    frame = Frame(medianOf: all.rows)
    instructionSet = parameters.instructionSet ?? .best
  }

  /// Where a run starts: `clusterCount` of the points to train with.
  func seeds(run: Int) throws(ClusteringError) -> Matrix<Scalar> {
    let (k, seed) = (parameters.clusterCount, parameters.seed)
    if parameters.initialization == .uniform {
      let draws = Draws(seed: seed, purpose: .randomRows, run: run)
      return try training.rows(RandomRows.draw(k, from: training, draws))
    }
    let potential = SeedPotential(training, frame: frame, instructionSet: instructionSet)
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
    let steps: (count: Int, converged: Bool)
    let cost: Double
  }

  private func run(_ number: Int) throws(ClusteringError) -> Run {
    var clusters = clusters(
      of: training,
      NearestCentroids(
        try seeds(run: number), frame: frame, strategy: parameters.strategy,
        instructionSet: instructionSet))
    let steps = try clusters.takeBallSteps(
      atMost: parameters.maxIterations, trimFraction: parameters.trimFraction)
    var judged = self.clusters(of: test ?? training, clusters.nearest)
    try judged.assign()
    return Run(number: number, clusters: clusters, steps: steps, cost: judged.sums.inertia)
  }

  private func clusters(
    of points: MemoryPoints<Scalar>, _ nearest: NearestCentroids<Scalar>
  ) -> BallClusters<Scalar> {
    BallClusters(points, nearest: nearest, refillsEmpty: parameters.refillsEmptyClusters)
  }

  /// The run of the smallest cost, the earliest on ties, with its final steps.
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

  private func finished(
    _ run: Run, _ costs: [Double]
  ) throws(ClusteringError) -> BallKMeans.Fit<Scalar> {
    var clusters = clusters(of: all, run.clusters.nearest)
    let final = try clusters.takeLloydSteps(atMost: parameters.finalIterations)
    let weights = (parameters.correctsWeights ? clusters : run.clusters).sums.weights
    return BallKMeans.Fit(
      model: KMeansModel(
        centroids: clusters.nearest.centroids, clusterWeights: weights,
        inertia: clusters.sums.inertia, iterations: run.steps.count + final.count,
        converged: parameters.finalIterations > 0 ? final.converged : run.steps.converged),
      labels: clusters.labels, run: run.number, runCosts: costs, testPointCount: test?.count ?? 0)
  }
}
