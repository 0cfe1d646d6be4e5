/// The checks of points before a computation.
extension WeightedRows {
  /// Checks that every row can be clustered.
  ///
  /// - Parameters:
  ///   - map: the transform of the rows; they are checked before and after it.
  ///   - takesZeroRows: whether rows need no direction even where the map makes one of them.
  /// - Throws: ``ClusteringError/notFinite(row:column:)``,
  ///   ``ClusteringError/tooLarge(row:column:limit:)`` or ``ClusteringError/zeroRow(_:)`` for the
  ///   first row that cannot.
  /// - Complexity: O(n d).
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  package func checkFinite(
    _ execution: Execution, map: RowMap<Scalar>? = nil, takesZeroRows: Bool = false
  ) throws(ClusteringError) {
    let (threads, kernels) = (execution.threadCount, execution.kernels)
    let plain = FiniteCheck<Scalar>(instructionSet: kernels)
    if let error = RowPass(self, clusters: 1, threads: threads).reduce(into: plain).error {
      throw error
    }
    guard let map else { return }
    let pass = RowPass(MappedRows(self, map: map), clusters: 1, threads: threads)
    let check = FiniteCheck<Scalar>(
      refusesZeroRows: map.transform.normalizes && !takesZeroRows, instructionSet: kernels)
    if let error = pass.reduce(into: check).error { throw error }
  }

  /// The moments of the columns of points that can be clustered.
  ///
  /// - Throws: as ``checkFinite(_:map:takesZeroRows:)``.
  /// - Complexity: O(n d), one pass.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  package func checkedMoments(_ execution: Execution) throws(ClusteringError) -> ColumnMoments<
    Scalar
  > {
    try InMemoryPoints(self, execution).checkedMoments()
  }
}

/// The checks of initial centroids that the caller gives.
enum CentroidCheck {
  /// - Parameter needsDirections: whether a centroid of zeros is of no use.
  /// - Throws: ``ClusteringError`` for the first centroid that cannot be used.
  static func check<Scalar: ClusteringScalar>(
    _ centroids: Matrix<Scalar>, count: Int, columns: Int, needsDirections: Bool
  ) throws(ClusteringError) {
    guard centroids.columns == columns else {
      throw .dimensionMismatch(found: centroids.columns, expected: columns)
    }
    guard centroids.rows == count else {
      throw .centroidCountMismatch(found: centroids.rows, expected: count)
    }
    let limit = FiniteCheck<Scalar>.limit
    for row in 0..<centroids.rows {
      for column in 0..<columns where !(Double(centroids[row, column]).magnitude <= limit) {
        throw .centroidNotFinite(row: row, column: column)
      }
      if needsDirections, (0..<columns).allSatisfy({ centroids[row, $0] == 0 }) {
        throw .zeroCentroid(row)
      }
    }
  }
}
