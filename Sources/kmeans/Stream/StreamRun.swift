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
  let start: StreamStart
  /// What is known of the first input.
  private let info: VectorFileInfo
  let outputs: StreamOutputs
  let trace: TraceLog?
  let metrics: MetricsLog?
  let predictions: PredictionLog?
  let alarm: AlarmCommand?
  let turn = StreamTurn()
  var timeGuard: TimeGuard?
  let budget = MemoryBudget()
  var stream: StreamingKMeans<Scalar>
  var totals = StreamTotals()
  var notes = StreamNotes()
  /// What is filled in, where that is asked for: by means of the first batch where none are known.
  var missing: MissingValues?
  /// The file whose values are filled in, and how many were in the files before it.
  var filledFile: VectorFileInfo?
  var filledBefore = 0
  /// Batches that were predicted and are not told yet.
  var predicted = PredictedBatches()
  /// Rows that were left out and are in no line of a batch yet: no good one came with them.
  var unreported: [SkippedRows.Reason: Int] = [:]
  /// The folders that batches come from, where they do, and the files of them that are left out.
  var folders: FolderBatches<Scalar>?
  var badFiles: BadFiles?
  /// The file of the last batch.
  var path: String
  var isFinished = false
  let checkpoints: StreamCheckpoints?
  /// Whether the state is that between two batches.
  var isWhole = true
  /// The place in the input behind the last batch.
  var mark: BatchMark?
  var inputs = SavedInputs()

  /// - Parameters:
  ///   - info: what is known of the first input.
  ///   - command: a command line that has been checked, and what it stands for.
  init(
    _ input: any BatchSource<Scalar>, _ info: VectorFileInfo, _ command: StreamCommand,
    _ parameters: StreamingParameters, _ start: StreamStart, _ outputs: StreamOutputs,
    _ timeGuard: TimeGuard?, _ checkpoints: StreamCheckpoints? = nil
  ) throws {
    self.input = input
    self.info = info
    self.command = command
    self.parameters = parameters
    self.start = start
    self.outputs = outputs
    self.checkpoints = checkpoints
    mark = (input as? any MarkedBatchSource<Scalar>)?.mark
    path = info.path
    missing = info.missing.map { MissingValues(columns: input.columns, means: $0.means) }
    stream = try start.stream(parameters, columns: input.columns, of: path)
    // A stream that goes on from a model has ids of its own; what only predicts has the model's.
    let ids = command.clusters.noUpdate ? start.ids : nil
    trace = outputs.trace.map { TraceLog($0.path, every: outputs.traceEvery, ids: ids) }
    metrics = outputs.metrics.map { MetricsLog($0.path) }
    predictions = outputs.predictions.map {
      PredictionLog(
        $0, hasKeys: command.source.keyColumn != nil, ids: ids,
        hasFiles: command.source.folders.areGiven)
    }
    alarm = command.drift.alarmCommand.map { AlarmCommand($0) }
    self.timeGuard = timeGuard
    self.timeGuard?.begin(at: stream.time)
  }

  /// How many batches were learnt, or predicted.
  var batchCount: Int { stream.batchCount + totals.predictedBatches }

  /// Learns all batches, writes the outputs and says what came out. Whatever goes wrong, what the
  /// batches before have taught is written.
  func run() throws {
    try prepare()
    Interruption.onFirstSignal { [self] name in try turn.end { try stop(name) } }
    Interruption.onRequest { [self] in turn.ask { writeNow() } }
    beginWatch()
    do {
      try learnAll()
      alarm?.finish()
      outputs.watch?.stay(command.common.note)
    } catch {
      try fail(error)
    }
  }

  /// Looks at what is there already and says what goes on from it.
  private func prepare() throws {
    command.common.note(info)
    if try restore() { return }
    start.notes(parameters, learns: !command.clusters.noUpdate).forEach(command.common.note)
    let logs = [
      (outputs.trace, try trace?.examine()), (outputs.metrics, try metrics?.examine()),
      (outputs.predictions, try predictions?.examine()),
    ]
    for (output, line) in logs {
      if let output, let line { command.common.note("\(output.path): goes on at line \(line)") }
    }
    // Whatever is written from here on can be cut back.
    keepState(isEnd: false)
  }

  private func learnAll() throws {
    try takeAll(keepsState: true)
    try turn.work {
      keepState(isEnd: true)
      try checkLeftOut(isEnd: true)
      if !stream.hasStarted { try begin() }
    }
    if letsPredict() { try takeAll(keepsState: false) }
    try turn.work { try finish() }
  }

  /// - Parameter keepsState: whether checkpoints are written: not behind a beginning with fewer
  ///   rows than were waited for, which a stream that goes on does again.
  private func takeAll(keepsState: Bool) throws {
    letsPredict()
    let clock = ContinuousClock()
    var start = clock.now
    while var batch = try next() {
      let readSeconds = (clock.now - start).seconds
      try turn.work {
        isWhole = false
        try fill(&batch)
        try take(batch, readSeconds: readSeconds)
        letsPredict()
        isWhole = true
        if keepsState { keepState(isEnd: false) }
        turn.answer { writeNow() }
        turn.answerLook { showClusters() }
      }
      start = clock.now
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
}
