import Clustering
import KMeansFiles
import VectorIO

/// What a stream has to remember beside its clusters, to go on bit for bit: what it has taken and
/// told, and how long its outputs were.
struct StreamState: CheckpointState {
  static let archiveKind = "checkpoint of a stream"
  static let newestForm = 1

  var settings = RunSettings()
  var form = PointForm()
  /// The columns of the first file, by which later ones are read; `nil` before there is one.
  var columns: InputColumns?
  /// Whether there were centroids.
  var hasStarted = false
  var inputs = SavedInputs()
  var totals = StreamTotals()
  var notes = StreamNotes()
  var timeGuard: TimeGuard.Memory?
  var missing: MissingValues?
  /// How many values were filled in that were told.
  @CheckedCount var filledBefore = 0
  /// Rows that were left out and are in no line of a batch yet.
  @CheckedCount var unreported: [SkippedRows.Reason: Int] = [:]
  var waitingTrace: WaitingTrace?
  var haveHeader = false
  /// How long the outputs were that grow, by their options.
  @CheckedCount var lengths: [String: Int] = [:]
  /// What they began and ended with then; `nil` in checkpoints of earlier versions.
  var ends: [String: FileEnds]?
}

extension StreamState {
  /// Refuses what no stream leaves behind.
  func check(_ path: String) throws {
    let count = form.columnCount
    for (name, columns) in [("columns", columns?.count), ("missing", missing?.columns)]
    where columns ?? count != count {
      throw Failure.data(
        "\(path): the checkpoint is damaged: its section 'run': \(name) has "
          + "\(counted(columns!, "column")), expected \(count)")
    }
  }

  /// The whole state as an archive.
  func archive<Scalar: ClusteringScalar>(_ stream: StreamingKMeans<Scalar>) throws -> Archive {
    var archive = try archive()
    archive.setPart("stream", stream.archive)
    return archive
  }

  /// The stream in an archive.
  static func stream<Scalar: ClusteringScalar>(
    _ archive: Archive, _ execution: Execution
  ) throws -> StreamingKMeans<Scalar> {
    let kind = StreamingKMeans<Scalar>.archiveKind
    return try StreamingKMeans(archive.part("stream", kind: kind), execution: execution)
  }
}
