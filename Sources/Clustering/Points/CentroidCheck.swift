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
