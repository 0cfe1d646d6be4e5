/// The first rows of a stream, kept until there are enough of them to begin with.
struct WarmupRows<Scalar: ClusteringScalar>: Sendable {
  /// The rows as they came [n x d]; `nil` before the first.
  var rows: Matrix<Scalar>?
  /// The weight of each row [n].
  var weights: [Double] = []

  /// Keeps copies of rows.
  mutating func append(_ points: WeightedRows<Scalar>) {
    guard points.count > 0 else { return }
    let new = points.rows.matrix(of: Array(0..<points.count))
    if rows == nil {
      rows = new
    } else {
      for row in 0..<new.rows { rows!.append(new[row]) }
    }
    for row in 0..<points.count { weights.append(points.weight(row)) }
  }

  /// Hands the rows and their weights to a closure; `nil` where there are none.
  func withPoints<Result>(
    _ body: (WeightedRows<Scalar>) throws(ClusteringError) -> Result
  ) throws(ClusteringError) -> Result? {
    guard let rows else { return nil }
    return try weights.withUnsafeBufferPointer { (weights) throws(ClusteringError) in
      try rows.withRows { (rows) throws(ClusteringError) in
        try body(WeightedRows(rows: rows, weights: weights.baseAddress))
      }
    }
  }
}
