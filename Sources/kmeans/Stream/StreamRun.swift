import Batching
import Clustering
import Foundation
import VectorIO

/// A stream at work: batches are read, learnt, and what happened is written and said.
///
/// `@unchecked Sendable`: a signal ends the stream on another thread; whoever learns or ends has
/// its ``turn``.
final class StreamRun<Scalar: ClusteringScalar>: @unchecked Sendable {
  let input: any BatchSource<Scalar>
  let command: StreamCommand
  let parameters: StreamingParameters
  private let start: StreamStart
  /// What is known of the first input.
  private let info: VectorFileInfo
  let outputs: StreamOutputs
  let trace: TraceLog?
  let predictions: PredictionLog?
  private let turn = StreamTurn()
  private let budget = MemoryBudget()
  var stream: StreamingKMeans<Scalar>
  var totals = StreamTotals()
  var notes = StreamNotes()
  /// What is filled in, where that is asked for: by means of the first batch where none are known.
  private(set) var missing: MissingValues?
  /// The file of the last batch.
  var path: String
  var isFinished = false

  /// - Parameters:
  ///   - info: what is known of the first input.
  ///   - command: a command line that has been checked, and what it stands for.
  init(
    _ input: any BatchSource<Scalar>, _ info: VectorFileInfo, _ command: StreamCommand,
    _ parameters: StreamingParameters, _ start: StreamStart, _ outputs: StreamOutputs
  ) throws {
    self.input = input
    self.info = info
    self.command = command
    self.parameters = parameters
    self.start = start
    self.outputs = outputs
    path = info.path
    missing = info.missing.map { MissingValues(columns: input.columns, means: $0.means) }
    stream = try start.stream(parameters, columns: input.columns, of: path)
    trace = outputs.trace.map { TraceLog($0.path, every: outputs.traceEvery) }
    predictions = outputs.predictions.map {
      PredictionLog($0, hasKeys: command.source.keyColumn != nil)
    }
  }

  /// Learns all batches, writes the outputs and says what came out. Whatever goes wrong, what the
  /// batches before have taught is written.
  func run() throws {
    try prepare()
    Interruption.onFirstSignal { [self] name in try turn.end { try stop(name) } }
    do {
      try learnAll()
    } catch {
      try fail(error)
    }
  }

  /// Looks at what is there already and says what goes on from it.
  private func prepare() throws {
    command.common.note(info)
    start.notes(parameters).forEach(command.common.note)
    let logs = [
      (outputs.trace, try trace?.examine()), (outputs.predictions, try predictions?.examine()),
    ]
    for (output, line) in logs {
      if let output, let line { command.common.note("\(output.path): goes on at line \(line)") }
    }
  }

  private func learnAll() throws {
    let clock = ContinuousClock()
    var start = clock.now
    while var batch = try next() {
      let readSeconds = (clock.now - start).seconds
      try turn.work {
        if missing != nil { try batch.fill(&missing!, "--exclude") }
        try learn(batch, readSeconds: readSeconds)
      }
      start = clock.now
    }
    try turn.work {
      try predictions?.add(skipped: input.skippedAtEnd)
      totals.skippedRows += input.skippedAtEnd
      if !stream.hasStarted { try begin() }
      try finish()
    }
  }

  /// The next batch. Bad input waits for whoever is ending the stream: files may be half-written
  /// then.
  private func next() throws -> RowBatch<Scalar>? {
    do {
      return try input.next()
    } catch {
      try turn.work { throw error }
      throw error
    }
  }

  private func learn(_ batch: RowBatch<Scalar>, readSeconds: Double) throws {
    path = batch.file.path
    let (weights, times) = (batch.weights, batch.times)
    var locator = batch.locator
    locator.centroids = self.start.path
    if !stream.hasStarted {
      // A copy of them while they grow, and of those that centroids are found among.
      let rows = stream.keptPointCount + batch.points.rows
      try budget.check(
        Double(rows) * Double(32 * input.columns + 64),
        "\(path): \(rows) rows that wait to begin with (--first-rows)")
    }
    let wantsLabels = predictions?.takesLabelsAlone ?? false
    let wantsScores = predictions != nil && !wantsLabels
    let clock = ContinuousClock()
    let start = clock.now
    let (scores, report): (Predictions?, BatchReport) =
      try locator.onError { () throws(ClusteringError) in
        guard wantsScores else {
          return (
            nil,
            try stream.update(
              batch.points.view, weights: weights?.span, times: times?.span, withLabels: wantsLabels
            )
          )
        }
        return try stream.predictThenUpdate(
          batch.points.view, weights: weights?.span, times: times?.span, withLabels: false)
      }
    totals.add(
      report, skipped: batch.skippedRows.count, seconds: (clock.now - start).seconds,
      readSeconds: readSeconds)
    try write(batch, scores, report)
    batch.skippedRows.notes(path).forEach(command.common.note)
    if let note = ZeroRows.note(path, report.leftOutRows.map(batch.locator.fileRow)) {
      command.common.note(note)
    }
    notes.take(report, firstTime: times?.first, path, parameters)
      .forEach(command.common.note)
    try say(report, skipped: batch.skippedRows.count)
  }

  /// Writes what is to be followed of a batch that has been learnt: the trace even where the
  /// predictions cannot be written.
  private func write(
    _ batch: RowBatch<Scalar>, _ scores: Predictions?, _ report: BatchReport
  ) throws {
    do {
      try predictions?.add(batch, scores, labels: report.labels)
    } catch {
      try? trace?.add(report, stream)
      throw error
    }
    try trace?.add(report, stream)
  }

  /// - Parameter skipped: how many rows were left out before the stream saw them.
  func say(_ report: BatchReport, skipped: Int) throws {
    let skipped = skipped + report.leftOutCount
    let line = BatchLine(report, skipped: skipped, firstRows: parameters.firstRows).text
    try command.common.summary(
      [line], stdoutIsTaken: outputs.takeStdout, besideFiles: outputs.haveFiles)
  }
}
