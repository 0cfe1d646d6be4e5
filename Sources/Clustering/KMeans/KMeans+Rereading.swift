extension KMeans {
  /// Clusters points that do not fit into memory: they are read anew for every iteration.
  ///
  /// The same bits as `fit(_:weights:from:onIteration:)` for every memory that is not refused;
  /// with little of it greedy k-means++ takes more passes.
  ///
  /// - Parameters:
  ///   - source: rows that are the same each time they are read.
  ///   - weights: one finite, non-negative weight a point, or nothing for 1 each.
  ///   - initial: k rows to start from; ``initialization`` and ``runs`` are not used then.
  ///   - memory: about how many bytes the process may use in all; nothing for a few hundred MiB
  ///     beside some 40 bytes a point.
  ///   - onIteration: gets every iteration, with its inertia.
  /// - Throws: ``ClusteringError`` where a parameter or a value is wrong, the memory too small, or
  ///   the task that runs this is cancelled, and what the source throws.
  /// - Complexity: O(n k d) an iteration, one pass over the source each; finding initial centroids
  ///   takes about 2 log2(k) passes more.
  public func fit<Source: RewindableRowSource>(
    rereading source: inout Source, weights: borrowing Span<Double>? = nil,
    from initial: Matrix<Source.Scalar>? = nil, memory: Int? = nil,
    onIteration: (Iteration) -> Void
  ) throws -> KMeansModel<Source.Scalar> where Source.Scalar: ClusteringScalar {
    try fit(rereading: &source, weights: weights, from: initial, memory: memory) {
      iteration, _ in onIteration(iteration)
    }.model
  }

  /// The same for as long as a closure says; see
  /// ``fit(_:weights:from:while:)-(MatrixView<Scalar>,_,_,_)``.
  @_disfavoredOverload
  public func fit<Source: RewindableRowSource>(
    rereading source: inout Source, weights: borrowing Span<Double>? = nil,
    from initial: Matrix<Source.Scalar>? = nil, memory: Int? = nil,
    while goesOn: (Iteration) -> Bool
  ) throws -> KMeansModel<Source.Scalar> where Source.Scalar: ClusteringScalar {
    try fit(
      rereading: &source, weights: weights, from: initial, memory: memory, onSeeds: { _ in },
      while: { iteration, _ in goesOn(iteration) }
    ).model
  }

  /// The same where nobody observes iterations.
  public func fit<Source: RewindableRowSource>(
    rereading source: inout Source, weights: borrowing Span<Double>? = nil,
    from initial: Matrix<Source.Scalar>? = nil, memory: Int? = nil
  ) throws -> KMeansModel<Source.Scalar> where Source.Scalar: ClusteringScalar {
    try recordingInertia(false).fit(
      rereading: &source, weights: weights, from: initial, memory: memory
    ) { _, _ in }.model
  }

  /// The same with labels; `observe` also gets the centroids that an iteration starts from,
  /// `onSeeds` the number of initial centroids that have been found.
  package func fit<Source: RewindableRowSource>(
    rereading source: inout Source, weights: borrowing Span<Double>? = nil,
    from initial: Matrix<Source.Scalar>? = nil, memory: Int? = nil,
    onSeeds: (Int) -> Void = { _ in }, observing observe: (Iteration, Matrix<Source.Scalar>) -> Void
  ) throws -> Fit<Source.Scalar> where Source.Scalar: ClusteringScalar {
    try fit(
      rereading: &source, weights: weights, from: initial, memory: memory, onSeeds: onSeeds,
      while: { iteration, centroids in
        observe(iteration, centroids)
        return true
      })
  }

  /// The same, for as long as a closure says.
  package func fit<Source: RewindableRowSource>(
    rereading source: inout Source, weights: borrowing Span<Double>?,
    from initial: Matrix<Source.Scalar>?, memory: Int?,
    keeping: FitKeeping<Source.Scalar>? = nil, onSeeds: (Int) -> Void,
    while goesOn: (Iteration, Matrix<Source.Scalar>) -> Bool
  ) throws -> Fit<Source.Scalar> where Source.Scalar: ClusteringScalar {
    try validate()
    if let initial { try check(initial, columns: source.columns) }
    let owned = AnyRowSource<Source.Scalar>.Owned(source)
    defer { source = owned.value }
    return try fit(
      AnyRowSource(owned), weights: try Self.checked(weights), from: initial, memory: memory,
      keeping: keeping, onSeeds, goesOn)
  }

  private static func checked(_ weights: borrowing Span<Double>?) throws -> [Double]? {
    guard let weights = copy weights else { return nil }
    try WeightCheck.check(weights)
    return weights.indices.map { weights[$0] }
  }

  /// Specialised here: whoever calls it knows no more than the type of the scalars.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  private func fit<Scalar: ClusteringScalar>(
    _ feed: AnyRowSource<Scalar>, weights: [Double]?, from initial: Matrix<Scalar>?, memory: Int?,
    keeping: FitKeeping<Scalar>?, _ onSeeds: (Int) -> Void,
    _ observe: (Iteration, Matrix<Scalar>) -> Bool
  ) throws -> Fit<Scalar> {
    let plan = memoryPlan(
      memory, columns: feed.columns, size: MemoryLayout<Scalar>.stride,
      threads: execution.threadCount,
      isWeighted: weights != nil, startsGiven: initial != nil)
    let points = try OutOfCorePoints(feed, weights: weights, plan: plan, execution) {
      (count) throws(ClusteringError) in
      try validate(points: count)
    }
    return try recordingInertia(true).fit(points, from: initial, keeping: keeping, onSeeds, observe)
  }

  /// Refuses memory that does not do for a fit of points that are read again, before any of them is
  /// read.
  ///
  /// - Parameters:
  ///   - limit: all memory of the process, in bytes; nothing for as much as is convenient.
  ///   - isDouble: whether the values are doubles.
  ///   - startsGiven: whether initial centroids are given.
  /// - Throws: ``ClusteringError/memoryTooSmall(limit:needed:)``, as the fit would.
  package func checkMemory(
    _ limit: Int?, points: Int, columns: Int, isDouble: Bool, isWeighted: Bool, startsGiven: Bool
  ) throws(ClusteringError) {
    try memoryPlan(
      limit, columns: columns, size: isDouble ? 8 : 4, threads: execution.threadCount,
      isWeighted: isWeighted, startsGiven: startsGiven
    ).check(points: points)
  }

  private func memoryPlan(
    _ limit: Int?, columns: Int, size: Int, threads: Int, isWeighted: Bool, startsGiven: Bool
  ) -> MemoryPlan {
    MemoryPlan(
      clusters: clusterCount, columns: columns, size: size, threads: threads,
      isWeighted: isWeighted, seedBytes: startsGiven ? 0 : initialization.bytesAPoint,
      longestStripe: max(Stripes.rows(clusters: clusterCount), CandidateHits.stripeRows),
      limit: limit)
  }
}
