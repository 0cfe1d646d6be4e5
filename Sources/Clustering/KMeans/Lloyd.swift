/// Lloyd's algorithm: assign, move the centroids to the means, repeat.
struct Lloyd<Supply: PointSupply> {
  typealias Scalar = Supply.Scalar

  let supply: Supply
  var parameters: KMeans
  let instructionSet: InstructionSet
  let frame: Frame<Scalar>
  /// The mean over the columns of their variance, the unit of the tolerance.
  let meanVariance: Double
  /// The inertia of one cluster of all points.
  let totalInertia: Double
  private let range: ValueRange

  /// Checks the points and measures their mean and variance, before and after they are transformed.
  init(_ points: Supply, parameters: KMeans) throws(Supply.Failure) {
    self.parameters = parameters
    instructionSet = parameters.instructionSet ?? .best
    var supply = points
    var (moments, range) = try supply.checked()
    let transform = RowTransform(parameters, moments)
    supply.map = RowMap(transform, columns: supply.columns, instructionSet: instructionSet)
    if supply.map != nil {
      (moments, range) = try supply.checked(refusingZeroRows: transform.normalizes)
    }
    meanVariance = moments.meanVariance
    totalInertia = moments.deviations.reduce(0, +)
    self.range = range
    frame = Frame(medianOf: try supply.rows(Frame<Scalar>.sample(of: supply.count)))
    self.supply = supply
  }

  /// How clusters are summed without rounding; nothing where that cannot be, or weighs too much.
  private var exactSums: ExactSums? {
    let isLong = Strategy.filterPays(
      columns: supply.columns, clusters: parameters.clusterCount, of: Scalar.self)
    return isLong && supply.weights == nil ? ExactSums(range, rows: supply.count) : nil
  }

  /// The transform of the rows.
  var transform: RowTransform { supply.map?.transform ?? .identity }

  /// Where a run starts.
  ///
  /// - Parameter onSeeds: called with the number of centroids that have been found, again and again.
  func seeds(
    run: Int, onSeeds: (Int) -> Void = { _ in }
  ) throws(Supply.Failure) -> Seeds<Scalar> {
    let k = parameters.clusterCount
    if parameters.initialization == .randomRows {
      let draws = Draws(seed: parameters.seed, purpose: .randomRows, run: run)
      return Seeds(centroids: try supply.rows(RandomRows.draw(k, from: supply, draws)))
    }
    // Handed on, not kept: a copy would be 12 bytes a point.
    let potential = SeedPotential(supply, frame: frame, instructionSet: instructionSet)
    let draws = SeedDraws(seed: parameters.seed, run: run)
    return parameters.initialization == .greedy
      ? try GreedyKMeansPlusPlus.seeds(
        k, potential: potential, draws: draws, room: supply.captureRoom, onSeeds: onSeeds)
      : try KMeansPlusPlus.seeds(k, potential: potential, draws: draws, onSeeds: onSeeds)
  }

  /// The run of the smallest inertia, the earliest on ties.
  func bestRun(
    onSeeds: (Int) -> Void = { _ in }, _ observe: (KMeans.Iteration, Matrix<Scalar>) -> Void
  ) throws(Supply.Failure) -> KMeans.Fit<Scalar> {
    var best: KMeans.Fit<Scalar>?
    for number in 0..<parameters.runs {
      let fit = try run(from: seeds(run: number, onSeeds: onSeeds), number: number, observe)
      if best.map({ fit.model.inertia < $0.model.inertia }) ?? true { best = fit }
    }
    return best!
  }

  /// One run.
  func run(
    from seeds: Seeds<Scalar>, number: Int, _ observe: (KMeans.Iteration, Matrix<Scalar>) -> Void
  ) throws(Supply.Failure) -> KMeans.Fit<Scalar> {
    var state = LloydState(
      nearest: NearestCentroids(
        seeds.centroids, frame: frame, strategy: parameters.strategy,
        instructionSet: instructionSet),
      points: supply.count, exactSums: exactSums, parameters: parameters)
    if let known = seeds.nearest {
      try state.adopt(known, supply)
    } else {
      try state.assign(supply)
    }
    let converged = try iterate(&state, observe)
    return KMeans.Fit(
      model: KMeansModel(
        transformed: state.nearest.centroids, transform: transform,
        clusterWeights: state.sums.weights, inertia: state.sums.inertia,
        iterations: state.history.count, converged: converged),
      labels: state.labels, history: state.history, run: number, seeding: seeds.report,
      redecidedShare: Double(state.counts.redecided) / Double(max(1, state.counts.rows)),
      filter: KMeans.FilterShares(state.counts, clusters: state.nearest.centroids.rows))
  }

  /// Iterates until nothing moves, little moves, or the iterations are used up.
  ///
  /// - Parameter state: all points are assigned.
  /// - Returns: whether it stopped by itself. Labels, sums and inertia belong to the centroids that
  ///   `state` holds at the end.
  private func iterate(
    _ state: inout LloydState<Scalar>, _ observe: (KMeans.Iteration, Matrix<Scalar>) -> Void
  ) throws(Supply.Failure) -> Bool {
    while true {
      let before = state.nearest.centroids
      // No label changed: the means are those that the labels were found with.
      if state.history.count > 0, state.moved == 0 {
        state.record(squaredShift: 0, refilled: 0)
        observe(state.history.last!, before)
        return true
      }
      let (means, refilled) = try state.means(supply)
      let (next, drifts) = state.nearest.moved(to: means)
      let squaredShift = drifts.reduce(0) { $0 + $1 * $1 }
      state.record(squaredShift: squaredShift, refilled: refilled)
      observe(state.history.last!, before)
      state.nearest = next
      let little = parameters.tolerance > 0 && squaredShift <= parameters.tolerance * meanVariance
      try state.assign(supply)
      if little { return true }
      if state.history.count == parameters.maxIterations { return state.moved == 0 }
    }
  }
}
