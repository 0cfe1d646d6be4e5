// The first half of an iteration: assign, and sum what was found.
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
  func reduced<R: RowReduction<Scalar>>(
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
}
