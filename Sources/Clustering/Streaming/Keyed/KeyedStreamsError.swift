internal import KMeansFiles

/// An error of a pool of small models, beyond the errors of streams.
public enum KeyedStreamsError: SpecificError {
  /// The number of keys is not the number of points.
  case keyCountMismatch(keys: Int, points: Int)
  /// A key is empty.
  case emptyKey(row: Int)
  /// A key has too many bytes.
  case keyTooLong(row: Int, bytes: Int)
  /// The number of models in memory is not above 0.
  case capacityNotPositive(Int)
  /// There are more keys than models may be in memory, and no folder for the others.
  case tooManyModels(row: Int, capacity: Int)

  public var kind: ClusteringError.Kind {
    switch self {
    case .capacityNotPositive: .parameter
    default: .data
    }
  }

  public var row: Int? {
    switch self {
    case .emptyKey(let row), .keyTooLong(let row, _), .tooManyModels(let row, _): row
    default: nil
    }
  }

  public func mappingRows(_ number: (Int) -> Int) -> KeyedStreamsError {
    switch self {
    case .emptyKey(let row): .emptyKey(row: number(row))
    case .keyTooLong(let row, let bytes): .keyTooLong(row: number(row), bytes: bytes)
    case .tooManyModels(let row, let capacity):
      .tooManyModels(row: number(row), capacity: capacity)
    default: self
    }
  }

  public var description: String {
    switch self {
    case .keyCountMismatch(let keys, let points):
      "\(counted(keys, "key")) for \(counted(points, "point")), expected one each"
    case .emptyKey(let row):
      "the key of row \(row) is empty, expected a text (rows count from 0)"
    case .keyTooLong(let row, let bytes):
      "the key of row \(row) has \(bytes) bytes, expected at most \(KeyedLimits.keyBytes) "
        + "(rows count from 0)"
    case .capacityNotPositive(let capacity):
      "at most \(capacity) models in memory, expected a number above 0"
    case .tooManyModels(let row, let capacity):
      "the key of row \(row) is one more than the \(counted(capacity, "model")) that may be in memory: "
        + "expected a folder for the others, or a larger number (rows count from 0)"
    }
  }
}

/// What the keys of a pool may be.
enum KeyedLimits {
  /// The bytes of the longest key.
  static let keyBytes = 1024
}

extension ClusteringError {
  /// An error that only pools of models have.
  public static func keyed(_ error: KeyedStreamsError) -> ClusteringError {
    .specific(Specific(error))
  }
}
