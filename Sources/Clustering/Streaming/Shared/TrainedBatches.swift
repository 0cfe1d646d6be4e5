// Batches that a shared stream learns as they come.
extension SharedStream {
  /// Learns batches one after another, until they end.
  ///
  /// - Throws: what the batches throw, ``ClusteringError`` for one that cannot be learnt, and
  ///   `CancellationError` once the task is cancelled. All batches before are learnt, and no other
  ///   is in part.
  public func train<Batches: AsyncSequence>(
    on batches: Batches, isolation: isolated (any Actor)? = #isolation
  ) async throws where Batches.Element: PointBatch<Scalar> {
    for try await _ in training(on: batches) {}
  }

  /// The reports of batches, each learnt when it is asked for: a loop over them is a training that
  /// sees how it goes. With `parts`, each batch is predicted before it is learnt.
  ///
  /// ```swift
  /// for try await learnt in shared.training(on: readings, predicting: .outlierScores) {
  ///   warn(of: learnt.predictions?.outlierScores, learnt.report.events)
  /// }
  /// ```
  ///
  /// - Parameters:
  ///   - batches: not read ahead.
  ///   - parts: the parts of predictions that are wanted; `nil` for none.
  public nonisolated func training<Batches: AsyncSequence>(
    on batches: Batches, predicting parts: Predictions.Parts? = nil
  ) -> TrainedBatches<Batches, Scalar> {
    TrainedBatches(batches: batches, stream: self, parts: parts)
  }
}

/// A batch that was learnt.
public struct TrainedBatch<Batch: PointBatch>: Sendable {
  public let batch: Batch
  /// The predictions by the state before it; `nil` where none were asked for, and while there were
  /// no centroids.
  public let predictions: Predictions?
  public let report: BatchReport
}

/// The batches of a sequence, each learnt by a stream when it is asked for. An error, or a task
/// that is cancelled, ends the sequence; the stream is then as after the last batch that came out.
public struct TrainedBatches<Batches: AsyncSequence, Scalar: ClusteringScalar>: AsyncSequence
where Batches.Element: PointBatch<Scalar> {
  public typealias Element = TrainedBatch<Batches.Element>
  public typealias Failure = any Error

  let batches: Batches
  let stream: SharedStream<Scalar>
  let parts: Predictions.Parts?

  public func makeAsyncIterator() -> Iterator {
    Iterator(batches: batches.makeAsyncIterator(), stream: stream, parts: parts)
  }

  public struct Iterator: AsyncIteratorProtocol {
    var batches: Batches.AsyncIterator
    let stream: SharedStream<Scalar>
    let parts: Predictions.Parts?

    public mutating func next(
      isolation actor: isolated (any Actor)?
    ) async throws(any Error) -> Element? {
      let batch = try await batches.next(isolation: actor)
      // Sequences may just end where their task is cancelled: that is not their end.
      try Task.checkCancellation()
      guard let batch else { return nil }
      guard let parts else {
        let report = try await stream.update(batch)
        return TrainedBatch(batch: batch, predictions: nil, report: report)
      }
      let (predictions, report) = try await stream.predictThenUpdate(batch, predicting: parts)
      return TrainedBatch(batch: batch, predictions: predictions, report: report)
    }
  }
}
