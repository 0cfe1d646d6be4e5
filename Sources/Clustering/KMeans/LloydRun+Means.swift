// The second half of an iteration: the means of the clusters.
extension LloydRun {
  /// The means of the clusters, after empty ones were refilled.
  func means() throws(Source.Failure) -> (Matrix<Scalar>, refilled: Int) {
    let weights = sums.weights
    let empty = weights.indices.filter { weights[$0] <= 0 }
    guard !empty.isEmpty else { return (try centroids(of: sums), 0) }
    var refill = EmptyClusters(
      lloyd.source, nearest: nearest, labels: progress.labels, weights: weights)
    let refilled = try refill.refill(empty)
    guard refilled > 0 else { return (try centroids(of: sums), 0) }
    progress.labels = refill.labels
    cache?.forgetSums()
    remembered?.forget()
    // Summed anew rather than corrected: a point that is far away may have drowned the others.
    let anew = try reduced(lloyd.noSums(withInertia: false))
    refilledSums = anew
    return (try centroids(of: anew), refilled)
  }

  /// The means, with length 1 where the rows have that.
  private func centroids(
    of sums: ClusterSums<Scalar>
  ) throws(Source.Failure) -> Matrix<Scalar> {
    if let sparse = lloyd.source.sparseRows, !areScaled(weights: sums.weights) {
      return centroids(ofSparse: sparse, weights: sums.weights)
    }
    let scaled = try scaledSums(weights: sums.weights)
    let means = (scaled ?? sums).means(keeping: nearest.centroids, in: cache?.takeRetired())
    return lloyd.source.map?.renormalized(means, keeping: nearest.centroids) ?? means
  }

  /// The same of sparse rows; a cluster of the same rows keeps its centroid.
  private func centroids(
    ofSparse rows: MappedSparseRows<Scalar>, weights: [Double]
  ) -> Matrix<Scalar> {
    let isAsBefore = clustersAsBefore(weights)
    labelsOfMeans = progress.labels
    let execution = lloyd.source.execution
    let means = SparseMeans(
      rows, exact: lloyd.plan.exactSums, stripeRows: sums.shape.stripeRows, execution
    ).means(
      progress.labels, weights: weights, keeping: nearest.centroids, isAsBefore: isAsBefore,
      in: retired.take())
    guard let map = lloyd.source.map else { return means }
    return map.renormalized(
      means, keeping: nearest.centroids, isAsBefore: isAsBefore, threads: execution.threadCount)
  }

  /// Whether each cluster has the rows that its centroid is the mean of; `nil` where nobody knows.
  private func clustersAsBefore(_ weights: [Double]) -> [Bool]? {
    guard let before = labelsOfMeans else { return nil }
    // One without rows has no mean.
    var isAsBefore = weights.map { $0 > 0 }
    for (old, new) in zip(before, progress.labels) where old != new {
      isAsBefore[Int(old)] = false
      isAsBefore[Int(new)] = false
    }
    return isAsBefore
  }

  /// The sums of the clusters over scaled weights; `nil` where the weights may stay as they are, as
  /// nearly always.
  private func scaledSums(weights: [Double]) throws(Source.Failure) -> ClusterSums<Scalar>? {
    guard areScaled(weights: weights) else { return nil }
    let none = ClusterSums<Scalar>(
      clusters: weights.count, columns: lloyd.source.columns, withInertia: false,
      instructionSet: lloyd.instructionSet)
    return try reduced(ScaledSums(none, WeightScales(weights: weights))).sums
  }

  /// Whether products of weights and values underflow.
  private func areScaled(weights: [Double]) -> Bool {
    lloyd.source.weights != nil
      && WeightScales.areNeeded(weights: weights, smallest: lloyd.plan.range.smallest)
  }

  /// Puts centroids that rounding has moved out of the box of their rows back into it, and assigns
  /// all points anew where there are such.
  func putIntoBoxes() throws(Source.Failure) {
    // Directions are no means. Means of floats are in their box: see there.
    if lloyd.plan.transform.normalizesCentroids || Scalar.self == Float.self { return }
    let boxes = MeanBoxes(
      lloyd.source, labels: progress.labels, counts: sums.counts, weights: sums.weights)
    guard let means = try boxes.moved(nearest.centroids, known: lloyd.plan.known) else { return }
    labelsOfMeans = nil
    move(to: means)
    try assign(labelsAreKnown: true)
  }
}
