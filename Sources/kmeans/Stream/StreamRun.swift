import Clustering
import Foundation
import VectorIO

/// A stream at work: batches are read, learnt, and what happened is written and said.
///
/// `@unchecked Sendable`: a signal ends the stream on another thread; whoever learns or ends has its
/// ``turn``.
final class StreamRun<Scalar: ClusteringScalar>: @unchecked Sendable {
  private let input: StreamInput<Scalar>
  private let setup: StreamSetup
  private let outputs: StreamOutputs
  private let trace: TraceLog?
  private let predictions: PredictionLog?
  private let turn = StreamTurn()
  private let budget = MemoryBudget()
  private var stream: StreamingKMeans<Scalar>
  private var totals = StreamTotals()
  /// The file of the last batch.
  private var path: String
  private var isFinished = false

  init(_ input: StreamInput<Scalar>, _ setup: StreamSetup, _ outputs: StreamOutputs) throws {
    self.input = input
    self.setup = setup
    self.outputs = outputs
    path = input.info.path
    stream = try setup.start.stream(setup.parameters, columns: input.columns, of: path)
    trace = outputs.trace.map { TraceLog($0.path, every: outputs.traceEvery) }
    predictions = outputs.predictions.map { PredictionLog($0, hasKeys: setup.hasKeys) }
  }

  /// Learns all batches, writes the outputs and says what came out.
  func run() throws {
    if let summary = input.info.columnSummary {
      setup.common.note("\(input.info.path): \(summary)")
    }
    Interruption.onFirstSignal { [self] name in try turn.end { try stop(name) } }
    let clock = ContinuousClock()
    var start = clock.now
    while let batch = try next() {
      let readSeconds = (clock.now - start).seconds
      try turn.work { try learn(batch, readSeconds: readSeconds) }
      start = clock.now
    }
    try turn.work {
      try predictions?.add(skipped: input.skippedAtEnd)
      totals.skippedRows += input.skippedAtEnd
      if !stream.hasStarted { try begin() }
      try finish()
    }
  }

  /// The next batch. Bad input waits for whoever is ending the stream: files may be half-written then.
  private func next() throws -> StreamBatch<Scalar>? {
    do {
      return try input.next()
    } catch {
      try turn.work { throw error }
      throw error
    }
  }

  private func learn(_ batch: StreamBatch<Scalar>, readSeconds: Double) throws {
    path = batch.path
    let (weights, times) = (batch.weights, batch.times)
    var blame = batch.blame
    blame.centroids = setup.start.path
    if !stream.hasStarted {
      // A copy of them while they grow, and of those that centroids are found among.
      let rows = stream.waitingPointCount + batch.rows
      try budget.check(
        Double(rows) * Double(32 * input.columns + 64),
        "\(path): \(rows) rows that wait to begin with (--first-rows)")
    }
    let wantsLabels = predictions?.takesLabelsAlone ?? false
    let wantsScores = predictions != nil && !wantsLabels
    let clock = ContinuousClock()
    let start = clock.now
    let (scores, report): (Predictions?, BatchReport) =
      try blame.onError { () throws(ClusteringError) in
        guard wantsScores else {
          return (
            nil,
            try stream.update(
              batch.view, weights: weights?.span, times: times?.span, withLabels: wantsLabels)
          )
        }
        return try stream.predictThenUpdate(
          batch.view, weights: weights?.span, times: times?.span, withLabels: false)
      }
    totals.add(
      report, skipped: batch.skipped.count, seconds: (clock.now - start).seconds,
      readSeconds: readSeconds)
    try predictions?.add(batch, scores, labels: report.labels)
    try trace?.add(report, stream)
    if let note = batch.note { setup.common.note(note) }
    try say(report, skipped: batch.skipped.count)
  }

  /// Begins with the rows that wait: there will be no others.
  private func begin() throws {
    let blame = Blame(points: path, columns: Array(0..<input.columns))
    let start = ContinuousClock.now
    guard let report = try blame.onError({ () throws(ClusteringError) in try stream.begin() })
    else { return }
    totals.add(
      report, skipped: 0, seconds: (ContinuousClock.now - start).seconds, readSeconds: 0)
    try trace?.add(report, stream)
    try say(report, skipped: 0)
  }

  private func say(_ report: BatchReport, skipped: Int) throws {
    let line = BatchLine(report, skipped: skipped, firstRows: setup.parameters.firstRows).text
    try setup.common.summary(
      [line], stdoutIsTaken: outputs.takeStdout, besideFiles: outputs.haveFiles)
  }

  /// Writes what was learnt and says so.
  private func finish() throws {
    try outputs.write(stream)
    try predictions?.finish()
    try trace?.finish(stream)
    isFinished = true
    let report = StreamReport(stream, totals, setup, columns: input.columns)
    if setup.common.json { return try report.printJSON() }
    try setup.common.summary(
      StreamSummary(report, stream).lines, stdoutIsTaken: outputs.takeStdout,
      besideFiles: outputs.haveFiles)
  }

  /// Ends the stream between two batches.
  ///
  /// - Returns: what is said of it.
  private func stop(_ signal: String) throws -> String {
    let stopped = "stopped by \(signal) after batch \(stream.batchCount)"
    if isFinished { return "\(stopped), the last; what was learnt is written" }
    if !stream.hasStarted {
      guard stream.waitingPointCount >= setup.parameters.clusterCount else {
        return "\(stopped), before there were centroids; no file is left half-written"
      }
      try begin()
    }
    try finish()
    return "\(stopped); what was learnt is written"
  }
}
