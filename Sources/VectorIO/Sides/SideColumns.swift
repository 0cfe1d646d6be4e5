internal import KMeansFiles

/// Columns with the time, weight and key of each row, by name or by number from 1. None of them is
/// a column of the rows, whether or not ``ReadingOptions/columns`` lists it.
///
/// ```swift
/// let options = ReadingOptions(sides: SideColumns(time: "time", key: "host"))
/// ```
public struct SideColumns: Sendable, Hashable {
  /// The column of times, in seconds. In a delimited text also a date and time of ISO 8601, such as
  /// `2026-11-21T09:30:00+01:00`, which becomes seconds since 1970; without an offset it is UTC.
  public var time: String?
  /// The column of weights.
  public var weight: String?
  /// The column of keys, which are any text. A number of a binary format becomes text, without a
  /// decimal point where it is whole.
  public var key: String?
  /// Whether there may be no such column of weights: then none are read, and
  /// ``VectorFileInfo/optionalWeight`` tells the caller.
  package var isWeightOptional = false

  /// The columns that are named.
  public init(time: String? = nil, weight: String? = nil, key: String? = nil) {
    self.time = time
    self.weight = weight
    self.key = key
  }

  /// The columns that are asked for.
  var names: [String] { [time, weight, key].compactMap { $0 } }
}

/// The places of the side columns in a file, from 0.
struct SidePlaces: Sendable {
  var time: Int?
  var weight: Int?
  var key: Int?

  var all: [Int] { [time, weight, key].compactMap { $0 } }
  var isEmpty: Bool { time == nil && weight == nil && key == nil }
}

extension SideColumns {
  /// - Throws: ``FileError`` where a column does not exist.
  func places(path: String, names: [String]?, count: Int) throws(FileError) -> SidePlaces {
    func place(_ column: String?, isOptional: Bool = false) throws(FileError) -> Int? {
      guard let column else { return nil }
      return isOptional
        ? try ColumnSelection.existingIndex(of: column, path: path, names: names, count: count)
        : try ColumnSelection.index(of: column, path: path, names: names, count: count)
    }
    return try SidePlaces(
      time: place(time), weight: place(weight, isOptional: isWeightOptional), key: place(key))
  }
}
