// A matrix in place of a view of it.
extension StreamingKMeans {
  /// Learns the rows of a matrix:
  /// ``update(_:weights:times:withLabels:)-(MatrixView<Scalar>,_,_,_)`` of its view.
  ///
  /// - Throws: ``ClusteringError`` where a parameter, a value, a weight or a time is wrong.
  /// - Complexity: O(n k d).
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public mutating func update(
    _ batch: Matrix<Scalar>, weights: borrowing Span<Double>? = nil,
    times: borrowing Span<Double>? = nil, withLabels: Bool = false
  ) throws(ClusteringError) -> BatchReport {
    try update(batch.view, weights: weights, times: times, withLabels: withLabels)
  }

  /// The nearest centroid of each row of a matrix: ``predict(_:)-(MatrixView<Scalar>)`` of its
  /// view.
  ///
  /// - Throws: ``ClusteringError`` where there are no centroids yet; a wrong value or dimension.
  /// - Complexity: O(n k d).
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func predict(_ batch: Matrix<Scalar>) throws(ClusteringError) -> Predictions {
    try predict(batch.view)
  }

  /// Predicts the rows of a matrix, and then learns them:
  /// ``predictThenUpdate(_:weights:times:withLabels:)-(MatrixView<Scalar>,_,_,_)`` of its view.
  ///
  /// - Throws: ``ClusteringError`` where a parameter, a value, a weight or a time is wrong.
  /// - Complexity: O(n k d).
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public mutating func predictThenUpdate(
    _ batch: Matrix<Scalar>, weights: borrowing Span<Double>? = nil,
    times: borrowing Span<Double>? = nil, withLabels: Bool = false
  ) throws(ClusteringError) -> (predictions: Predictions?, report: BatchReport) {
    try predictThenUpdate(batch.view, weights: weights, times: times, withLabels: withLabels)
  }
}
