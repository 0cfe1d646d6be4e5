public import KMeansLinearAlgebra

// Batches of sparse points. The centroids of a stream are dense, and so are its batches while they
// are learnt.
extension StreamingKMeans {
  /// Learns a batch of sparse points: the stream after the dense ones, bit for bit.
  ///
  /// - Parameters: as those of `update(_:weights:times:withLabels:)` of dense points.
  /// - Throws: as that, and where the rows of the batch do not fit into memory with their zeros.
  /// - Complexity: O(n k d); memory for n d values.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public mutating func update(
    _ batch: borrowing SparseRows<Scalar>, weights: borrowing Span<Double>? = nil,
    times: borrowing Span<Double>? = nil, withLabels: Bool = false
  ) throws(ClusteringError) -> BatchReport {
    let rows = try batch.arrays.dense(0..<batch.rows)
    return try update(rows.view, weights: weights, times: times, withLabels: withLabels)
  }

  /// The predictions for sparse points: those for the dense ones, bit for bit.
  ///
  /// - Parameters: as those of `predict(_:predicting:)` of dense points.
  /// - Throws: as that, and where the rows do not fit into memory with their zeros.
  /// - Complexity: O(n k d); memory for n d values.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func predict(
    _ batch: borrowing SparseRows<Scalar>, predicting parts: Predictions.Parts = .all
  ) throws(ClusteringError) -> Predictions {
    let rows = try batch.arrays.dense(0..<batch.rows)
    return try predict(rows.view, predicting: parts)
  }

  /// Predicts the sparse points of a batch by the state before it, and then learns them.
  ///
  /// - Parameters: as those of `predictThenUpdate` of dense points.
  /// - Returns: the predictions, `nil` while there are no centroids, and the report.
  /// - Throws: as that, and where the rows do not fit into memory with their zeros.
  /// - Complexity: O(n k d); memory for n d values.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public mutating func predictThenUpdate(
    _ batch: borrowing SparseRows<Scalar>, weights: borrowing Span<Double>? = nil,
    times: borrowing Span<Double>? = nil, withLabels: Bool = false,
    predicting parts: Predictions.Parts = .all
  ) throws(ClusteringError) -> (predictions: Predictions?, report: BatchReport) {
    let rows = try batch.arrays.dense(0..<batch.rows)
    return try predictThenUpdate(
      rows.view, weights: weights, times: times, withLabels: withLabels, predicting: parts)
  }
}
