extension KMeans {
  /// What a fit found.
  public struct Fit<Scalar: ClusteringScalar>: Sendable {
    /// The part to keep.
    public let model: KMeansModel<Scalar>
    /// The nearest centroid of the model for each point, in the order of the rows.
    public internal(set) var labels: [Int32]
    /// The iterations of the run that won.
    public let history: [Iteration]
    /// Which run won, from 0.
    public let run: Int
    /// What it took to find the initial centroids of that run.
    public let seeding: SeedingReport
    /// The share of rows, over all assignments of that run, that `directDistance` had to decide.
    public let redecidedShare: Double
    /// What the filter did over all assignments of that run; nothing where there was none.
    public let filter: FilterShares?
  }

  /// What the strategy ``Execution/Strategy/filtered`` spared.
  public struct FilterShares: Sendable, Hashable, Codable {
    /// The share of the pairs of point and centroid that were compared, by bytes; carried bounds
    /// left out the others.
    public let compared: Double
    /// The share of the pairs whose distance was computed.
    public let candidates: Double
    /// The share of the rows that were left to ``Execution/Strategy/fused``, for the filter ruled
    /// out too little.
    public let unfiltered: Double

    init?(_ counts: AssignmentCounts, clusters: Int) {
      guard counts.candidates + counts.unfiltered > 0 else { return nil }
      let rows = Double(max(1, counts.rows))
      compared = Double(counts.compared) / (rows * Double(clusters))
      candidates = Double(counts.candidates) / (rows * Double(clusters))
      unfiltered = Double(counts.unfiltered) / rows
    }
  }

  /// One iteration: the assignment to some centroids, after which they move.
  public struct Iteration: Sendable, Hashable, Codable {
    /// The number of the iteration, from 1.
    public let number: Int
    /// The weighted sum of squared distances to the centroids before they move; `nil` where nobody
    /// asked: see ``KMeans/recordsInertia``.
    public let inertia: Double?
    /// How many points there are.
    public let points: Int
    /// How many points changed their cluster; all of them in the first iteration.
    public let moved: Int
    /// How many empty clusters were given a point.
    public let refilled: Int
    /// The sum of the squared moves of the centroids.
    public let squaredShift: Double
    /// How many points `directDistance` had to decide.
    public let redecided: Int
    /// How many pairs of point and centroid were compared; bounds left out the others. 0 as well
    /// where there were no bounds and no filter, and all were.
    public let compared: Int
    /// How many of these pairs a filter could not rule out, each point's known centroid among them;
    /// 0 without a filter.
    public let candidates: Int
    /// How many points were left to ``Execution/Strategy/fused``, for the filter ruled out too
    /// little.
    public let unfiltered: Int
  }

  /// Clusters points, and calls a closure after each iteration.
  ///
  /// - Parameters:
  ///   - points: n rows of d finite values; read in place, never written.
  ///   - weights: one finite, non-negative weight a point, or nothing for 1 each. A point of weight
  ///     0 gets a label and counts nothing, but for the numbers of the random draws: without it
  ///     they are others.
  ///   - initial: k rows of d values to start from; ``initialization`` and ``runs`` are not used
  ///     then.
  ///   - onIteration: gets every iteration, with its inertia unless ``recordsInertia`` is false.
  /// - Throws: ``ClusteringError`` where a parameter or a value is wrong, or, soon after it, where
  ///   the task that runs this is cancelled.
  /// - Complexity: O(n k d) an iteration; memory for n labels, O(k d) and scratch.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func fit<Scalar: ClusteringScalar>(
    _ points: borrowing MatrixView<Scalar>, weights: borrowing Span<Double>? = nil,
    from initial: Matrix<Scalar>? = nil, onIteration: (Iteration) -> Void
  ) throws(ClusteringError) -> Fit<Scalar> {
    try fit(points, weights: weights, from: initial) { iteration, _ in onIteration(iteration) }
  }

  /// Clusters points for as long as a closure says.
  ///
  /// ```swift
  /// let deadline = ContinuousClock.now + .seconds(10)
  /// let fit = try KMeans(clusterCount: 500).fit(points, while: { _ in .now < deadline })
  /// ```
  ///
  /// A fit that is ended is the fit of as many ``maxIterations``, bit for bit: labels, weights and
  /// inertia are those of its centroids. It has not ``KMeansModel/converged``. Of several runs no
  /// other one is begun, and the best of those so far wins.
  ///
  /// - Parameters:
  ///   - points, weights, initial: as for `fit(_:weights:from:onIteration:)`.
  ///   - goesOn: gets every iteration, as there, and says whether another one may follow.
  /// - Throws: as `fit(_:weights:from:onIteration:)`.
  /// - Complexity: as `fit(_:weights:from:onIteration:)`.
  // A closure without a label is one that returns nothing.
  @_disfavoredOverload
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func fit<Scalar: ClusteringScalar>(
    _ points: borrowing MatrixView<Scalar>, weights: borrowing Span<Double>? = nil,
    from initial: Matrix<Scalar>? = nil, while goesOn: (Iteration) -> Bool
  ) throws(ClusteringError) -> Fit<Scalar> {
    try fit(
      points, weights: weights, from: initial, onSeeds: { _ in }, while: { it, _ in goesOn(it) })
  }

  /// Clusters points.
  ///
  /// - Parameters: as for `fit(_:weights:from:onIteration:)`.
  /// - Throws: ``ClusteringError`` where a parameter or a value is wrong, or, soon after it, where
  ///   the task that runs this is cancelled.
  /// - Complexity: O(n k d) an iteration at most: bounds leave out the rows that cannot have
  ///   changed their cluster. Memory for n labels, 4 bytes a point, O(k d) and scratch.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func fit<Scalar: ClusteringScalar>(
    _ points: borrowing MatrixView<Scalar>, weights: borrowing Span<Double>? = nil,
    from initial: Matrix<Scalar>? = nil
  ) throws(ClusteringError) -> Fit<Scalar> {
    try recordingInertia(false).fit(points, weights: weights, from: initial) { _, _ in }
  }

  /// The same parameters, in which it is said whether the inertia of every iteration is computed.
  func recordingInertia(_ isObserved: Bool) -> KMeans {
    var parameters = self
    parameters.recordsInertia = recordsInertia ?? isObserved
    return parameters
  }

  /// Clusters points; `observe` also gets the centroids that an iteration starts from, `onSeeds`
  /// the number of initial centroids that have been found.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  package func fit<Scalar: ClusteringScalar>(
    _ points: borrowing MatrixView<Scalar>, weights: borrowing Span<Double>? = nil,
    from initial: Matrix<Scalar>? = nil, onSeeds: (Int) -> Void = { _ in },
    observing observe: (Iteration, Matrix<Scalar>) -> Void
  ) throws(ClusteringError) -> Fit<Scalar> {
    try fit(
      points, weights: weights, from: initial, onSeeds: onSeeds,
      while: { iteration, centroids in
        observe(iteration, centroids)
        return true
      })
  }

  /// The same, for as long as a closure says.
  ///
  /// - Parameter keeping: how the progress is kept, and what the fit goes on from.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  package func fit<Scalar: ClusteringScalar>(
    _ points: borrowing MatrixView<Scalar>, weights: borrowing Span<Double>?,
    from initial: Matrix<Scalar>?, keeping: FitKeeping<Scalar>? = nil, onSeeds: (Int) -> Void,
    while goesOn: (Iteration, Matrix<Scalar>) -> Bool
  ) throws(ClusteringError) -> Fit<Scalar> {
    try validate(points: points.rows)
    if let initial { try check(initial, columns: points.columns) }
    return try points.withWeightedRows(weights) { (points) throws(ClusteringError) in
      try recordingInertia(true).fit(
        InMemoryPoints(points, execution, isCancellable: true), from: initial, keeping: keeping,
        onSeeds, goesOn)
    }
  }

  /// The initial centroids of a run, of transformed points.
  ///
  /// - Throws: as `fit(_:weights:from:onIteration:)`.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  package func initialCentroids<Scalar: ClusteringScalar>(
    _ points: borrowing MatrixView<Scalar>, weights: borrowing Span<Double>? = nil, run: Int = 0
  ) throws(ClusteringError) -> (centroids: Matrix<Scalar>, seeding: SeedingReport) {
    try validate(points: points.rows)
    return try points.withWeightedRows(weights) { (points) throws(ClusteringError) in
      let lloyd = try Lloyd(
        InMemoryPoints(points, execution, isCancellable: true), parameters: self)
      try lloyd.source.checkWeightedRows(clusters: clusterCount)
      let seeds = try lloyd.seeds(run: run)
      return (seeds.centroids, seeds.report)
    }
  }

  /// The rows that ``leavesOutZeroRows`` leaves out, ascending.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  package func zeroRows<Scalar: ClusteringScalar>(
    _ points: borrowing MatrixView<Scalar>, weights: borrowing Span<Double>?
  ) throws(ClusteringError) -> [Int] {
    guard points.rows > 0, mayLeaveOutRows else { return [] }
    return try points.withWeightedRows(weights) { (points) throws(ClusteringError) in
      try Lloyd(InMemoryPoints(points, execution), parameters: self).plan.zeroRows
    }
  }

  /// Clusters points wherever they are, when the parameters and the number of points were checked.
  /// Where and how it runs is what the points say.
  package func fit<Source: PointSource>(
    _ source: Source, from initial: Matrix<Source.Scalar>? = nil,
    keeping: FitKeeping<Source.Scalar>? = nil, _ onSeeds: (Int) -> Void = { _ in },
    _ observe: (Iteration, Matrix<Source.Scalar>) -> Bool = { _, _ in true }
  ) throws(Source.Failure) -> Fit<Source.Scalar> {
    if initial == nil {
      do throws(ClusteringError) { try initialization.check(columns: source.columns) } catch {
        throw source.failure(error)
      }
    }
    let lloyd = try Lloyd(source, parameters: self)
    try lloyd.source.checkWeightedRows(clusters: clusterCount)
    let seeds = initial.map { Seeds(centroids: lloyd.source.map?.mappedCentroids($0) ?? $0) }
    if let seeds { try lloyd.checkSums(from: seeds.centroids) }
    return try lloyd.fit(from: seeds, onSeeds: onSeeds, keeping: keeping, observe)
  }

  func check<Scalar: ClusteringScalar>(
    _ initial: Matrix<Scalar>, columns: Int
  ) throws(ClusteringError) {
    try CentroidCheck.check(
      initial, count: clusterCount, columns: columns,
      needsDirections: distance == .cosine && !standardizes)
  }
}
