/// Lloyd's algorithm on some points: assign, move the centroids to the means, repeat. A class, for
/// every step of a run asks it.
package final class Lloyd<Source: PointSource> {
  package typealias Scalar = Source.Scalar

  /// The points, mapped as the plan says.
  let source: Source
  package let plan: LloydPlan<Scalar>
  var parameters: KMeans
  let instructionSet: InstructionSet
  /// What a run that has ended remembered of the rows, for the next one: memory, and the order of
  /// one column.
  var remembered: RememberedRows<Scalar>?

  /// Checks and measures the points.
  package init(_ points: Source, parameters: KMeans) throws(Source.Failure) {
    var source = points
    plan = try LloydPlan(measuring: &source, for: parameters)
    self.source = source
    self.parameters = parameters
    instructionSet = source.execution.kernels
  }

  /// Goes on with the points of a plan.
  ///
  /// - Throws: where they, or the parameters, are not those of the plan.
  package init(
    _ points: Source, resuming plan: LloydPlan<Scalar>, parameters: KMeans
  ) throws(Source.Failure) {
    do throws(ClusteringError) {
      try parameters.validate(points: plan.pointCount)
      try points.execution.validate()
    } catch { throw points.failure(error) }
    guard parameters.isMeant(by: plan.transform),
      plan.zeroRows.isEmpty || parameters.leavesOutZeroRows == true
    else { throw points.failure(.resuming(.otherTransform)) }
    var source = points
    try plan.prepare(&source)
    guard try parameters.scalesColumns(of: points, as: plan.transform) else {
      throw points.failure(.resuming(.otherTransform))
    }
    try source.checkWeightedRows(clusters: parameters.clusterCount)
    self.plan = plan
    self.source = source
    self.parameters = parameters
    instructionSet = source.execution.kernels
  }

  /// Whether the inertia of every iteration is wanted.
  var recordsInertia: Bool { parameters.recordsInertia == true }

  /// Whether passes sum the inertia: the last one is wanted in any case, and rows that are read
  /// anew had best not be read once more for it.
  var sumsInertia: Bool { recordsInertia || !source.isInMemory }

  /// Checks that sums of weights times squared distances to given centroids do not overflow.
  func checkSums(from centroids: Matrix<Scalar>) throws(Source.Failure) {
    let span = centroids.span
    let farthest = span.indices.reduce(plan.range.largest) { max($0, Double(span[$1]).magnitude) }
    do throws(ClusteringError) {
      try SumLimits.check(weight: plan.weight, columns: source.columns, largest: farthest)
    } catch { throw source.failure(error) }
  }

  /// The sums of no points; of sparse ones weights and numbers alone.
  ///
  /// - Parameter isExact: whether they may be exact.
  func noSums(withInertia: Bool, isExact: Bool = true) -> ClusterSums<Scalar> {
    ClusterSums(
      clusters: parameters.clusterCount,
      columns: source.sparseRows == nil ? source.columns : 0, withInertia: withInertia,
      instructionSet: instructionSet, exact: isExact ? plan.exactSums : nil)
  }

  /// Where a run starts.
  ///
  /// - Parameter onSeeds: called with the number of centroids that have been found, again and
  ///   again.
  func seeds(
    run: Int, onSeeds: (Int) -> Void = { _ in }
  ) throws(Source.Failure) -> Seeds<Scalar> {
    let k = parameters.clusterCount
    let draws = SeedDraws(seed: parameters.seed, run: run)
    if parameters.initialization == .optimal {
      do throws(ClusteringError) {
        try parameters.initialization.check(columns: source.columns)
      } catch { throw source.failure(error) }
      let seeds = try OptimalSeeds.seeds(k, of: source, draws)
      onSeeds(k)
      return seeds
    }
    if parameters.initialization == .randomRows {
      let draws = Draws(seed: parameters.seed, purpose: .randomRows, run: run)
      return Seeds(centroids: try source.rows(RandomRows.draw(k, from: source, draws)))
    }
    // Handed on, not kept: a copy would be 12 bytes a point.
    let potential = SeedPotential(source, centering: plan.centering, instructionSet: instructionSet)
    return parameters.initialization == .greedy
      ? try GreedyKMeansPlusPlus.seeds(
        k, potential: potential, draws: draws, room: source.hitRoom, onSeeds: onSeeds)
      : try KMeansPlusPlus.seeds(k, potential: potential, draws: draws, onSeeds: onSeeds)
  }

  /// The beginning of a run: all points are assigned to its initial centroids.
  package func begin(
    run: Int, onSeeds: (Int) -> Void = { _ in }
  ) throws(Source.Failure) -> LloydRun<Source> {
    try LloydRun(self, from: seeds(run: run, onSeeds: onSeeds), number: run)
  }

  /// The run of the smallest inertia, the earliest on ties; none begins after one that the observer
  /// ended.
  ///
  /// - Parameters:
  ///   - current: the run to go on with; `nil` to begin with the first one.
  ///   - best: the best of those before it.
  ///   - keeping: how the progress is kept, if it is; where the fit goes on from a progress, that
  ///     one holds the best run, too.
  package func bestRun(
    after best: KMeans.Fit<Scalar>? = nil, from current: LloydRun<Source>? = nil,
    onSeeds: (Int) -> Void = { _ in }, keeping: FitKeeping<Scalar>? = nil,
    _ observe: (KMeans.Iteration, Matrix<Scalar>) -> Bool = { _, _ in true }
  ) throws(Source.Failure) -> KMeans.Fit<Scalar> {
    var (best, current) = (best, current)
    var kept = keeping?.resumed?.best
    // The optimum is the same in every run.
    let runs = parameters.initialization == .optimal ? 1 : parameters.runs
    for number in (current?.progress.run ?? 0)..<max(runs, (current?.progress.run ?? 0) + 1) {
      var run = current.take()
      if run == nil { run = try begin(run: number, onSeeds: onSeeds) }
      let fit = try run!.finish(keeping, behind: kept, observe)
      if best.map({ fit.model.inertia < $0.model.inertia }) ?? true {
        best = fit
        if keeping != nil { kept = run!.progress }
      }
      if run!.isStopped { break }
    }
    return best!
  }

  /// The same fit, in which rows that are left out have the label -1.
  func leavingOut(_ fit: consuming KMeans.Fit<Scalar>) -> KMeans.Fit<Scalar> {
    for row in plan.zeroRows { fit.labels[row] = -1 }
    return fit
  }
}
