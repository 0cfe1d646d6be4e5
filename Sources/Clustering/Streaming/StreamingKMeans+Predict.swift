internal import KMeansLocks

// Predictions of a stream for points.
extension StreamingKMeans {
  /// The nearest centroid of each point in the present state of the stream, and how usual the point
  /// is there. The points are not learnt.
  ///
  /// - Parameters:
  ///   - batch: n rows of d finite values.
  ///   - parts: the parts of the predictions that are wanted; labels and ids always are.
  /// - Throws: ``ClusteringError``: ``StreamingError/notStarted(rows:needed:)`` where there are no
  ///   centroids yet; a wrong value or dimension.
  /// - Complexity: O(n k d).
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func predict(
    _ batch: borrowing MatrixView<Scalar>, predicting parts: Predictions.Parts = .all
  ) throws(ClusteringError) -> Predictions {
    guard let learner else {
      throw .streaming(.notStarted(rows: warmup.count, needed: warmup.needed(parameters)))
    }
    if let directed = directed(batch, nil, nil) {
      let rows = directed.rows
      return directed.filled(try predict(rows.view, predicting: parts), parts)
    }
    return try batch.withRows { (rows) throws(ClusteringError) in
      let memory = BatchMemory<Scalar>()
      let assigned = try learner.assigned(
        WeightedRows(rows: rows), noting: parts.distances, in: memory)
      return learner.predictions(assigned, parts)
    }
  }

  /// Predicts the points of a batch by the state before it, and then learns them: in this order,
  /// and with one assignment for both.
  ///
  /// With labels alone, ``Predictions/Parts/labels``, it takes little longer than an update.
  ///
  /// - Parameters: as those of `update(_:weights:times:withLabels:)` and of
  ///   ``predict(_:predicting:)``.
  /// - Returns: the predictions, `nil` while there are no centroids, and the report.
  /// - Throws: as `update(_:weights:times:withLabels:)`.
  /// - Complexity: O(n k d).
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public mutating func predictThenUpdate(
    _ batch: borrowing MatrixView<Scalar>, weights: borrowing Span<Double>? = nil,
    times: borrowing Span<Double>? = nil, withLabels: Bool = false,
    predicting parts: Predictions.Parts = .all
  ) throws(ClusteringError) -> (predictions: Predictions?, report: BatchReport) {
    if let directed = directed(batch, weights, times) {
      return try learn(directed, withLabels: withLabels, predicting: parts)
    }
    var report = BatchReport(number: batchCount + 1, points: batch.rows, time: time ?? 0)
    var predictions: Predictions?
    try checkUpdate(hasWeights: weights != nil, hasTimes: times != nil)
    try Self.withArrivals(batch, weights, times, clock, parameters) {
      (points, next) throws(ClusteringError) in
      predictions = try learn(points, next, withLabels: withLabels, predicting: parts, &report)
    }
    return (predictions, report)
  }
}

/// The model that readers use while a stream learns: they never wait for an update, and the model
/// that they get is whole and does not change.
///
/// ```swift
/// let latest = LatestModel<Float>()
/// latest.publish(stream.latestModel)          // the thread that learns
/// let labels = try latest.model?.assign(points) // any other
/// ```
public final class LatestModel<Scalar: ClusteringScalar>: Sendable {
  private let published = Mutex<KMeansModel<Scalar>?>(nil)

  /// A place without a model yet.
  public init() {}

  /// The model that was published last. The lock is held while a reference is copied.
  public var model: KMeansModel<Scalar>? { published.withLock { $0 } }

  /// Replaces the model; keeps the old one for `nil`.
  public func publish(_ model: KMeansModel<Scalar>?) {
    guard let model else { return }
    published.withLock { $0 = model }
  }
}

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

  /// The nearest centroid of each row of a matrix:
  /// ``predict(_:predicting:)-(MatrixView<Scalar>,_)`` of its view.
  ///
  /// - Throws: ``ClusteringError`` where there are no centroids yet; a wrong value or dimension.
  /// - Complexity: O(n k d).
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func predict(
    _ batch: Matrix<Scalar>, predicting parts: Predictions.Parts = .all
  ) throws(ClusteringError) -> Predictions {
    try predict(batch.view, predicting: parts)
  }

  /// Predicts the rows of a matrix, and then learns them:
  /// ``predictThenUpdate(_:weights:times:withLabels:predicting:)-(MatrixView<Scalar>,_,_,_,_)``
  /// of its view.
  ///
  /// - Throws: ``ClusteringError`` where a parameter, a value, a weight or a time is wrong.
  /// - Complexity: O(n k d).
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public mutating func predictThenUpdate(
    _ batch: Matrix<Scalar>, weights: borrowing Span<Double>? = nil,
    times: borrowing Span<Double>? = nil, withLabels: Bool = false,
    predicting parts: Predictions.Parts = .all
  ) throws(ClusteringError) -> (predictions: Predictions?, report: BatchReport) {
    try predictThenUpdate(
      batch.view, weights: weights, times: times, withLabels: withLabels, predicting: parts)
  }
}
