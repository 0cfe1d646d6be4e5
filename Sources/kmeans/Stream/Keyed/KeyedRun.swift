import Batching
import Clustering
import Foundation
import KMeansFiles
import VectorIO

/// A stream with a model for each key, at work.
///
/// `@unchecked Sendable`: a signal ends it on another thread; whoever learns or ends has its
/// ``turn``.
final class KeyedRun<Scalar: ClusteringScalar>: @unchecked Sendable {
  private let input: any BatchSource<Scalar>
  private let info: VectorFileInfo
  private let command: StreamCommand
  private let outputs: StreamOutputs
  private let pool: KeyedStreams<Scalar>
  private let trace: AppendingFile?
  private let predictions: KeyedPredictionLog?
  private let turn = StreamTurn()
  private var totals = KeyedTotals()
  private var problems = StorageProblems()
  private var path: String
  private var isFinished = false

  init(
    _ input: any BatchSource<Scalar>, _ info: VectorFileInfo, _ command: StreamCommand,
    _ parameters: StreamingParameters, _ outputs: StreamOutputs
  ) throws {
    self.input = input
    self.info = info
    self.command = command
    self.outputs = outputs
    pool = try KeyedStreams(
      parameters, capacity: command.keyed.maxModels, folder: command.keyed.modelsDir)
    trace = outputs.trace.map { AppendingFile($0.path) }
    predictions = outputs.predictions.map { KeyedPredictionLog($0.path) }
    path = info.path
  }

  /// Learns all batches and writes the models, whatever goes wrong.
  func run() throws {
    command.common.note(info)
    if let line = try trace?.nextBatchLine(as: "a trace of many models", with: "models") {
      command.common.note("\(outputs.trace!.path): goes on at line \(line)")
    }
    if let line = try predictions?.examine() {
      command.common.note("\(outputs.predictions!.path): goes on at line \(line)")
    }
    Interruption.onFirstSignal { [self] name in try turn.end { try stop(name) } }
    Interruption.onRequest { [self] in turn.ask { saveNow() } }
    do {
      try learnAll()
    } catch {
      if !isFinished, pool.batchCount > 0 {
        do { try pool.save() } catch { say(error) }
      }
      throw error
    }
  }

  private func learnAll() throws {
    let clock = ContinuousClock()
    var start = clock.now
    while let batch = try next() {
      totals.readSeconds += (clock.now - start).seconds
      try turn.work {
        try take(batch)
        turn.answer { saveNow() }
      }
      start = clock.now
    }
    try turn.work { try finish() }
  }

  /// The next batch. Bad input waits for whoever is ending the stream.
  private func next() throws -> RowBatch<Scalar>? {
    do {
      return try input.next()
    } catch {
      try turn.work { throw error }
      throw error
    }
  }

  private func take(_ batch: RowBatch<Scalar>) throws {
    path = batch.file.path
    let batch = try command.source.rows.leavesOut ? batch.keepingUsableKeys() : batch
    totals.add(skipped: batch.skippedRows, of: path)
    batch.skippedRows.notes(path).forEach(command.common.note)
    let (weights, times) = (batch.weights, batch.times)
    let start = ContinuousClock.now
    let report: KeyedBatchReport
    do {
      report = try pool.update(
        batch.points.view, keys: batch.keys ?? [], weights: weights?.span, times: times?.span,
        withPredictions: predictions != nil)
    } catch let error as ClusteringError {
      throw batch.locator.failure(error)
    }
    totals.add(report, seconds: (ContinuousClock.now - start).seconds)
    try predictions?.add(batch, report.predictions)
    try trace?.write(Array(KeyedLines.trace(report).utf8))
    let news = problems.take(
      report.storageProblem, after: report.number, hasStored: report.storedModels > 0, folder)
    if let news { Streams.say(news) }
    try say([KeyedLines.text(report, skipped: batch.skippedRows.count)])
    let rows = totals.points + totals.leftOut.count
    if let limit = command.source.rows.maxBadRows,
      limit.isExceeded(by: totals.leftOut.count, of: rows, isEnd: false)
    {
      throw Failure.data(
        "\(path): "
          + limit.problem(totals.leftOut.count, of: rows, last: totals.leftOut.lastFault))
    }
  }

  private var folder: String { command.keyed.modelsDir ?? "" }

  private func say(_ lines: [String]) throws {
    try command.common.summary(
      lines, stdoutIsTaken: outputs.takeStdout, besideFiles: outputs.haveFiles)
  }

  private func say(_ problem: any Error) {
    Streams.say("kmeans: \(Failure(problem, of: Tool.self).line)")
  }

  /// Begins with the rows that wait, writes the models and says what came out.
  private func finish() throws {
    let begun = pool.begin()
    if let line = problems.summary(folder) { Streams.say(line) }
    // What cannot be written now is not tried a second time.
    isFinished = true
    try pool.save()
    try predictions?.finish()
    try trace?.open()
    if command.common.json {
      return try Streams.print([totals.json(pool, command.learning.seed)])
    }
    try say(totals.lines(pool, begun: Set(begun.map { ExactText($0.key) }).count))
  }

  /// Writes the models for someone who asks by a signal.
  private func saveNow() {
    guard let folder = command.keyed.modelsDir else {
      return command.common.note("SIGUSR1: nothing to write, expected --models-dir")
    }
    do {
      try pool.save()
      command.common.note(
        "SIGUSR1 after \(counted(pool.batchCount, "batch", plural: "batches")), written: \(folder)")
    } catch {
      say(error)
    }
  }

  /// Ends the stream between two batches.
  ///
  /// - Returns: what is said of it.
  private func stop(_ signal: String) throws -> String {
    let stopped = "the stream was stopped by \(signal) after batch \(pool.batchCount)"
    if !isFinished { try finish() }
    return command.keyed.modelsDir == nil
      ? stopped : "\(stopped); what was learnt is written"
  }
}
