internal import Clustering
internal import KMeansCHeader
internal import KMeansFiles

/// Sums of a part of the rows, which others are merged into.
final class SumsObject: HandleObject {
  static var kind: HandleKind { .sums }

  /// The sums of rows of either type.
  enum Sums: Sendable {
    case float32(PartSums<Float>)
    case float64(PartSums<Double>)
  }

  private let sums: ProcessLock<Sums>

  init(_ sums: Sums) { self.sums = ProcessLock(sums) }

  /// The sums in an archive, of the type of values that it says.
  init(_ archive: Archive) throws {
    let areFloats = archive["precision"] == .string("float")
    let sums: Sums =
      areFloats ? .float32(try PartSums(archive)) : .float64(try PartSums(archive))
    self.sums = ProcessLock(sums)
  }

  /// The sums as they are.
  var value: Sums { get throws { try sums.withLock { $0 } } }

  var archive: Archive {
    get throws {
      switch try value {
      case .float32(let sums): sums.archive
      case .float64(let sums): sums.archive
      }
    }
  }

  func merge(_ other: Sums) throws {
    try sums.withLock { sums in
      switch (sums, other) {
      case (.float32(var own), .float32(let other)):
        try own.merge(other)
        sums = .float32(own)
      case (.float64(var own), .float64(let other)):
        try own.merge(other)
        sums = .float64(own)
      default:
        throw BorderError.argument("sums of rows of float32 and of float64")
      }
    }
  }
}
