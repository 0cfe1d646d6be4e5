import Batching
import Clustering
import KMeansFiles
import VectorIO

// Checkpoints of a stream: written between two batches, and gone on from.
extension StreamRun {
  /// Writes a checkpoint where it is time for one. To be called by whoever has the turn.
  ///
  /// - Parameter isEnd: whether it is the last chance. What follows it, the beginning with fewer
  ///   rows than were waited for among it, is done again by a stream that goes on.
  func keepState(isEnd: Bool) {
    guard let checkpoints, isWhole else { return }
    if isEnd {
      isWhole = false
    } else {
      // Not at the end: a signal may have interrupted the source at work on the next batch.
      mark = (input as? any MarkedBatchSource<Scalar>)?.mark
    }
    // Without a place to go on from, the checkpoint before is the last.
    guard let mark, isEnd || checkpoints.isDue(after: batchCount),
      !checkpoints.isWritten(after: batchCount, mark)
    else { return }
    checkpoints.write(after: batchCount, mark, state)
  }

  /// The whole state, and the outputs that grow, which are to be on the disk before it is.
  private func state() throws -> (archive: Archive, outputs: [OutputSync]) {
    var state = StreamState()
    var outputs: [OutputSync] = []
    for log in logs {
      let (length, sync) = try log.file.lengthToKeep()
      state.lengths[log.option] = length
      state.ends = state.ends ?? [:]
      state.ends?[log.option] = length.flatMap { log.file.ends(length: $0) }
      if let sync { outputs.append(sync) }
    }
    if let mark { inputs.move(to: mark, of: command.source.inputs) }
    state.inputs = inputs
    state.settings = checkpoints!.settings
    state.form = form
    state.columns = inputColumns
    state.hasStarted = stream.hasStarted
    state.totals = totals
    state.notes = notes
    state.timeGuard = timeGuard?.memory
    state.missing = missing
    state.filledBefore = filledBefore
    state.unreported = unreported
    state.waitingTrace = trace?.waiting
    state.haveHeader = predictions?.hasHeader ?? false
    return (try state.archive(stream), outputs)
  }

  private var logs: [(option: String, file: AppendingFile)] {
    [("--trace", trace?.file), ("--metrics", metrics?.file), ("--predictions", predictions?.file)]
      .compactMap { option, file in file.map { (option, $0) } }
  }

  private var form: PointForm {
    let columns =
      input.columnSource?.namedColumns ?? (0..<input.columns).map { "\($0 + 1)" }
    return PointForm(columns, of: Scalar.self)
  }

  /// Goes on from a checkpoint, if there is one.
  ///
  /// - Returns: whether there is.
  /// - Throws: ``Failure`` where it does not go with the points, or outputs were changed; no file
  ///   is changed then.
  func restore() throws -> Bool {
    guard let checkpoints, let (state, archive) = checkpoints.saved else { return false }
    let path = checkpoints.file.path
    try form.check(like: state.form, self.path, path)
    try restoreStream(archive, path)
    (totals, notes, inputs) = (state.totals, state.notes, state.inputs)
    if let memory = state.timeGuard { timeGuard?.memory = memory }
    (missing, filledBefore) = (state.missing, state.filledBefore)
    unreported = state.unreported
    if let waiting = state.waitingTrace { trace?.waiting = waiting }
    predictions?.hasHeader = state.haveHeader
    let kept = try logs.filter {
      try $0.file.check(
        length: state.lengths[$0.option], state.ends?[$0.option], $0.option, path)
    }
    for log in kept { try log.file.cut(to: state.lengths[log.option]) }
    noteMoved(logs.filter { log in !kept.contains { $0.option == log.option } })
    checkpoints.note(batch: batchCount, mark)
    sayRestored(state, path)
    return true
  }

  /// Says which outputs begin anew.
  private func noteMoved(_ moved: [(option: String, file: AppendingFile)]) {
    for log in moved {
      command.common.note(
        "\(log.file.path): what was there is moved away: a new file takes its place")
      if log.option == "--predictions" { predictions?.hasHeader = false }
    }
  }

  private func restoreStream(_ archive: Archive, _ path: String) throws {
    let fresh = stream
    stream = try StreamState.stream(archive, parameters.execution)
    var (old, new) = (stream.parameters, fresh.parameters)
    (old.leavesOutZeroRows, new.leavesOutZeroRows) = (nil, nil)
    guard old == new else {
      throw Failure.usage(
        "--distance: the checkpoint \(path) is of a stream with other numbers of its distance or "
          + "its start: expected the same files, or another --checkpoint")
    }
    if command.clusters.noUpdate, stream.archive != fresh.archive {
      throw Failure.usage(
        "--init \(start.path ?? ""): it is not what it was when the checkpoint \(path) was written: "
          + "expected the same model, or another --checkpoint")
    }
  }

  private func sayRestored(_ state: StreamState, _ path: String) {
    let note: (String) -> Void = { [command] in command.common.note($0) }
    note("\(path): goes on behind \(counted(batchCount, "batch", plural: "batches"))")
    if state.inputs.isAtPipe {
      note(
        "\(self.path): a pipe cannot be read again: all rows that come are taken for those behind "
          + "the checkpoint")
    }
    for log in logs where log.file.path == "-" {
      note("\(log.option) -: what was printed behind the checkpoint is printed again")
    }
  }
}
