// What a stream says of points.
extension StreamingKMeans {
  /// The nearest centroid of each point as the stream knows them now, and how usual the point is there.
  /// Nothing is learnt.
  ///
  /// - Parameter batch: n rows of d finite values.
  /// - Throws: ``ClusteringError``: ``StreamingError/notStarted(rows:needed:)`` where there are no
  ///   centroids yet; a wrong value or dimension.
  /// - Complexity: O(n k d).
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func predict(
    _ batch: borrowing MatrixView<Scalar>
  ) throws(ClusteringError) -> Predictions {
    guard let learner else {
      throw .streaming(.notStarted(rows: warmup.count, needed: warmup.needed(parameters)))
    }
    if let directed = directed(batch, nil, nil) {
      let rows = directed.rows
      return directed.filled(try predict(rows.view))
    }
    return try batch.withRows { (rows) throws(ClusteringError) in
      let memory = BatchMemory<Scalar>()
      return learner.predictions(try learner.assigned(WeightedRows(rows: rows), in: memory))
    }
  }

  /// Says of the points of a batch what the stream knows before it, and then learns them: in this order,
  /// and with one assignment for both.
  ///
  /// - Parameters: as those of ``update(_:weights:times:withLabels:)``.
  /// - Returns: the predictions, nothing while there are no centroids, and what was learnt.
  /// - Throws: as ``update(_:weights:times:withLabels:)``.
  /// - Complexity: O(n k d).
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public mutating func predictThenUpdate(
    _ batch: borrowing MatrixView<Scalar>, weights: borrowing Span<Double>? = nil,
    times: borrowing Span<Double>? = nil, withLabels: Bool = false
  ) throws(ClusteringError) -> (predictions: Predictions?, report: BatchReport) {
    if let directed = directed(batch, weights, times) {
      return try learn(directed, withLabels: withLabels, withPredictions: true)
    }
    var report = BatchReport(number: batchCount + 1, points: batch.rows, time: time ?? 0)
    var predictions: Predictions?
    try checkUpdate(hasWeights: weights != nil, hasTimes: times != nil)
    try Self.withArrivals(batch, weights, times, clock, parameters) {
      (points, next) throws(ClusteringError) in
      predictions = try learn(
        points, next, withLabels: withLabels, withPredictions: true, &report)
    }
    return (predictions, report)
  }
}
