import Foundation
import KMeansFiles

/// What a run has to remember beside its numbers, as a section of its checkpoint.
protocol CheckpointState: Codable {
  /// The kind of the archive.
  static var archiveKind: String { get }
  /// The version of the form. A change that an older kmeans would misread makes it another.
  static var newestForm: Int { get }
  /// The options that a run that goes on must have as before.
  var settings: RunSettings { get }
}

extension CheckpointState {
  /// An archive that holds it, and nothing else yet.
  func archive() throws -> Archive {
    var archive = Archive(kind: Self.archiveKind)
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    archive["form"] = .int(Int64(Self.newestForm))
    archive["run"] = .bytes(Array(try encoder.encode(self)))
    return archive
  }

  /// The state in an archive.
  ///
  /// - Throws: ``Failure`` where it is of a newer version or cannot be read.
  init(_ archive: Archive, _ path: String) throws {
    let form = try archive.int("form")
    guard form >= 1 else {
      throw Failure.data(
        "\(path): the checkpoint is damaged: its section 'form' is \(form), expected at least 1")
    }
    guard form <= Self.newestForm else {
      throw Failure.data(
        "\(path): the checkpoint is of a newer version (\(form), this kmeans reads up to "
          + "\(Self.newestForm)): expected a newer kmeans")
    }
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    do {
      self = try decoder.decode(Self.self, from: Data(try archive.bytes("run")))
    } catch let error as DecodingError {
      throw Failure.data("\(path): the checkpoint is damaged: its section 'run': \(error.place)")
    }
  }
}

extension DecodingError {
  /// The key that is wrong, in one line.
  fileprivate var place: String {
    switch self {
    case .typeMismatch(_, let context), .valueNotFound(_, let context),
      .dataCorrupted(let context):
      context.codingPath.map(\.stringValue).joined(separator: ".") + " "
        + ((context.underlyingError as? ImpossibleCount)?.description ?? "is wrong")
    case .keyNotFound(let key, _): "there is no \(key.stringValue)"
    @unknown default: "it cannot be read"
    }
  }
}
