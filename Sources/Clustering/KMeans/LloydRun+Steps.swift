// The two halves of an iteration: assign, and move to the means.
extension LloydRun {
  /// The sums of the clusters over the last assignment.
  var sums: ClusterSums<Scalar> { partial.value }

  /// Assigns all points to the centroids and sums the clusters.
  func assign(labelsAreKnown: Bool) throws(Source.Failure) {
    progress.inertia = nil
    let refilledSums = refilledSums.take()
    if let cache = cache ?? begunCache() { return try assign(cache, labelsAreKnown) }
    if let remembered = remembered ?? rememberedRows() {
      // They are corrected by what moves from here.
      if let refilledSums { partial = StripePartial(refilledSums) }
      return try assign(remembered, labelsAreKnown)
    }
    let last = partial
    let sum = StripeSum(last.value, scratch: scratch)
    let found = try progress.labels.withUnsafeMutableBufferPointer {
      (labels) throws(Source.Failure) in
      try lloyd.source.assign(
        nearest,
        into: Assignment(labels: labels.baseAddress!, labelsAreKnown: labelsAreKnown), adding: sum,
        stripeRows: Stripes.rows(clusters: nearest.centroids.rows))
    }
    partial = sum.total()
    scratch.keep(last)
    if lloyd.sumsInertia { progress.inertia = partial.value.inertia }
    note(found)
  }

  /// What is remembered of rows that stay where they are, if anything is to be.
  private func rememberedRows() -> RememberedRows<Scalar>? {
    let (sparse, rows) = (lloyd.source.sparseRows, lloyd.source.resident)
    guard sparse == nil ? nearest.strategy == .fused && rows != nil : nearest.strategy == .inverted
    else { return nil }
    if let last = lloyd.remembered.take(), last.serves(clusters: nearest.clusters) {
      last.forget()
      remembered = last
    } else {
      let limit = lloyd.parameters.rowMemory ?? .max
      let verifies = lloyd.parameters.verifiesBounds ?? false
      remembered =
        if let sparse {
          RememberedRows(
            sparse, of: lloyd.source, clusters: nearest.clusters, limit: limit, verifies: verifies)
        } else {
          RememberedRows(
            rows!, of: lloyd.source, clusters: nearest.clusters, limit: limit, verifies: verifies)
        }
    }
    return remembered
  }

  /// The same for rows in memory, of which something is remembered.
  private func assign(
    _ remembered: RememberedRows<Scalar>, _ labelsAreKnown: Bool
  ) throws(Source.Failure) {
    if !labelsAreKnown { partial.value.reset() }
    let found = progress.labels.withUnsafeMutableBufferPointer { labels in
      remembered.assign(
        nearest, labels.baseAddress!, areKnown: labelsAreKnown, drifts: drifts,
        correcting: &partial.value)
    }
    try lloyd.source.checkCancellation()
    if !partial.value.isUnordered, found.moved > 0 {
      partial = StripePartial(try reduced(lloyd.noSums(withInertia: false)))
    }
    if lloyd.recordsInertia { _ = try knownInertia() }
    note(found)
  }

  /// The inertia of the labels.
  ///
  /// - Complexity: O(n d), one pass, where it is not known yet.
  func knownInertia() throws(Source.Failure) -> Double {
    if let inertia = progress.inertia { return inertia }
    let inertia =
      lloyd.source.sparseRows == nil
      ? try reduced(LabelInertia(nearest)).sum.total
      : inertia(by: try lloyd.source.distances(to: nearest, labels: progress.labels))
    progress.inertia = inertia
    return inertia
  }

  /// A cache for rows that stay where they are, if there is to be one; where their filter rules out
  /// too little, there is none, and no filter any more.
  private func begunCache() -> LloydCache<Scalar>? {
    let (source, limit) = (lloyd.source, lloyd.parameters.rowMemory ?? .max)
    guard nearest.strategy == .filtered, nearest.centroids.rows > 1, let rows = source.resident,
      rows.count <= Int(Int32.max), LloydCache<Scalar>.bytes(rows.rows) <= limit
    else { return nil }
    let cache = LloydCache(
      rows, map: source.map, threads: source.threads,
      boundBytes: limit - LloydCache<Scalar>.bytes(rows.rows),
      verifies: lloyd.parameters.verifiesBounds ?? false, isCancellable: source.isCancellable)
    if cache.isWorthwhile(nearest) {
      self.cache = cache
    } else {
      giveUp()
    }
    return self.cache
  }

  private func giveUp() {
    cache = nil
    gaveUp = true
    nearest = NearestCentroids(
      nearest.centroids, centering: nearest.centering, strategy: .fused,
      instructionSet: nearest.instructionSet)
  }

  /// The same for rows in memory, with what is remembered of them.
  private func assign(
    _ cache: LloydCache<Scalar>, _ labelsAreKnown: Bool
  ) throws(Source.Failure) {
    let found = try progress.labels.withUnsafeMutableBufferPointer {
      (labels) throws(Source.Failure) in
      let found = cache.assign(&nearest, labels.baseAddress!, areKnown: labelsAreKnown)
      try lloyd.source.checkCancellation()
      cache.sum(into: &partial.value, labels.baseAddress!)
      return found
    }
    progress.inertia = partial.value.inertia
    note(found)
    // The first distances to known labels are those to centroids that have moved far: they say too
    // little.
    let isStale = progress.history.count < 2
    if !isStale, found.candidates > nearest.mostCandidates * found.rows { giveUp() }
  }

  private func note(_ found: AssignmentCounts) {
    var found = found
    if gaveUp, found.candidates == 0 { found.unfiltered = found.rows }
    progress.latest = found
    // The shares of the filter are those of what bytes compared.
    if gaveUp, found.candidates == 0 { found.compared = 0 }
    progress.counts += found
  }

  /// Sums the clusters by labels and distances that are known.
  func sum(by distances: [Double]) throws(Source.Failure) {
    let none = lloyd.noSums(withInertia: lloyd.sumsInertia)
    try distances.withUnsafeBufferPointer { (distances) throws(Source.Failure) in
      partial = StripePartial(try reduced(none, distances: distances.baseAddress!))
    }
    progress.inertia = inertia(by: distances)
  }

  /// The inertia of distances that are known.
  private func inertia(by distances: [Double]) -> Double {
    distances.withUnsafeBufferPointer { distances in
      StripedInertia(
        distances.baseAddress!, lloyd.source.weights, count: distances.count,
        stripeRows: sums.shape.stripeRows
      ).total
    }
  }

  /// Reduces all points by their labels.
  private func reduced<R: RowReduction<Scalar>>(
    _ reduction: R, distances: UnsafePointer<Double>? = nil
  ) throws(Source.Failure) -> R {
    try progress.labels.withUnsafeBufferPointer { (labels) throws(Source.Failure) in
      try lloyd.source.reduce(
        clusters: nearest.centroids.rows, labels: labels.baseAddress!, distances: distances,
        into: reduction)
    }
  }

  /// Moves the centroids.
  func move(to means: Matrix<Scalar>) {
    drifts = nil
    nearest.move(to: means)
    progress.centroids = means
  }

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
