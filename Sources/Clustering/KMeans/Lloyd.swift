/// Lloyd's algorithm on points in memory: assign, move the centroids to the means, repeat.
struct Lloyd<Scalar: ClusteringScalar> {
  let points: WeightedRows<Scalar>
  let parameters: KMeans
  let threads: Int
  let instructionSet: InstructionSet
  let frame: Frame<Scalar>
  /// The mean over the columns of their variance, the unit of the tolerance.
  let meanVariance: Double

  /// Checks the points and measures their mean and variance, in one pass.
  init(_ points: WeightedRows<Scalar>, parameters: KMeans) throws(ClusteringError) {
    self.points = points
    self.parameters = parameters
    threads = parameters.threads ?? AvailableThreads.count
    instructionSet = parameters.instructionSet ?? .best
    meanVariance = try points.checkedMoments(threads: threads).meanVariance
    frame = Frame(medianOf: points.rows)
  }

  private var pass: RowPass<Scalar> {
    RowPass(points, clusters: parameters.clusterCount, threads: threads)
  }

  /// The initial centroids of a run.
  func initialCentroids(run: Int) -> Matrix<Scalar> {
    let rows =
      switch parameters.initialization {
      case .kMeansPlusPlus:
        KMeansPlusPlus.draw(
          parameters.clusterCount, from: points, seed: parameters.seed, run: run,
          threads: threads, instructionSet: instructionSet)
      case .randomRows:
        RandomRows.draw(
          parameters.clusterCount, from: points,
          Draws(seed: parameters.seed, purpose: .randomRows, run: run))
      }
    return points.rows.matrix(of: rows)
  }

  /// One run.
  func run(
    from initial: Matrix<Scalar>, number: Int,
    _ observe: (KMeans.Iteration, Matrix<Scalar>) -> Void
  ) -> KMeans.Fit<Scalar> {
    var state = LloydState(
      nearest: NearestCentroids(
        initial, frame: frame, strategy: parameters.strategy, instructionSet: instructionSet),
      points: points.count)
    let converged = iterate(&state, observe)
    return KMeans.Fit(
      model: KMeansModel(
        centroids: state.nearest.centroids, clusterWeights: state.sums.weights,
        inertia: state.sums.inertia, iterations: state.history.count, converged: converged),
      labels: state.labels, history: state.history, run: number,
      redecidedShare: Double(state.counts.redecided) / Double(max(1, state.counts.rows)))
  }

  /// Iterates until nothing moves, little moves, or the iterations are used up.
  ///
  /// - Returns: whether it stopped by itself. Labels, sums and inertia belong to the centroids that
  ///   `state` holds at the end.
  private func iterate(
    _ state: inout LloydState<Scalar>, _ observe: (KMeans.Iteration, Matrix<Scalar>) -> Void
  ) -> Bool {
    state.assign(pass)
    while true {
      let before = state.nearest.centroids
      // No label changed: the means are those that the labels were found with.
      if state.history.count > 0, state.moved == 0 {
        state.record(squaredShift: 0, refilled: 0)
        observe(state.history.last!, before)
        return true
      }
      let (means, refilled) = state.means(pass)
      let (next, drifts) = state.nearest.moved(to: means)
      let squaredShift = drifts.reduce(0) { $0 + $1 * $1 }
      state.record(squaredShift: squaredShift, refilled: refilled)
      observe(state.history.last!, before)
      state.nearest = next
      let little = parameters.tolerance > 0 && squaredShift <= parameters.tolerance * meanVariance
      state.assign(pass)
      if little { return true }
      if state.history.count == parameters.maxIterations { return state.moved == 0 }
    }
  }
}
