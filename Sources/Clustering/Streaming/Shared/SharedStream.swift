internal import KMeansLocks

/// A stream that one task teaches and any number of others ask.
///
/// ```swift
/// let shared = SharedStream(StreamingKMeans<Float>(clusterCount: 10, seed: 1))
/// async let learnt: Void = shared.train(on: readings)       // one task
/// let label = try shared.snapshot.predict(points).labels[0]  // any other, at any time
/// ```
///
/// Readers take a ``snapshot``: the whole stream as it was after some batch, which no update
/// changes. They never wait for an update, nor does an update wait for them. Updates run one after
/// another on a thread that belongs to the stream, so that none holds a thread of the concurrency
/// runtime; where ``Execution/threads`` asks for more than that one, helpers come from Dispatch,
/// which on Linux shares them with all tasks.
public actor SharedStream<Scalar: ClusteringScalar> {
  private var stream: StreamingKMeans<Scalar>
  private let published: Mutex<Snapshot>
  private nonisolated let thread = ComputingActorThread()

  /// What readers get: one reference, so that the lock is held for a moment only.
  private final class Snapshot: Sendable {
    let stream: StreamingKMeans<Scalar>

    init(_ stream: StreamingKMeans<Scalar>) { self.stream = stream }
  }

  /// Shares a stream that begins, or one that goes on.
  public init(_ stream: StreamingKMeans<Scalar>) {
    self.stream = stream
    published = Mutex(Snapshot(stream.withoutMemory))
  }

  public nonisolated var unownedExecutor: UnownedSerialExecutor {
    thread.asUnownedSerialExecutor()
  }

  /// The stream after the last batch that was learnt, whole: to predict, to look at its
  /// ``StreamingKMeans/latestModel``, to save it.
  ///
  /// - Complexity: O(1).
  public nonisolated var snapshot: StreamingKMeans<Scalar> {
    published.withLock { $0 }.stream
  }

  /// Learns a batch as
  /// ``StreamingKMeans/update(_:weights:times:withLabels:)-(MatrixView<Scalar>,_,_,_)`` does.
  ///
  /// - Throws: ``ClusteringError`` where a parameter, a value, a weight or a time is wrong; the
  ///   stream is then as it was.
  /// - Complexity: O(n k d), and O(k d) for the snapshot.
  public func update<Batch: PointBatch<Scalar>>(
    _ batch: Batch, withLabels: Bool = false
  ) throws(ClusteringError) -> BatchReport {
    let (points, weights, times) = (batch.points, batch.weights, batch.times)
    let report = try stream.update(
      points, weights: weights?.span, times: times?.span, withLabels: withLabels)
    publish()
    return report
  }

  /// Predicts the points of a batch by the state before it, and then learns them.
  ///
  /// - Parameter parts: the parts of the predictions that are wanted.
  /// - Returns: the predictions, `nil` while there are no centroids, and the report.
  /// - Throws: as ``update(_:withLabels:)``.
  /// - Complexity: O(n k d), and O(k d) for the snapshot.
  public func predictThenUpdate<Batch: PointBatch<Scalar>>(
    _ batch: Batch, predicting parts: Predictions.Parts = .all
  ) throws(ClusteringError) -> (predictions: Predictions?, report: BatchReport) {
    let (points, weights, times) = (batch.points, batch.weights, batch.times)
    let found = try stream.predictThenUpdate(
      points, weights: weights?.span, times: times?.span, predicting: parts)
    publish()
    return found
  }

  /// Changes the pace of forgetting from now on: ``StreamingKMeans/forget(by:)``.
  ///
  /// - Throws: ``ClusteringError`` where the pace is wrong; the stream is then as it was.
  public func forget(by forgetting: Forgetting) throws(ClusteringError) {
    try stream.forget(by: forgetting)
    publish()
  }

  private func publish() {
    let next = Snapshot(stream.withoutMemory)
    // The old one ends outside of the lock.
    _ = published.withLock { published in
      let before = published
      published = next
      return before
    }
  }
}

extension StreamingKMeans {
  /// A copy that does not share the memory in which batches are learnt: the stream goes on in it.
  fileprivate var withoutMemory: StreamingKMeans {
    var copy = self
    copy.learner?.memory = BatchMemory()
    return copy
  }
}
