import Clustering
import Foundation
import KMeansFiles
import VectorIO

/// What a stream has to remember beside its clusters, to go on bit for bit: what it has taken and
/// told, and how long its outputs were.
struct StreamState: Codable {
  /// The version of this form. A change that an older kmeans would misread makes it another.
  static let newestForm = 1

  var form = Self.newestForm
  var settings = RunSettings()
  /// The type of the points: it may be that of the file.
  var precision = ""
  /// Whether there were centroids.
  var hasStarted = false
  /// The columns of the points, by name or else by number.
  var columns: [String] = []
  var inputs = SavedInputs()
  var totals = StreamTotals()
  var notes = StreamNotes()
  var timeGuard: TimeGuard.Memory?
  var missing: MissingValues?
  /// How many values were filled in that were told.
  var filledBefore = 0
  /// Rows that were left out and are in no line of a batch yet.
  var unreported: [SkippedRows.Reason: Int] = [:]
  var waitingTrace: WaitingTrace?
  var haveHeader = false
  /// How long the outputs were that grow, by their options.
  var lengths: [String: Int] = [:]
}

extension StreamState {
  /// The kind of an archive that holds it.
  static let archiveKind = "checkpoint of a stream"

  /// The whole state as an archive.
  func archive<Scalar: ClusteringScalar>(_ stream: StreamingKMeans<Scalar>) throws -> Archive {
    var archive = Archive(kind: Self.archiveKind)
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    archive["form"] = .int(Int64(form))
    archive["run"] = .bytes(Array(try encoder.encode(self)))
    archive["stream"] = .bytes(stream.archive.encoded())
    return archive
  }

  /// The state in an archive.
  ///
  /// - Throws: ``Failure`` where it is of a newer version or cannot be read.
  init(_ archive: Archive, _ path: String) throws {
    let form = try archive.int("form")
    guard form <= Self.newestForm else {
      throw Failure.data(
        "\(path): the checkpoint is of a newer version (\(form), this kmeans reads up to "
          + "\(Self.newestForm)): expected a newer kmeans")
    }
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    do {
      self = try decoder.decode(StreamState.self, from: Data(try archive.bytes("run")))
    } catch let error as DecodingError {
      throw Failure.data("\(path): the checkpoint is damaged: its section 'run': \(error.place)")
    }
  }

  /// The stream in an archive.
  static func stream<Scalar: ClusteringScalar>(
    _ archive: Archive, _ execution: Execution
  ) throws -> StreamingKMeans<Scalar> {
    try StreamingKMeans(archive: archive.bytes("stream"), execution: execution)
  }
}

extension DecodingError {
  /// The key that is wrong, in one line.
  var place: String {
    switch self {
    case .typeMismatch(_, let context), .valueNotFound(_, let context),
      .dataCorrupted(let context):
      context.codingPath.map(\.stringValue).joined(separator: ".") + " is wrong"
    case .keyNotFound(let key, _): "there is no \(key.stringValue)"
    @unknown default: "it cannot be read"
    }
  }
}
