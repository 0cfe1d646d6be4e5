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
  /// The rows that are left out, for they have no direction.
  let zeroRows: [Int]
  /// The weight of all rows.
  let weight: Double
  private let range: ValueRange
  /// The box of some of the rows.
  private let known: ColumnBox<Scalar>

  /// Checks the points and measures their mean and variance, before and after they are transformed.
  init(_ points: Supply, parameters: KMeans) throws(Supply.Failure) {
    self.parameters = parameters
    instructionSet = points.execution.kernels
    var supply = points
    var (moments, range) = try supply.checked()
    try supply.checkSums(moments, range)
    let transform = RowTransform(
      standardization: parameters.standardizes ? try supply.standardization(moments) : nil,
      normalizes: parameters.distance == .cosine)
    supply.map = RowMap(transform, columns: supply.columns, instructionSet: instructionSet)
    let isLeftOut =
      parameters.leavesOutZeroRows == true && transform.normalizes && parameters.standardizes
    zeroRows = isLeftOut ? try supply.zeroRows() : []
    if !zeroRows.isEmpty { supply.forgetWeights(of: zeroRows) }
    if supply.map != nil {
      (moments, range) = try supply.checked(
        refusingZeroRows: transform.normalizes && zeroRows.isEmpty)
      try supply.checkSums(moments, range)
    }
    try supply.checkDifferences(moments)
    weight = moments.weight
    meanVariance = moments.meanVariance
    totalInertia = moments.deviations.reduce(0, +)
    self.range = range
    let sample = Frame<Scalar>.sample(of: supply.count)
    let rows = try supply.rows(sample)
    frame = Frame(medianOf: rows)
    var known = ColumnBox<Scalar>(columns: supply.columns)
    rows.withRows { rows in
      for place in sample.indices where supply.weight(sample[place]) > 0 { known.add(rows[place]) }
    }
    self.known = known
    self.supply = supply
  }

  /// How clusters are summed without rounding; nothing where that cannot be, or weighs too much.
  private var exactSums: ExactSums? {
    let isLong = Strategy.filterPays(
      columns: supply.columns, clusters: parameters.clusterCount, of: Scalar.self)
    return isLong && supply.weights == nil ? ExactSums(range, rows: supply.count) : nil
  }

  /// Checks that sums of weights times squared distances to given centroids do not overflow.
  func checkSums(from centroids: Matrix<Scalar>) throws(Supply.Failure) {
    let span = centroids.span
    let farthest = span.indices.reduce(range.largest) { max($0, Double(span[$1]).magnitude) }
    do throws(ClusteringError) {
      try SumLimits.check(weight: weight, columns: supply.columns, largest: farthest)
    } catch { throw supply.failure(error) }
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
        seeds.centroids, frame: frame, strategy: supply.execution.strategy,
        instructionSet: instructionSet),
      points: supply.count, exactSums: exactSums, smallestValue: range.smallest,
      parameters: parameters)
    if let known = seeds.nearest {
      try state.adopt(known, supply)
    } else {
      try state.assign(supply)
    }
    let converged = try iterate(&state, observe)
    try putIntoBoxes(&state)
    return KMeans.Fit(
      model: KMeansModel(
        transformed: state.nearest.centroids, transform: transform,
        clusterWeights: state.sums.weights, inertia: state.sums.inertia,
        iterations: state.history.count, converged: converged),
      labels: state.labels, history: state.history, run: number, seeding: seeds.report,
      redecidedShare: Double(state.counts.redecided) / Double(max(1, state.counts.rows)),
      filter: KMeans.FilterShares(state.counts, clusters: state.nearest.centroids.rows))
  }

  /// The same fit, in which rows that are left out have the label -1.
  func leavingOut(_ fit: consuming KMeans.Fit<Scalar>) -> KMeans.Fit<Scalar> {
    for row in zeroRows { fit.labels[row] = -1 }
    return fit
  }

  /// Puts centroids that rounding has moved out of the box of their rows back into it, and assigns all points anew where
  /// there are such.
  private func putIntoBoxes(_ state: inout LloydState<Scalar>) throws(Supply.Failure) {
    // Directions are no means. Means of floats are in their box: see there.
    if transform.normalizes || Scalar.self == Float.self { return }
    let boxes = MeanBoxes(
      supply, labels: state.labels, counts: state.sums.counts, weights: state.sums.weights)
    guard let means = try boxes.moved(state.nearest.centroids, known: known) else { return }
    (state.nearest, _) = state.nearest.moved(to: means)
    try state.assign(supply)
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
