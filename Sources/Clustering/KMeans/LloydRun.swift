/// One run of Lloyd's algorithm: its progress, and caches. A class, for the caches belong to one
/// run.
///
/// The caches may be dropped at any time: a run that goes on from the progress alone makes them
/// anew. No bit of labels, centroids, inertia or history depends on them, but for the counters of
/// work.
package final class LloydRun<Source: PointSource> {
  package typealias Scalar = Source.Scalar

  let lloyd: Lloyd<Source>
  package internal(set) var progress: LloydProgress<Scalar>

  // MARK: - Caches
  /// The centroids, packed.
  var nearest: NearestCentroids<Scalar>
  /// The sums of the clusters by the labels.
  var partial: StripePartial<ClusterSums<Scalar>>
  /// The sums where labels were changed besides, for clusters that were empty.
  var refilledSums: ClusterSums<Scalar>?
  let scratch = PassScratch<ClusterSums<Scalar>>()
  /// What is remembered of rows that lie in memory, for a filter.
  var cache: LloydCache<Scalar>?
  /// What is remembered of them for `fused`.
  var remembered: RememberedRows<Scalar>?
  /// The labels that the centroids are the means of, of sparse rows; `nil` where they may be means
  /// of others.
  var labelsOfMeans: [Int32]?
  /// How far each centroid moved since the last assignment; `nil` where that was not measured.
  var drifts: [Double]?
  /// Centroids of sparse rows from before the last ones, whose memory the next may have.
  var retired: Matrix<Scalar>?
  /// Whether the filter ruled out so little that `fused` goes on.
  var gaveUp = false

  /// Whether an observer ended the run.
  private(set) var isStopped = false

  private init(_ lloyd: Lloyd<Source>, _ progress: LloydProgress<Scalar>) {
    self.lloyd = lloyd
    self.progress = progress
    nearest = NearestCentroids(
      progress.centroids, centering: lloyd.plan.centering,
      strategy: lloyd.source.execution.strategy,
      instructionSet: lloyd.instructionSet, threads: lloyd.source.execution.threadCount)
    partial = StripePartial(lloyd.noSums(withInertia: lloyd.sumsInertia))
  }

  /// Assigns all points to initial centroids.
  convenience init(
    _ lloyd: Lloyd<Source>, from seeds: Seeds<Scalar>, number: Int
  ) throws(Source.Failure) {
    self.init(
      lloyd, LloydProgress(run: number, seeds: seeds, pointCount: lloyd.plan.pointCount))
    if let known = seeds.nearest {
      try sum(by: known.distances)
      progress.counts.rows += known.labels.count
      progress.latest.moved = known.labels.count
    } else {
      try assign(labelsAreKnown: false)
    }
  }

  /// Goes on with a run, with caches of its own: two passes over the points.
  ///
  /// - Throws: where points or parameters are not those of the progress.
  package convenience init(
    _ lloyd: Lloyd<Source>, resuming progress: LloydProgress<Scalar>
  ) throws(Source.Failure) {
    let (found, expected) = (lloyd.parameters.clusterCount, progress.centroids.rows)
    guard found == expected else {
      throw lloyd.source.failure(.resuming(.otherClusterCount(found: found, expected: expected)))
    }
    guard progress.run < lloyd.parameters.runs else {
      throw lloyd.source.failure(
        .resuming(.noSuchRun(run: progress.run, runs: lloyd.parameters.runs)))
    }
    guard progress.centroids.columns == lloyd.plan.columns,
      progress.labels.count == lloyd.plan.pointCount
    else { throw lloyd.source.failure(.resuming(.otherPoints)) }
    try lloyd.checkSums(from: progress.centroids)
    self.init(lloyd, progress)
    try sum(by: lloyd.source.distances(to: nearest, labels: progress.labels))
    guard progress.inertia.map({ $0.bitPattern == self.progress.inertia?.bitPattern }) ?? true
    else {
      throw lloyd.source.failure(.resuming(.otherPoints))
    }
  }

  /// The progress with its inertia, by which it is noticed where a run is to go on with other
  /// points.
  ///
  /// - Complexity: O(n d), one pass, where the inertia is not known yet.
  package func checkpoint() throws(Source.Failure) -> LloydProgress<Scalar> {
    _ = try knownInertia()
    return progress
  }

  /// Iterates until nothing moves, little moves, the iterations are used up, or the observer says
  /// no.
  ///
  /// - Returns: what the run came to.
  package func finish(
    _ observe: (KMeans.Iteration, Matrix<Scalar>) -> Bool = { _, _ in true }
  ) throws(Source.Failure) -> KMeans.Fit<Scalar> {
    while progress.converged == nil { try iterate(observe) }
    lloyd.remembered = remembered.take()
    return try fit()
  }

  /// Moves the centroids to the means and assigns all points to them; or finds that no label
  /// changed.
  ///
  /// Labels, sums and inertia are those of the centroids afterwards, even where the observer, which
  /// says whether to go on, ends the run: it is then as had the iterations been used up.
  package func iterate(
    _ observe: (KMeans.Iteration, Matrix<Scalar>) -> Bool = { _, _ in true }
  ) throws(Source.Failure) {
    let (before, parameters) = (progress.centroids, lloyd.parameters)
    // No label changed: the means are those that the labels were found with.
    if progress.history.count > 0, progress.latest.moved == 0 {
      progress.record(squaredShift: 0, refilled: 0, withInertia: lloyd.recordsInertia)
      progress.converged = true
      isStopped = !observe(progress.history.last!, before)
      return
    }
    let (means, refilled) = try means()
    move(to: means)
    let drifts = nearest.drifts(from: before)
    self.drifts = drifts
    let squaredShift = drifts.reduce(0) { $0 + $1 * $1 }
    progress.record(
      squaredShift: squaredShift, refilled: refilled, withInertia: lloyd.recordsInertia)
    isStopped = !observe(progress.history.last!, before)
    try assign(labelsAreKnown: true)
    // Nobody looks back at them any more.
    if lloyd.source.sparseRows != nil { retired = before }
    if parameters.tolerance > 0, squaredShift <= parameters.tolerance * lloyd.plan.meanVariance {
      progress.converged = true
    } else if progress.history.count >= parameters.maxIterations {
      progress.converged = progress.latest.moved == 0
    } else if isStopped {
      progress.converged = false
    }
  }

  /// What the run came to, with centroids in the boxes of their rows.
  private func fit() throws(Source.Failure) -> KMeans.Fit<Scalar> {
    if !progress.isInBoxes {
      try putIntoBoxes()
      progress.isInBoxes = true
    }
    let inertia = try knownInertia()
    return KMeans.Fit(
      model: KMeansModel(
        transformed: progress.centroids, transform: lloyd.plan.transform,
        clusterWeights: sums.weights, inertia: inertia,
        iterations: progress.history.count, converged: progress.converged == true),
      labels: progress.labels, history: progress.history, run: progress.run,
      seeding: progress.seeding,
      redecidedShare: Double(progress.counts.redecided) / Double(max(1, progress.counts.rows)),
      filter: KMeans.FilterShares(progress.counts, clusters: progress.centroids.rows))
  }
}
