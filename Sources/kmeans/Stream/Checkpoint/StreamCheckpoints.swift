import Batching
import Clustering
import KMeansFiles

/// The checkpoints of a stream: where and how often they are written, and the one that it goes on
/// from.
final class StreamCheckpoints {
  let file: CheckpointFile
  let settings: RunSettings
  private let every: Int
  /// What the stream goes on from; `nil` where it begins anew.
  let saved: (state: StreamState, archive: Archive)?
  /// The batch after which one was tried last: a full disk is not asked again after every batch.
  private var tried: Int?
  /// The place in the input of the last checkpoint.
  private var lastMark: BatchMark?

  /// - Returns: `nil` where none are asked for.
  /// - Throws: ``Failure`` where the checkpoint cannot be read, is of another stream, or would be
  ///   lost.
  init?(_ command: StreamCommand, _ outputs: StreamOutputs, _ parameters: StreamingParameters)
    throws
  {
    guard let output = outputs.checkpoint else { return nil }
    if let predictions = outputs.predictions, predictions.form == .npy {
      throw Failure.usage(
        "--predictions \(predictions.path): labels as .npy are written at the end, and no "
          + "checkpoint holds those before it: expected a name that ends in .csv")
    }
    file = try CheckpointFile(output, kind: StreamState.archiveKind)
    every = command.keeping.every
    settings = command.settings(parameters)
    saved = try file.begin(
      like: settings, resuming: command.keeping.resume, command.common.note)
    try saved?.state.check(file.path)
    try saved?.state.inputs.check(
      command.source.inputs, file.path, note: command.common.note)
  }

  /// The columns that points must have to go with those of the checkpoint.
  ///
  /// - Parameter expected: the same without a checkpoint, if anything says so.
  func expectedColumns(
    areListed: Bool, behind expected: ExpectedColumns?
  ) -> ExpectedColumns? {
    guard let columns = saved?.state.columns else { return expected }
    return ExpectedColumns(
      columns: columns, count: columns.count, source: file.path, areListed: areListed,
      needsMeans: expected?.needsMeans ?? false, mayKnowNames: true,
      setApart: expected?.setApart ?? [])
  }

  /// Where the input goes on.
  var mark: BatchMark? { saved?.state.inputs.mark }

  /// Whether it is time for the next one.
  func isDue(after batch: Int) -> Bool { tried.map { batch - $0 >= every } ?? true }

  /// Whether there is one of just this state.
  func isWritten(after batch: Int, _ mark: BatchMark?) -> Bool {
    mark != nil && lastMark == mark && file.isWritten(after: "batch \(batch)")
  }

  /// Notes the one that the stream goes on from.
  func note(batch: Int, _ mark: BatchMark?) {
    (tried, lastMark) = (batch, mark)
    file.note(last: "batch \(batch)")
  }

  /// Writes one while the stream goes on.
  func write(
    after batch: Int, _ mark: BatchMark?,
    _ archive: () throws -> (archive: Archive, outputs: [OutputSync])
  ) {
    (tried, lastMark) = (batch, mark)
    file.keepBehind(after: "batch \(batch)", archive)
  }

  /// Ends the checkpoints.
  ///
  /// - Throws: why the last one could not be written.
  func finish() throws { try file.finish() }
}
