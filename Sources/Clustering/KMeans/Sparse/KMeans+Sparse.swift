internal import KMeansFiles
public import KMeansLinearAlgebra

// Sparse rows in place of dense ones.
extension KMeans {
  /// Clusters sparse points, and calls a closure after each iteration.
  ///
  /// Labels, centroids and inertia are the bits of the fit of the dense rows; zeros take no memory
  /// and no time. An inverted index of the centroids rules out all but the nearest ones (Aoyama and
  /// Saito, arXiv 2002.09094).
  ///
  /// - Parameters: as for `fit(_:weights:from:onIteration:)` of dense rows.
  /// - Throws: ``ClusteringError`` where a parameter or a value is wrong, where zeros would not
  ///   stay zeros (``SparseRowsError``), or, soon after it, where the task that runs this is
  ///   cancelled.
  /// - Complexity: O(nonzeros k) an iteration at most, and O(k d); memory for n labels and 3 k d
  ///   values.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func fit<Scalar: ClusteringScalar>(
    _ points: borrowing SparseRows<Scalar>, weights: borrowing Span<Double>? = nil,
    from initial: Matrix<Scalar>? = nil, onIteration: (Iteration) -> Void
  ) throws(ClusteringError) -> Fit<Scalar> {
    try recordingInertia(true).fit(points.arrays, weights: weights, from: initial) {
      onIteration($0)
      return true
    }
  }

  /// Clusters sparse points for as long as a closure says.
  ///
  /// - Parameters: as for `fit(_:weights:from:while:)` of dense rows.
  /// - Throws: as `fit(_:weights:from:onIteration:)` of sparse points.
  /// - Complexity: as `fit(_:weights:from:onIteration:)` of sparse points.
  @_disfavoredOverload
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func fit<Scalar: ClusteringScalar>(
    _ points: borrowing SparseRows<Scalar>, weights: borrowing Span<Double>? = nil,
    from initial: Matrix<Scalar>? = nil, while goesOn: (Iteration) -> Bool
  ) throws(ClusteringError) -> Fit<Scalar> {
    try recordingInertia(true).fit(points.arrays, weights: weights, from: initial, goesOn)
  }

  /// Clusters sparse points.
  ///
  /// - Throws: as `fit(_:weights:from:onIteration:)` of sparse points.
  /// - Complexity: as `fit(_:weights:from:onIteration:)` of sparse points.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func fit<Scalar: ClusteringScalar>(
    _ points: borrowing SparseRows<Scalar>, weights: borrowing Span<Double>? = nil,
    from initial: Matrix<Scalar>? = nil
  ) throws(ClusteringError) -> Fit<Scalar> {
    try recordingInertia(false).fit(points.arrays, weights: weights, from: initial) { _ in true }
  }

  /// Clusters the rows of a sparse matrix: the fit of its view.
  ///
  /// - Throws: as `fit(_:weights:from:onIteration:)` of sparse points.
  /// - Complexity: as `fit(_:weights:from:onIteration:)` of sparse points.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func fit<Scalar: ClusteringScalar>(
    _ points: SparseMatrix<Scalar>, weights: borrowing Span<Double>? = nil,
    from initial: Matrix<Scalar>? = nil
  ) throws(ClusteringError) -> Fit<Scalar> {
    try fit(points.view, weights: weights, from: initial)
  }

  /// Clusters the rows of a sparse matrix as the method of the arrays does.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  package func fit<Scalar: ClusteringScalar>(
    _ points: SparseMatrix<Scalar>, weights: borrowing Span<Double>?,
    from initial: Matrix<Scalar>?, keeping: FitKeeping<Scalar>?,
    onSeeds: (Int) -> Void, observing observe: (Iteration, Matrix<Scalar>) -> Bool
  ) throws(ClusteringError) -> Fit<Scalar> {
    try withExtendedLifetime(points) { () throws(ClusteringError) in
      try fit(
        points.unsafeArrays, weights: weights, from: initial, keeping: keeping, onSeeds: onSeeds,
        observing: observe)
    }
  }

  /// Clusters sparse rows; the closure says whether to go on.
  private func fit<Scalar: ClusteringScalar>(
    _ arrays: SparseArrays<Scalar>, weights: borrowing Span<Double>?,
    from initial: Matrix<Scalar>?, _ goesOn: (Iteration) -> Bool
  ) throws(ClusteringError) -> Fit<Scalar> {
    try fit(arrays, weights: weights, from: initial, observing: { it, _ in goesOn(it) })
  }

  /// The same; `observe` also gets the centroids that an iteration starts from, `onSeeds` the
  /// number of initial centroids that have been found.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  package func fit<Scalar: ClusteringScalar>(
    _ arrays: SparseArrays<Scalar>, weights: borrowing Span<Double>?,
    from initial: Matrix<Scalar>?, keeping: FitKeeping<Scalar>? = nil,
    onSeeds: (Int) -> Void = { _ in }, observing observe: (Iteration, Matrix<Scalar>) -> Bool
  ) throws(ClusteringError) -> Fit<Scalar> {
    try validate(points: arrays.rows)
    try checkKeepsZeros()
    if let initial { try check(initial, columns: arrays.columns) }
    return try WeightCheck.withChecked(weights, rows: arrays.rows) {
      (weights) throws(ClusteringError) in
      try fit(
        SparsePoints(arrays, weights: weights, execution, isCancellable: true), from: initial,
        keeping: keeping, onSeeds, observe)
    }
  }

  /// - Throws: where a parameter asks for rows without zeros.
  package func checkKeepsZeros() throws(ClusteringError) {
    if standardizes { throw .sparse(.means) }
    if case .mahalanobis = distance { throw .sparse(.mixedColumns) }
  }
}

/// What cannot be asked of sparse rows.
public enum SparseRowsError: SpecificError {
  /// Standardising subtracts the mean of each column: no zero would stay one.
  case means
  /// The Mahalanobis distance mixes columns.
  case mixedColumns
  /// The system has no memory left for rows with their zeros.
  case outOfMemory(rows: Int, columns: Int)

  public var kind: ClusteringError.Kind {
    if case .outOfMemory = self { .data } else { .parameter }
  }

  public var description: String {
    switch self {
    case .means:
      "standardising subtracts the mean of each column, which leaves no zero of sparse rows; "
        + "divide by deviations alone, or make the rows dense"
    case .mixedColumns:
      "the Mahalanobis distance mixes columns, which leaves no zero of sparse rows; choose another "
        + "distance, or make the rows dense"
    case .outOfMemory(let rows, let columns):
      "\(counted(rows, "sparse row")) of \(counted(columns, "column")) do not fit into memory with "
        + "their zeros, expected fewer rows at a time"
    }
  }
}

extension ClusteringError {
  /// Something that sparse rows cannot do.
  public static func sparse(_ error: SparseRowsError) -> ClusteringError {
    .specific(Specific(error))
  }
}
