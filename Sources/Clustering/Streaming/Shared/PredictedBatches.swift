// Batches that are predicted by a shared stream while it learns others.
extension SharedStream {
  /// The predictions of batches, each by the stream as it is when the batch comes. Nothing is
  /// learnt, and no update is waited for.
  ///
  /// - Parameters:
  ///   - batches: not read ahead.
  ///   - parts: the parts of the predictions that are wanted.
  public nonisolated func predict<Batches: AsyncSequence>(
    on batches: Batches, predicting parts: Predictions.Parts = .all
  ) -> PredictedBatches<Batches, Scalar> {
    PredictedBatches(batches: batches, stream: self, parts: parts)
  }

  /// The labels of points with their keys, batch by batch: ``predict(on:predicting:)`` with labels
  /// alone, under Spark's name.
  public nonisolated func predictOnValues<Key, Batches: AsyncSequence>(
    on batches: Batches
  ) -> AsyncMapSequence<PredictedBatches<Batches, Scalar>, [KeyedLabel<Key>]>
  where Batches.Element == KeyedBatch<Key, Scalar> {
    predict(on: batches, predicting: .labels).map { predicted in
      let (keys, found) = (predicted.batch.keys, predicted.predictions)
      return keys.indices.map {
        KeyedLabel(key: keys[$0], label: found?.labels[$0] ?? -1, cluster: found?.ids[$0] ?? -1)
      }
    }
  }
}

/// The label of a point that has a key.
public struct KeyedLabel<Key: Sendable>: Sendable {
  public let key: Key
  /// The nearest centroid; -1 while there are none.
  public let label: Int32
  /// The id of its cluster, which stays when centroids move; -1 while there are none.
  public let cluster: Int

  public init(key: Key, label: Int32, cluster: Int) {
    (self.key, self.label, self.cluster) = (key, label, cluster)
  }
}

extension KeyedLabel: Equatable where Key: Equatable {}
extension KeyedLabel: Hashable where Key: Hashable {}

/// A batch that was predicted.
public struct PredictedBatch<Batch: PointBatch>: Sendable {
  public let batch: Batch
  /// `nil` while there are no centroids.
  public let predictions: Predictions?
}

/// The batches of a sequence, each predicted by a stream when it is asked for.
public struct PredictedBatches<Batches: AsyncSequence, Scalar: ClusteringScalar>: AsyncSequence
where Batches.Element: PointBatch<Scalar> {
  public typealias Element = PredictedBatch<Batches.Element>
  public typealias Failure = any Error

  let batches: Batches
  let stream: SharedStream<Scalar>
  let parts: Predictions.Parts

  public func makeAsyncIterator() -> Iterator {
    Iterator(batches: batches.makeAsyncIterator(), stream: stream, parts: parts)
  }

  public struct Iterator: AsyncIteratorProtocol {
    var batches: Batches.AsyncIterator
    let stream: SharedStream<Scalar>
    let parts: Predictions.Parts
    let thread = ComputingThread()

    public mutating func next(
      isolation actor: isolated (any Actor)?
    ) async throws(any Error) -> Element? {
      let batch = try await batches.next(isolation: actor)
      // Sequences may just end where their task is cancelled: that is not their end.
      try Task.checkCancellation()
      guard let batch else { return nil }
      let (snapshot, parts) = (stream.snapshot, parts)
      guard snapshot.hasStarted else { return PredictedBatch(batch: batch, predictions: nil) }
      let predictions = try await withTaskExecutorPreference(thread) {
        try await Self.predictions(of: batch.points, by: snapshot, parts)
      }
      return PredictedBatch(batch: batch, predictions: predictions)
    }

    /// Belongs to no actor, and so runs where the task prefers.
    private nonisolated static func predictions(
      of points: Matrix<Scalar>, by stream: StreamingKMeans<Scalar>, _ parts: Predictions.Parts
    ) async throws -> Predictions {
      try stream.predict(points, predicting: parts)
    }
  }
}
