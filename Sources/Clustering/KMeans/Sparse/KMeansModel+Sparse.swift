public import KMeansLinearAlgebra

// Sparse points and the centroids of a model.
extension KMeansModel {
  /// Finds the nearest centroid of each sparse point: the labels of the dense points, bit for bit.
  ///
  /// - Parameters:
  ///   - points: n rows of as many columns as the centroids have.
  ///   - labels: OUT, n labels; they mean nothing where an error is thrown.
  ///   - execution: where and how it runs; changes the speed alone.
  /// - Throws: ``ClusteringError`` where the shapes do not fit or a value is not finite.
  /// - Complexity: O(nonzeros k + k d).
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func assign(
    _ points: borrowing SparseRows<Scalar>, into labels: inout MutableSpan<Int32>,
    execution: Execution = Execution()
  ) throws(ClusteringError) {
    guard labels.count == points.rows else {
      throw .outputCountMismatch(found: labels.count, points: points.rows)
    }
    guard points.rows > 0 else { return }
    let arrays = points.arrays
    try labels.withUnsafeMutableBufferPointer { (labels) throws(ClusteringError) in
      _ = try assign(arrays, into: Assignment(labels: labels.baseAddress!), execution)
    }
  }

  /// The nearest centroid of each sparse point.
  ///
  /// - Throws: as `assign(_:into:execution:)` of sparse points.
  /// - Complexity: O(nonzeros k + k d).
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func assign(
    _ points: borrowing SparseRows<Scalar>, execution: Execution = Execution()
  ) throws(ClusteringError) -> [Int32] {
    var labels = [Int32](repeating: 0, count: points.rows)
    var span = labels.mutableSpan
    try assign(points, into: &span, execution: execution)
    return labels
  }

  /// The nearest centroid of each row of a sparse matrix.
  ///
  /// - Throws: as `assign(_:into:execution:)` of sparse points.
  /// - Complexity: O(nonzeros k + k d).
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func assign(
    _ points: SparseMatrix<Scalar>, execution: Execution = Execution()
  ) throws(ClusteringError) -> [Int32] {
    try assign(points.view, execution: execution)
  }

  /// Labels and squared distances of sparse points, as `labelsAndDistances` of dense ones.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  package func labelsAndDistances(
    _ points: SparseMatrix<Scalar>, execution: Execution = Execution(),
    leavingOutZeroRows: Bool = false
  ) throws(ClusteringError) -> (labels: [Int32], distances: [Double], counts: AssignmentCounts) {
    try withExtendedLifetime(points) { () throws(ClusteringError) in
      try labelsAndDistances(
        points.unsafeArrays, execution: execution, leavingOutZeroRows: leavingOutZeroRows)
    }
  }

  /// The same of rows that somebody else holds.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  package func labelsAndDistances(
    _ arrays: SparseArrays<Scalar>, execution: Execution = Execution(),
    leavingOutZeroRows: Bool = false
  ) throws(ClusteringError) -> (labels: [Int32], distances: [Double], counts: AssignmentCounts) {
    var labels = [Int32](repeating: 0, count: arrays.rows)
    var distances = [Double](repeating: 0, count: arrays.rows)
    guard arrays.rows > 0 else { return (labels, distances, AssignmentCounts()) }
    var counts = try labels.withUnsafeMutableBufferPointer { (labels) throws(ClusteringError) in
      try distances.withUnsafeMutableBufferPointer { (distances) throws(ClusteringError) in
        try assign(
          arrays,
          into: Assignment(labels: labels.baseAddress!, distances: distances.baseAddress!),
          execution, takesZeroRows: leavingOutZeroRows)
      }
    }
    guard leavingOutZeroRows, transform.normalizes else { return (labels, distances, counts) }
    let without = try sparsePoints(arrays, execution).zeroRows()
    for row in without { (labels[row], distances[row]) = (-1, .nan) }
    counts.rows -= without.count
    return (labels, distances, counts)
  }

  /// Points as the model's centroids see them.
  private func sparsePoints(
    _ arrays: SparseArrays<Scalar>, _ execution: Execution
  ) -> SparsePoints<Scalar> {
    var points = SparsePoints(arrays, weights: nil, execution)
    points.map = RowMap(transform, columns: dimension, instructionSet: execution.kernels)
    return points
  }

  private func assign(
    _ arrays: SparseArrays<Scalar>, into result: Assignment, _ execution: Execution,
    takesZeroRows: Bool = false
  ) throws(ClusteringError) -> AssignmentCounts {
    try execution.validate()
    guard arrays.columns == dimension else {
      throw .dimensionMismatch(found: arrays.columns, expected: dimension)
    }
    guard transform.keepsZeros else {
      throw .sparse(transform.standardization == nil ? .mixedColumns : .means)
    }
    var plain = SparsePoints(arrays, weights: nil, execution)
    _ = try plain.checked(refusingZeroRows: false)
    plain.map = RowMap(transform, columns: dimension, instructionSet: execution.kernels)
    let points = plain
    if points.map != nil {
      _ = try points.checked(refusingZeroRows: transform.normalizes && !takesZeroRows)
    }
    if let pairwise = nearestPairwise(execution) {
      return try points.assign(pairwise, into: result, clusters: clusterCount)
    }
    if iterations == 0 { try SumLimits.check(centroids: transformedCentroids) }
    let nearest = NearestCentroids(
      transformedCentroids,
      centering: Centering(columns: dimension, mostTerms: points.mostTerms),
      strategy: execution.strategy, instructionSet: execution.kernels)
    return try points.assign(nearest, into: result, clusters: clusterCount)
  }
}

extension SparsePoints {
  /// Assigns every row.
  fileprivate func assign<Assigner: RowAssigner<Scalar>>(
    _ assigner: Assigner, into result: Assignment, clusters: Int
  ) throws(ClusteringError) -> AssignmentCounts {
    try assign(
      assigner, into: result, adding: StripeSum(EmptyReduction<Scalar>()),
      stripeRows: Stripes.rows(clusters: clusters))
  }
}
