internal import KMeansFiles

/// Columns that say something of a row beside its coordinates, by name or by number from 1. None of
/// them is a column of the rows, whether or not ``ReadingOptions/columns`` lists it.
///
/// ```swift
/// let options = ReadingOptions(sides: SideColumns(time: "time", key: "host"))
/// ```
public struct SideColumns: Sendable, Hashable {
  /// When the row was, in seconds. In a delimited text also a date and time of ISO 8601, such as
  /// `2026-11-21T09:30:00+01:00`, which becomes seconds since 1970; without an offset it is UTC.
  public var time: String?
  /// How much the row counts.
  public var weight: String?
  /// What the row is called: any text. A number of a binary format becomes text, whole ones without
  /// a decimal point.
  public var key: String?
  /// Whether there may be no such column of weights: then none are read, and whoever opened the
  /// file knows by ``VectorFileInfo/optionalWeight``.
  package var isWeightOptional = false

  /// No columns unless named.
  public init(time: String? = nil, weight: String? = nil, key: String? = nil) {
    self.time = time
    self.weight = weight
    self.key = key
  }

  /// Those that are asked for.
  var names: [String] { [time, weight, key].compactMap { $0 } }
}

/// Where in a file the side columns are, from 0.
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
