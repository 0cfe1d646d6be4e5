extension KMeans {
  /// Clusters points into more and more clusters.
  ///
  /// For each number of clusters the better of two fits is taken. One starts anew, as
  /// ``initialization`` and ``runs`` say: it is what `fit(_:weights:)` finds with the same seed.
  /// The other, from the second number on, starts from the last centroids and new ones among the
  /// points, drawn as the next ones of greedy k-means++, or of k-means++ where ``initialization``
  /// is not greedy (Arthur and Vassilvitskii, 2007). So the inertia never rises with the number of
  /// clusters, and is never above that of a fit.
  ///
  /// - Parameters:
  ///   - points: n rows of d finite values; read in place, never written.
  ///   - weights: one finite, non-negative weight a point, or nothing for 1 each.
  ///   - clusterCounts: the numbers of clusters, from 1 to n, each larger than the one before;
  ///     ``clusterCount`` is not used.
  ///   - withIndices: whether ``ElbowCurve/Fit/indices`` are measured.
  ///   - gapReferences: the number of references of ``ElbowCurve/Fit/gap``, each of which takes
  ///     about as long as the curve itself; 0 for none.
  ///   - onFit: called after each fit.
  /// - Returns: a curve that is the same bits for any number of threads and any instruction set,
  ///   but for the times.
  /// - Throws: ``ClusteringError`` where a parameter or a value is wrong, or the task is cancelled.
  /// - Complexity: O(n k d) an iteration of a fit, O(n d log k) a new centroid; memory for 2 n
  ///   labels and n distances, O(k d) and scratch; a copy of transformed points for indices and
  ///   gaps, and as many rows for a reference.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func curve<Scalar: ClusteringScalar>(
    _ points: borrowing MatrixView<Scalar>, weights: borrowing Span<Double>? = nil,
    clusterCounts: [Int], withIndices: Bool = false, gapReferences: Int = 0,
    onFit: (ElbowCurve.Fit) -> Void = { _ in }
  ) throws(ClusteringError) -> ElbowCurve {
    try curve(
      points, weights: weights, clusterCounts: clusterCounts, startsAnew: true,
      withIndices: withIndices, gapReferences: gapReferences, onFit: onFit)
  }

  /// The same, with or without fits that start anew after the first one.
  ///
  /// - Parameter onIteration: gets the number of clusters and each iteration of their fits.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  package func curve<Scalar: ClusteringScalar>(
    _ points: borrowing MatrixView<Scalar>, weights: borrowing Span<Double>? = nil,
    clusterCounts: [Int], startsAnew: Bool, withIndices: Bool = false, gapReferences: Int = 0,
    onIteration: (Int, Iteration) -> Void = { _, _ in },
    onFit: (ElbowCurve.Fit) -> Void = { _ in }
  ) throws(ClusteringError) -> ElbowCurve {
    try validate(clusterCounts, points: points.rows)
    return try points.withWeightedRows(weights) { (points) throws(ClusteringError) in
      let points = InMemoryPoints(points, execution, isCancellable: true)
      return try curve(
        points, clusterCounts, startsAnew, withIndices: withIndices, gapReferences: gapReferences,
        onIteration, onFit
      ) { DenseCurvePoints($0) }
    }
  }

  /// The same of points of any kind.
  ///
  /// - Parameter measured: the transformed points, for what is measured beside the fits.
  func curve<Source: PointSource, Seen: CurvePoints<Source.Scalar>>(
    _ points: Source, _ clusterCounts: [Int], _ startsAnew: Bool, withIndices: Bool,
    gapReferences: Int, _ onIteration: (Int, Iteration) -> Void,
    _ onFit: (ElbowCurve.Fit) -> Void,
    measured: (Source) -> Seen
  ) throws(ClusteringError) -> ElbowCurve where Source.Failure == ClusteringError {
    try initialization.check(columns: points.columns)
    let lloyd = try Lloyd(points, parameters: self)
    try lloyd.source.checkWeightedRows(clusters: clusterCounts[clusterCounts.count - 1])
    let seen = withIndices || gapReferences > 0 ? measured(lloyd.source) : nil
    var curve = try curve(
      lloyd, clusterCounts, startsAnew, withIndices ? seen : nil, onIteration, onFit)
    guard let seen, gapReferences > 0 else { return curve }
    let inertias = curve.fits.map { (clusters: $0.clusters, inertia: $0.inertia) }
    let gaps = try GapReferences(try seen.box(), self).gaps(of: inertias, count: gapReferences)
    for (place, gap) in gaps.enumerated() { curve.fits[place].gap = gap }
    return curve
  }

  private func curve<Source: PointSource, Seen: CurvePoints<Source.Scalar>>(
    _ lloyd: Lloyd<Source>, _ clusterCounts: [Int], _ startsAnew: Bool,
    _ measured: Seen?, _ onIteration: (Int, Iteration) -> Void,
    _ onFit: (ElbowCurve.Fit) -> Void
  ) throws(ClusteringError) -> ElbowCurve where Source.Failure == ClusteringError {
    typealias Scalar = Source.Scalar
    var fits: [ElbowCurve.Fit] = []
    var last: WarmStart<Scalar>?
    for clusters in clusterCounts {
      let clock = ContinuousClock()
      let begin = clock.now
      lloyd.parameters.clusterCount = clusters
      let found = try Self.better(lloyd, after: last, startsAnew: startsAnew) {
        onIteration(clusters, $0)
      }
      let indices = try measured?.indices(found.fit)
      let seconds = (clock.now - begin) / .seconds(1)
      fits.append(
        ElbowCurve.Fit(
          clusters: clusters, inertia: found.next.inertia, seconds: seconds,
          iterations: found.fit.model.iterations, converged: found.fit.model.converged,
          start: found.start, indices: indices))
      onFit(fits[fits.count - 1])
      last = found.next
    }
    return ElbowCurve(totalInertia: try inertiaOfOneCluster(lloyd), fits: fits)
  }

  /// The inertia of one cluster of all points. Where a centroid has length 1 it is not that about
  /// their mean m, but larger by W (1 - |m|)^2 for points of the weight W.
  private func inertiaOfOneCluster<Source: PointSource>(
    _ lloyd: Lloyd<Source>
  ) throws(ClusteringError) -> Double where Source.Failure == ClusteringError {
    guard distance == .cosine else { return lloyd.plan.totalInertia }
    let moments = try lloyd.source.checkedMoments()
    let length = moments.means.reduce(0) { $0 + $1 * $1 }.squareRoot()
    return lloyd.plan.totalInertia + moments.weight * (1 - length) * (1 - length)
  }

  /// What a fit came to, and what the next one can start from.
  private typealias Found<Scalar: ClusteringScalar> = (
    fit: KMeans.Fit<Scalar>, next: WarmStart<Scalar>, start: ElbowCurve.Start
  )

  /// The better of a fit that starts anew and one that goes on from the last; the first on ties.
  private static func better<Source: PointSource>(
    _ lloyd: Lloyd<Source>, after last: WarmStart<Source.Scalar>?, startsAnew: Bool,
    _ onIteration: (Iteration) -> Void
  ) throws(Source.Failure) -> Found<Source.Scalar> {
    var fresh: Found<Source.Scalar>?
    if startsAnew || last == nil {
      let fit = try lloyd.bestRun(onSeeds: { _ in }) { iteration, _ in
        onIteration(iteration)
        return true
      }
      fresh = (fit, WarmStart(fit, from: nil, after: last), .fresh)
    }
    guard let last else { return fresh! }
    let start = try last.seeds(lloyd.parameters.clusterCount, lloyd)
    let run = try LloydRun(lloyd, from: start, number: 0)
    let inertia = try run.knownInertia()
    let fit = try run.finish { iteration, _ in
      onIteration(iteration)
      return true
    }
    let warm = Found(fit, WarmStart(fit, from: (start, inertia), after: last), .warm)
    guard let fresh, fresh.next.inertia <= warm.next.inertia else { return warm }
    return fresh
  }

  func validate(_ clusterCounts: [Int], points: Int) throws(ClusteringError) {
    guard let most = clusterCounts.last else { throw .noClusterCounts }
    for (before, after) in zip(clusterCounts, clusterCounts.dropFirst()) where after <= before {
      throw .clusterCountsNotIncreasing(after, after: before)
    }
    var parameters = self
    for clusters in [clusterCounts[0], most] {
      parameters.clusterCount = clusters
      try parameters.validate()
    }
    try ClusteringError.check(clusterCount: most, of: points)
  }
}

extension KMeans {
  /// Clusters the rows of a matrix into more and more clusters, as those of its view.
  ///
  /// - Throws: ``ClusteringError`` where a parameter or a value is wrong, or the task is cancelled.
  /// - Complexity: O(n k d) an iteration of a fit.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func curve<Scalar: ClusteringScalar>(
    _ points: Matrix<Scalar>, weights: borrowing Span<Double>? = nil, clusterCounts: [Int],
    withIndices: Bool = false, gapReferences: Int = 0, onFit: (ElbowCurve.Fit) -> Void = { _ in }
  ) throws(ClusteringError) -> ElbowCurve {
    try curve(
      points.view, weights: weights, clusterCounts: clusterCounts, withIndices: withIndices,
      gapReferences: gapReferences, onFit: onFit)
  }
}
