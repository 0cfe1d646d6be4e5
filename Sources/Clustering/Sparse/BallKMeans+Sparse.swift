public import KMeansLinearAlgebra

// Algorithms that look at every column of rows: they have their zeros while these are at work.
extension BallKMeans {
  /// Clusters sparse points: the fit of the dense ones, bit for bit. Trimmed means look at every
  /// column of the rows.
  ///
  /// - Throws: as `fit(_:weights:)` of dense points, and where the rows do not fit into memory with
  ///   their zeros.
  /// - Complexity: that of dense points; memory for n d values.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func fit<Scalar: ClusteringScalar>(
    _ points: borrowing SparseRows<Scalar>, weights: borrowing Span<Double>? = nil
  ) throws(ClusteringError) -> Fit<Scalar> {
    let rows = try points.arrays.dense(0..<points.rows)
    return try fit(rows.view, weights: weights)
  }
}

extension KeyedStreams {
  /// Learns a batch of sparse rows of any keys: as `update` of the dense ones, bit for bit.
  ///
  /// - Parameters: as those of `update` of dense points.
  /// - Throws: as that, and where the rows of the batch do not fit into memory with their zeros.
  /// - Complexity: O(n k d); memory for n d values.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  @discardableResult
  public func update(
    _ batch: borrowing SparseRows<Scalar>, keys: [String],
    weights: borrowing Span<Double>? = nil, times: borrowing Span<Double>? = nil,
    withPredictions: Bool = false
  ) throws -> KeyedBatchReport {
    let rows = try batch.arrays.dense(0..<batch.rows)
    return try update(
      rows.view, keys: keys, weights: weights, times: times, withPredictions: withPredictions)
  }
}
