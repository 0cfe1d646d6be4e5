internal import KMeansFiles

/// Columns with the time, weight and key of each row, by name or by number from 1. None of them is
/// a column of the rows, whether or not ``ReadingOptions/columns`` lists it.
///
/// ```swift
/// let options = ReadingOptions(auxiliary: AuxiliaryColumns(time: "time", key: "host"))
/// ```
public struct AuxiliaryColumns: Sendable, Hashable {
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

extension AuxiliaryColumns {
  /// - Throws: ``FileError`` where a column does not exist.
  func places(in file: FileColumns) throws(FileError) -> SidePlaces {
    func place(_ column: String?, isOptional: Bool = false) throws(FileError) -> Int? {
      guard let column else { return nil }
      return isOptional
        ? try ColumnSelection.existingIndex(of: column, in: file)
        : try ColumnSelection.index(of: column, in: file)
    }
    return try SidePlaces(
      time: place(time), weight: place(weight, isOptional: isWeightOptional), key: place(key))
  }
}

/// The side columns of some rows: a value for each row, in order, or none at all where no such
/// column was asked for.
///
/// All numbers are doubles, for rows of floats, too: a float cannot tell the seconds of a day
/// apart.
public struct AuxiliaryValues: Sendable, Hashable {
  /// The times, in seconds [rows].
  public package(set) var times: [Double] = []
  /// The weights as they stand, negative ones included [rows].
  public package(set) var weights: [Double] = []
  /// The keys, as text [rows].
  ///
  /// - Complexity: O(their bytes), at each call.
  public var keys: [String] { keyTexts.texts }
  /// The same in one piece of memory.
  package private(set) var keyTexts = PackedTexts()
  /// The keys of the rows that were left out among these, in their order.
  package private(set) var leftOutKeys = PackedTexts()
  /// The line on which each time stands, where they stand in text [rows].
  package private(set) var timeLines: [Int] = []
  /// Whether there are times that are written as dates.
  package private(set) var hasDates = false

  /// Values of no rows.
  public init() {}

  /// The same, where times are written as dates or not.
  package init(hasDates: Bool) { self.hasDates = hasDates }

  package var isEmpty: Bool { times.isEmpty && weights.isEmpty && keyTexts.isEmpty }

  /// The memory that all keys take.
  package var keyByteCount: Int { keyTexts.byteCount + leftOutKeys.byteCount }

  /// A time in the form in which times were read: seconds, or a date.
  package func timeText(_ seconds: Double) -> String {
    (hasDates ? Timestamp.text(seconds) : nil) ?? "\(seconds)"
  }

  /// Appends the time of a row of text.
  mutating func append(_ time: RowTime) {
    times.append(time.seconds)
    timeLines.append(time.line)
    hasDates = hasDates || time.isDate
  }

  /// Appends the keys of rows that were left out behind all of these.
  package mutating func append(leftOutKeys keys: PackedTexts) { leftOutKeys.append(keys) }

  /// Appends the key of a row.
  package mutating func append(key: String) { keyTexts.append(key) }

  /// Appends the key of a row of others that is left out.
  package mutating func append(_ other: AuxiliaryValues, leftOut row: Int) {
    if !other.keyTexts.isEmpty { leftOutKeys.append(other.keyTexts, row..<row + 1) }
  }

  /// Appends the values of some rows of others.
  package mutating func append(_ other: AuxiliaryValues, rows: Range<Int>) {
    if !other.times.isEmpty { times += other.times[rows] }
    if !other.timeLines.isEmpty { timeLines += other.timeLines[rows] }
    hasDates = hasDates || other.hasDates
    if !other.weights.isEmpty { weights += other.weights[rows] }
    if !other.keyTexts.isEmpty { keyTexts.append(other.keyTexts, rows) }
  }

  /// Appends all that others hold.
  package mutating func append(_ other: AuxiliaryValues) {
    times += other.times
    timeLines += other.timeLines
    hasDates = hasDates || other.hasDates
    weights += other.weights
    keyTexts.append(other.keyTexts)
    leftOutKeys.append(other.leftOutKeys)
  }

  /// Values of the same rows are equal, whatever was left out among them.
  public static func == (left: AuxiliaryValues, right: AuxiliaryValues) -> Bool {
    left.times == right.times && left.weights == right.weights && left.keyTexts == right.keyTexts
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(times)
    hasher.combine(weights)
    hasher.combine(keyTexts)
  }

  /// Hands all values out and forgets them.
  mutating func take() -> AuxiliaryValues {
    defer { self = AuxiliaryValues() }
    return self
  }

  /// Why a row is left out, where its time or its weight is none.
  func fault(row: Int) -> SkippedRows.Reason? {
    if !times.isEmpty, !times[row].isFinite { return .time }
    return weights.isEmpty || weights[row].isFinite ? nil : .value
  }

  /// Appends the side columns of a row of numbers.
  mutating func append(_ row: UnsafePointer<Double>, _ places: SidePlaces) {
    append(places) { row[$0] }
  }

  /// Appends the side columns of a row of numbers.
  ///
  /// - Parameter value: the value in a column.
  mutating func append(_ places: SidePlaces, _ value: (_ column: Int) -> Double) {
    if let time = places.time { times.append(value(time)) }
    if let weight = places.weight { weights.append(value(weight)) }
    if let key = places.key { append(key: AuxiliaryValues.text(value(key))) }
  }

  /// A number as a key.
  private static func text(_ number: Double) -> String {
    Int(exactly: number)?.description ?? number.description
  }
}
