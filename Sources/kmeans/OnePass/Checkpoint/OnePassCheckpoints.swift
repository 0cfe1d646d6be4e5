import Batching
import Clustering
import KMeansFiles
import VectorIO

/// What a pass has to remember beside its sketches.
struct OnePassState: CheckpointState {
  /// A file of several that was read to its end.
  struct FileState: Codable {
    @CheckedCount var file: Int
    /// The number of rows that were handed to its sketch.
    @CheckedCount var rows: Int
    let leftOut: LeftOut
    @CheckedCount var filled: Int?
    let notes: [String]
  }

  static let archiveKind = "checkpoint of a pass"
  static let newestForm = 1

  var settings = RunSettings()
  var form = PointForm()
  var inputs = SavedInputs()
  /// The parameters, without what only changes the speed.
  var parameters: SketchParameters
  /// How far the only file was read, and how many rows were handed to the sketch.
  var position = BlockPosition()
  @CheckedCount var rows = 0
  var files: [FileState] = []
}

extension OnePassState {
  /// Refuses what no pass leaves behind.
  ///
  /// - Parameter count: how many inputs there are.
  fileprivate func check(files count: Int, _ path: String) throws {
    if let other = files.first(where: { $0.file >= count }) {
      throw damaged("files has the number \(other.file), expected one below \(count)", path)
    }
    guard files.isEmpty, position.rows != rows + position.leftOut.count else { return }
    throw damaged(
      "position.rows is \(position.rows), expected \(rows) and the \(position.leftOut.count) that were "
        + "left out", path)
  }

  fileprivate func damaged(_ what: String, _ path: String) -> Failure {
    .data("\(path): the checkpoint is damaged: its section 'run': \(what)")
  }
}

/// The checkpoints of a pass: where and how often they are written, and the one that it goes on
/// from.
///
/// `@unchecked Sendable`: whoever writes has the ``turn``.
final class OnePassCheckpoints: @unchecked Sendable {
  private let file: CheckpointFile
  private let every: Int
  /// What the pass goes on from; `nil` where it begins.
  let saved: (state: OnePassState, archive: Archive)?
  /// The state without what is of the points.
  private var state: OnePassState
  private let files: [String]
  private var rowsSince = 0
  /// Taken for every block or file, so that a signal finds whole ones.
  let turn = StreamTurn()

  /// - Returns: `nil` where none are asked for.
  /// - Throws: ``Failure`` where the checkpoint cannot be read, is of another pass, or would be
  ///   lost.
  init?(_ command: OnePassCommand, _ output: Output?, _ parameters: OnePassKMeans) throws {
    guard let output else { return nil }
    if let pipe = command.source.pipe {
      let input = pipe == "-" ? "the standard input" : pipe
      throw Failure.usage(
        "--checkpoint: \(input) is no file, and what a pipe has given cannot be read again: expected "
          + "a file as input")
    }
    file = try CheckpointFile(output, kind: OnePassState.archiveKind)
    every = command.keeping.every
    files = try InputFiles(command.source.paths).paths
    var plain = parameters.sketch
    plain.execution = Execution(threads: 1)
    state = OnePassState(settings: command.settings(parameters), parameters: plain)
    saved = try file.begin(
      like: state.settings, resuming: command.keeping.resume, command.common.note)
    guard let found = saved?.state else { return }
    try found.inputs.check(files, file.path, areAll: true, note: command.common.note)
    try found.check(files: files.count, file.path)
    guard found.parameters == state.parameters else {
      throw Failure.usage(
        "--distance: the checkpoint \(file.path) is of a pass with other numbers of its distance or "
          + "its sketch: expected the same, or another --checkpoint")
    }
  }

  /// Looks whether the points are those of the checkpoint, and says that it goes on.
  func begin<Scalar: ClusteringScalar>(
    _ info: VectorFileInfo, of type: Scalar.Type, _ note: (String) -> Void
  ) throws {
    state.form = PointForm(info.namedColumns, of: Scalar.self)
    state.inputs.move(to: BatchMark(files: files.count), of: files)
    guard let saved else { return }
    try state.form.check(like: saved.state.form, info.path, file.path)
    let place =
      files.count > 1
      ? counted(saved.state.files.count, "file") : counted(saved.state.position.rows, "row")
    note("\(file.path): goes on behind \(place)")
  }

  /// The sketch of an archive.
  func sketch<Scalar: ClusteringScalar>(
    _ name: String, _ execution: Execution
  ) throws -> StreamingSketch<Scalar>? {
    guard let archive = saved?.archive, archive.hasPart(name) else { return nil }
    let kind = StreamingSketch<Scalar>.archiveKind
    return try StreamingSketch(archive.part(name, kind: kind), execution: execution)
  }

  /// Refuses a state that does not go with its sketch, or with the input.
  func check(_ state: OnePassState, points: Int, columns: Int) throws {
    guard state.rows >= points else {
      throw state.damaged(
        "rows is \(state.rows), expected at least the \(counted(points, "point")) of the sketch",
        file.path)
    }
    guard let found = state.position.missing?.columns, found != columns else { return }
    throw state.damaged(
      "position.missing has \(counted(found, "column")), expected \(columns)", file.path)
  }

  /// The same of one of several files.
  func check(_ state: OnePassState.FileState, points: Int) throws {
    guard let saved, state.rows < points else { return }
    throw saved.state.damaged(
      "files has \(counted(state.rows, "row")) of file \(state.file), expected at least the "
        + "\(counted(points, "point")) of its sketch", file.path)
  }

  /// Counts rows.
  ///
  /// - Returns: whether it is time for a checkpoint.
  func isDue(after rows: Int) -> Bool {
    rowsSince += rows
    return rowsSince >= every
  }

  /// Writes a checkpoint.
  ///
  /// - Parameters:
  ///   - change: sets what is of the points.
  ///   - sketches: the sketches by their names.
  func keep<Scalar: ClusteringScalar>(
    after place: String, _ sketches: [(name: String, sketch: StreamingSketch<Scalar>)],
    _ change: (inout OnePassState) -> Void
  ) {
    rowsSince = 0
    var state = state
    change(&state)
    file.keep(after: place) {
      var archive = try state.archive()
      for part in sketches { archive.setPart(part.name, part.sketch.archive) }
      return archive
    }
  }

  /// Ends the checkpoints.
  ///
  /// - Throws: why the last one could not be written.
  func finish() throws { try file.finish() }
}

extension OnePassCommand {
  /// The options that a pass that goes on must have as before: those of the sketch. How it is
  /// clustered may be changed.
  func settings(_ parameters: OnePassKMeans) -> RunSettings {
    let sketch = parameters.sketch
    var settings = RunSettings()
    settings.set("-k", sketch.clusterCount)
    settings.set("--seed", sketch.seed)
    settings.set("--distance", sketch.distance.kind.rawValue)
    settings.set("--power", sketching.power)
    settings.set("--standardize", flag: sketch.standardizes)
    settings.set("-km", sketch.numClusters)
    settings.set("-e", sketching.cutoff)
    settings.set("--point-weights", source.pointWeights)
    settings.set(source.rows)
    return settings
  }
}
