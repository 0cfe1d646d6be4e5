/// Rows with a weight each, or with weight 1 where there are no weights. An unsafe handle, like
/// ``Rows``.
package struct WeightedRows<Scalar: ClusteringScalar>: @unchecked Sendable {
  package let rows: Rows<Scalar>
  package let weights: UnsafePointer<Double>?

  package init(rows: Rows<Scalar>, weights: UnsafePointer<Double>? = nil) {
    self.rows = rows
    self.weights = weights
  }

  package var count: Int { rows.count }

  /// The weight of a row.
  package func weight(_ row: Int) -> Double {
    if let weights { weights[row] } else { 1 }
  }

  /// Some of the rows with their weights.
  package subscript(range: Range<Int>) -> WeightedRows {
    WeightedRows(rows: rows[range], weights: weights.map { $0 + range.lowerBound })
  }
}

extension MatrixView where Scalar: ClusteringScalar {
  /// Hands the rows and their checked weights to a closure.
  ///
  /// - Parameter allowsNoWeight: whether all weights may be 0.
  /// - Throws: ``ClusteringError`` where the weights are not one a row, finite and not negative.
  package func withWeightedRows<Result>(
    _ weights: borrowing Span<Double>?, allowsNoWeight: Bool = false,
    _ body: (WeightedRows<Scalar>) throws(ClusteringError) -> Result
  ) throws(ClusteringError) -> Result {
    let weights = copy weights
    return try withRows { (rows) throws(ClusteringError) in
      try WeightCheck.withChecked(weights, rows: rows.count, allowsNone: allowsNoWeight) {
        (weights) throws(ClusteringError) in
        try body(WeightedRows(rows: rows, weights: weights))
      }
    }
  }
}

/// What weights must be.
package enum WeightCheck {
  /// Hands weights that were checked to a closure; `nil` where each is 1.
  ///
  /// - Throws: ``ClusteringError`` where they are not one a row, finite and not negative.
  static func withChecked<Result>(
    _ weights: borrowing Span<Double>?, rows: Int, allowsNone: Bool = false,
    _ body: (UnsafePointer<Double>?) throws(ClusteringError) -> Result
  ) throws(ClusteringError) -> Result {
    guard let weights = copy weights else { return try body(nil) }
    guard weights.count == rows else {
      throw .weightCountMismatch(weights: weights.count, points: rows)
    }
    try check(weights, allowsNone: allowsNone)
    return try weights.withUnsafeBufferPointer { (buffer) throws(ClusteringError) in
      try body(buffer.baseAddress)
    }
  }

  /// - Parameter allowsNone: whether they may add up to nothing.
  /// - Throws: ``ClusteringError`` where a weight is negative or not finite, and where there are
  ///   weights that add up to nothing or too much.
  package static func check(_ weights: Span<Double>, allowsNone: Bool = false)
    throws(ClusteringError)
  {
    var total = 0.0
    for row in weights.indices {
      let weight = weights[row]
      guard weight >= 0, weight.isFinite else { throw .invalidWeight(row: row, weight: weight) }
      total += weight
    }
    let isUsable = (total > 0 || allowsNone) && total.isFinite
    guard weights.isEmpty || isUsable else { throw .invalidTotalWeight(total) }
  }
}
