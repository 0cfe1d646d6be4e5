extension KMeans {
  /// Clusters points into more and more clusters.
  ///
  /// The first fit starts as ``initialization`` and ``runs`` say. Every further one starts from the
  /// centroids of the last and new ones among the points, each drawn as the next centroid of k-means++:
  /// with a probability in proportion to its weight times the squared distance to the nearest centroid
  /// so far (Arthur and Vassilvitskii, 2007). So the inertia never rises with the number of clusters,
  /// and a fit has little left to do; its clusters need not be those of a fit that starts anew.
  ///
  /// - Parameters:
  ///   - points: n rows of d finite values; read in place, never written.
  ///   - weights: one finite, non-negative weight a point, or nothing for 1 each.
  ///   - clusterCounts: the numbers of clusters, from 1 to n, each larger than the one before;
  ///     ``clusterCount`` is not used.
  ///   - onFit: called after each fit.
  /// - Returns: a curve that is the same bits for any number of threads and any instruction set, but
  ///   for the times.
  /// - Throws: ``ClusteringError`` where a parameter or a value is wrong.
  /// - Complexity: O(n k d) an iteration of a fit, O(n d) a new centroid; memory for n labels and n
  ///   distances, O(k d) and scratch.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func curve<Scalar: ClusteringScalar>(
    _ points: borrowing MatrixView<Scalar>, weights: borrowing Span<Double>? = nil,
    clusterCounts: [Int], onFit: (ElbowCurve.Fit) -> Void = { _ in }
  ) throws(ClusteringError) -> ElbowCurve {
    try validate(clusterCounts, points: points.rows)
    let threads = threads ?? AvailableThreads.count
    return try points.withWeightedRows(weights) { (points) throws(ClusteringError) in
      try curve(MemoryPoints(points, threads: threads), clusterCounts, onFit)
    }
  }

  private func curve<Supply: PointSupply>(
    _ points: Supply, _ clusterCounts: [Int], _ onFit: (ElbowCurve.Fit) -> Void
  ) throws(Supply.Failure) -> ElbowCurve {
    var lloyd = try Lloyd(points, parameters: self)
    var fits: [ElbowCurve.Fit] = []
    var last: WarmStart<Supply.Scalar>?
    for clusters in clusterCounts {
      let clock = ContinuousClock()
      let begin = clock.now
      lloyd.parameters.clusterCount = clusters
      let start = try last?.seeds(clusters, lloyd)
      let fit =
        if let start {
          try lloyd.run(from: start, number: 0) { _, _ in }
        } else {
          try lloyd.bestRun { _, _ in }
        }
      let next = WarmStart(fit, from: start, after: last)
      let seconds = (clock.now - begin) / .seconds(1)
      fits.append(
        ElbowCurve.Fit(
          clusters: clusters, inertia: next.inertia, seconds: seconds,
          iterations: fit.model.iterations, converged: fit.model.converged))
      onFit(fits[fits.count - 1])
      last = next
    }
    return ElbowCurve(totalInertia: lloyd.totalInertia, fits: fits)
  }

  private func validate(_ clusterCounts: [Int], points: Int) throws(ClusteringError) {
    guard let most = clusterCounts.last else { throw .noClusterCounts }
    for (before, after) in zip(clusterCounts, clusterCounts.dropFirst()) where after <= before {
      throw .clusterCountsNotIncreasing(after, after: before)
    }
    var parameters = self
    for clusters in [clusterCounts[0], most] {
      parameters.clusterCount = clusters
      try parameters.validate()
    }
    guard points > 0 else { throw .noPoints }
    guard most <= points else { throw .tooManyClusters(clusters: most, points: points) }
  }
}
