/// The runs of ball k-means on few points by a distance that is no squared Euclidean one, and the
/// choice among them: as `BallRuns`, with that distance in place of the square.
struct PairwiseRuns {
  private let parameters: BallKMeans
  private let all: PairwisePoints
  private let training: PairwisePoints
  private let test: PairwisePoints?

  /// - Parameters:
  ///   - points: checked; as many of a weight above 0 as there are to be clusters.
  ///   - power: of the distance that points count by.
  init(
    _ parameters: BallKMeans, _ points: WeightedRows<Double>, _ distance: PairwiseDistance,
    power: Int
  ) throws(ClusteringError) {
    self.parameters = parameters
    let execution = parameters.execution
    let copied = { (points: WeightedRows<Double>) in
      PairwisePoints(points, distance, power: power, execution)
    }
    all = copied(points)
    guard let split = HoldOut(points, parameters: parameters) else {
      (training, test) = (all, nil)
      return
    }
    training = try split.training.withPoints { copied($0) }
    test = try split.test.withPoints { copied($0) }
  }

  /// What the runs came to.
  struct Found {
    var clusters: PairwiseClusters
    /// What the last trimmed step of the best run kept in each cluster.
    let keptWeights: [Double]
    var steps: Int
    var converged: Bool
    let run: Int
    let costs: [Double]
  }

  /// The run of the smallest cost, the earliest on ties, with the labels of all points.
  ///
  /// - Complexity: O(n k d + k^2 d) a step.
  func best() throws(ClusteringError) -> Found {
    var best = try run(0)
    var costs = [best.cost]
    for number in 1..<parameters.runs {
      let run = try run(number)
      costs.append(run.cost)
      if run.cost < best.cost { best = run }
    }
    var (clusters, steps, converged) = (best.clusters, best.steps, best.converged)
    if test != nil || parameters.finalIterations == 0 {
      clusters = self.clusters(of: all, best.clusters.centroids)
    }
    if test != nil, parameters.finalIterations > 0 {
      let final = try clusters.takeSteps(
        atMost: parameters.finalIterations, trimFraction: nil, refusesRises: true)
      (steps, converged) = (steps + final.count, final.converged)
    }
    try clusters.assign()
    return Found(
      clusters: clusters, keptWeights: best.keptWeights, steps: steps, converged: converged,
      run: best.number, costs: costs)
  }

  private struct Run {
    let number: Int
    let clusters: PairwiseClusters
    let keptWeights: [Double]
    let steps: Int
    let converged: Bool
    let cost: Double
  }

  /// Trimmed steps, and where they are not the end, untrimmed ones; then what it costs.
  private func run(_ number: Int) throws(ClusteringError) -> Run {
    let seeds = PairwiseSeeds.choose(
      parameters.clusterCount, of: training, parameters.initialization, seed: parameters.seed,
      run: number)
    var clusters = clusters(of: training, training.rows.picking(seeds))
    let isFinal = parameters.finalIterations == 0
    var steps = try clusters.takeSteps(
      atMost: parameters.maxIterations, trimFraction: parameters.trimFraction,
      refusesRises: !isFinal)
    let keptWeights = clusters.weights
    if !isFinal {
      let final = try clusters.takeSteps(
        atMost: parameters.finalIterations, trimFraction: nil, refusesRises: true)
      steps = (steps.count + final.count, final.converged)
    }
    var judged = self.clusters(of: test ?? training, clusters.centroids)
    try judged.assign()
    return Run(
      number: number, clusters: clusters, keptWeights: keptWeights, steps: steps.count,
      converged: steps.converged, cost: judged.cost)
  }

  private func clusters(
    of points: PairwisePoints, _ centroids: Matrix<Double>
  ) -> PairwiseClusters {
    PairwiseClusters(points, centroids, refillsEmpty: parameters.refillsEmptyClusters)
  }
}
