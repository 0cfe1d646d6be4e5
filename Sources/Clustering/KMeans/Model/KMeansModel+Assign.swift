extension KMeansModel {
  /// Finds the nearest centroid of each point: the argmin of the squared distance, or of the
  /// model's own one, computed directly in Double, the lowest index on ties.
  ///
  /// - Parameters:
  ///   - points: n rows of as many values as the centroids have.
  ///   - labels: OUT, n labels; they mean nothing where an error is thrown.
  ///   - execution: where and how it runs; changes the speed alone.
  /// - Throws: ``ClusteringError`` where the shapes do not fit or a value is not finite.
  /// - Complexity: O(n k d).
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func assign(
    _ points: borrowing MatrixView<Scalar>, into labels: inout MutableSpan<Int32>,
    execution: Execution = Execution()
  ) throws(ClusteringError) {
    guard labels.count == points.rows else {
      throw .outputCountMismatch(found: labels.count, points: points.rows)
    }
    guard points.rows > 0 else { return }
    try labels.withUnsafeMutableBufferPointer { (labels) throws(ClusteringError) in
      try points.withRows { (rows) throws(ClusteringError) in
        let run = try AssignmentRun(rows, to: self, execution)
        _ = try run.assign(rows, into: Assignment(labels: labels.baseAddress!))
      }
    }
  }

  /// The nearest centroid of each point.
  ///
  /// - Throws: as `assign(_:into:execution:)`.
  /// - Complexity: O(n k d).
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func assign(
    _ points: borrowing MatrixView<Scalar>, execution: Execution = Execution()
  ) throws(ClusteringError) -> [Int32] {
    var labels = [Int32](repeating: 0, count: points.rows)
    var span = labels.mutableSpan
    try assign(points, into: &span, execution: execution)
    return labels
  }

  /// Labels, squared distances and the share of rows that `directDistance` had to decide. Where
  /// distances are no squared Euclidean ones they are themselves.
  ///
  /// - Parameter leavingOutZeroRows: whether rows that have no direction get the label -1 and no
  ///   distance, NaN.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  package func labelsAndDistances(
    _ points: borrowing MatrixView<Scalar>, execution: Execution = Execution(),
    leavingOutZeroRows: Bool = false
  ) throws(ClusteringError) -> (labels: [Int32], distances: [Double], counts: AssignmentCounts) {
    var labels = [Int32](repeating: 0, count: points.rows)
    var distances = [Double](repeating: 0, count: points.rows)
    guard points.rows > 0 else { return (labels, distances, AssignmentCounts()) }
    var counts = try labels.withUnsafeMutableBufferPointer { (labels) throws(ClusteringError) in
      try distances.withUnsafeMutableBufferPointer { (distances) throws(ClusteringError) in
        try points.withRows { (rows) throws(ClusteringError) in
          let run = try AssignmentRun(
            rows, to: self, execution, takesZeroRows: leavingOutZeroRows)
          return try run.assign(
            rows,
            into: Assignment(labels: labels.baseAddress!, distances: distances.baseAddress!))
        }
      }
    }
    guard leavingOutZeroRows else { return (labels, distances, counts) }
    let without = transform.zeroRows(points, execution)
    for row in without { (labels[row], distances[row]) = (-1, .nan) }
    counts.rows -= without.count
    return (labels, distances, counts)
  }
}

// A matrix in place of a view of it.
extension KMeansModel {
  /// Finds the nearest centroid of each row of a matrix:
  /// ``assign(_:into:execution:)-(MatrixView<Scalar>,_,_)`` of its view.
  ///
  /// - Throws: ``ClusteringError`` where the shapes do not fit or a value is not finite.
  /// - Complexity: O(n k d).
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func assign(
    _ points: Matrix<Scalar>, into labels: inout MutableSpan<Int32>,
    execution: Execution = Execution()
  ) throws(ClusteringError) {
    try assign(points.view, into: &labels, execution: execution)
  }

  /// The nearest centroid of each row of a matrix: ``assign(_:execution:)-(MatrixView<Scalar>,_)``
  /// of its view.
  ///
  /// - Throws: ``ClusteringError`` where the shapes do not fit or a value is not finite.
  /// - Complexity: O(n k d).
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func assign(
    _ points: Matrix<Scalar>, execution: Execution = Execution()
  ) throws(ClusteringError) -> [Int32] {
    try assign(points.view, execution: execution)
  }
}
