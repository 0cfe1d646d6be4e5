import Batching
import Clustering
import VectorIO

// What is written and said of a batch, and of rows that were left out.
extension StreamRun {
  /// Counts the rows of a batch that were left out, and tells them, now or later.
  func note(leftOut batch: RowBatch<Scalar>) {
    totals.add(skipped: batch.skippedRows, of: path)
    if command.isCutByArrival {
      predicted.add(skipped: batch.skippedRows)
    } else {
      batch.skippedRows.notes(path).forEach(command.common.note)
    }
  }

  /// Takes rows that were all left out.
  func answer(_ batch: RowBatch<Scalar>) throws {
    note(leftOut: batch)
    unreported.merge(batch.skippedRows.counts, uniquingKeysWith: +)
    try predictions?.add(batch, nil, labels: nil)
    try sayPredicted(isAwaited: false)
    try checkLeftOut(isEnd: false)
  }

  /// Writes what is to be followed of a batch: all that can be, even where something cannot.
  func write(
    _ batch: RowBatch<Scalar>, _ scores: Predictions?, labels: [Int32]?, _ facts: BatchFacts,
    skipped: [SkippedRows.Reason: Int], seconds: Double, readSeconds: Double
  ) throws {
    var files = WrittenFiles()
    files.attempt { try ownPredictions?.add(batch, scores, labels: labels) }
    files.attempt { try trace?.add(facts, stream) }
    files.attempt {
      try metrics?.add(
        MetricsLine(
          facts, skipped: skipped, scores, clusterWeights: stream.clusterWeights,
          seconds: seconds, readSeconds: readSeconds))
    }
    tell(facts, scores, skipped: skipped, seconds: seconds, readSeconds: readSeconds)
    if let problem = files.problems.first { throw problem }
  }

  /// - Parameter skipped: how many rows were left out.
  func say(_ report: BatchReport, skipped: Int) throws {
    try say(BatchLine(report, skipped: skipped, firstRows: parameters.firstRows))
  }

  private func say(_ line: BatchLine) throws { try say(line.text) }

  func say(_ line: String) throws {
    if let plot = outputs.watch?.plot { return plot.set(title: line) }
    try command.common.summary(
      [line], stdoutIsTaken: outputs.takeStdout, besideFiles: outputs.haveFiles)
  }

  /// Tells of batches that were only predicted.
  ///
  /// - Parameter isAwaited: whether they are not to wait for others.
  func sayPredicted(isAwaited: Bool) throws {
    guard let (notes, line) = predicted.take(path, isAwaited: isAwaited) else { return }
    notes.forEach(command.common.note)
    if command.source.isStandardInput { noteFilled() }
    if let line { try say(line) }
  }

  /// The rows that were left out and are to be told with a batch, by reason.
  ///
  /// - Parameter zeroRows: how many the stream has left out itself.
  func takeSkipped(
    _ batch: RowBatch<Scalar>, zeroRows: Int
  ) -> [SkippedRows.Reason: Int] {
    defer { unreported = [:] }
    var skipped = batch.skippedRows.counts.merging(unreported, uniquingKeysWith: +)
    if zeroRows > 0 { skipped[.zero, default: 0] += zeroRows }
    return skipped
  }
}
