internal import KMeansFiles
internal import KMeansLinearAlgebra

/// A writer of rows in one format, as bytes. The mirror image of ``RowDecoder``.
protocol RowEncoder {
  /// Whether the header says how many rows follow.
  var countsRows: Bool { get }
  /// Whether the header says how many values follow that are not zero.
  var countsValues: Bool { get }
  /// The largest numbers of rows and of columns that the format can count.
  var rowLimit: Int { get }
  var columnLimit: Int { get }

  /// The bytes before the rows: their number does not depend on the number of rows.
  func header(rows: Int) -> [UInt8]

  /// Writes a part of a row.
  ///
  /// - Parameters:
  ///   - values: at most ``RowPlace/longestPart``.
  ///   - target: has room for ``RowPlace/longestCode`` bytes.
  /// - Returns: the number of bytes written, or the first value that the format cannot hold.
  func encode(
    _ values: UnsafeBufferPointer<Float>, at place: RowPlace, to target: UnsafeMutableRawPointer
  ) throws(UnwritableValue) -> Int
  func encode(
    _ values: UnsafeBufferPointer<Double>, at place: RowPlace, to target: UnsafeMutableRawPointer
  ) throws(UnwritableValue) -> Int
}

/// Defaults for a format that counts no rows, and has no bytes before them.
extension RowEncoder {
  var countsRows: Bool { false }
  var countsValues: Bool { false }
  var rowLimit: Int { .max }
  var columnLimit: Int { .max }
  func header(rows: Int) -> [UInt8] { [] }
}

/// The shape of rows, known before the first of them is written.
struct RowShape {
  let columns: Int
  /// The header of csv and tsv; other formats have no names.
  var columnNames: [String]?
  /// Whether they come as floats, else as doubles.
  let isFloat: Bool
  /// Whether each row of libsvm comes with the label of its line.
  var areLabelsGiven = false
}

/// An encoder that does the same for both types of scalar. The mirror image of
/// ``UniformRowDecoder``.
protocol UniformRowEncoder: RowEncoder {
  /// Writes a part of a row, as ``RowEncoder`` says.
  func encodeRow<Scalar: WritableScalar>(
    _ values: UnsafeBufferPointer<Scalar>, at place: RowPlace, to target: UnsafeMutableRawPointer
  ) throws(UnwritableValue) -> Int
}

extension UniformRowEncoder {
  func encode(
    _ values: UnsafeBufferPointer<Float>, at place: RowPlace, to target: UnsafeMutableRawPointer
  ) throws(UnwritableValue) -> Int {
    try encodeRow(values, at: place, to: target)
  }

  func encode(
    _ values: UnsafeBufferPointer<Double>, at place: RowPlace, to target: UnsafeMutableRawPointer
  ) throws(UnwritableValue) -> Int {
    try encodeRow(values, at: place, to: target)
  }
}

/// The place of some values within the rows: long rows are written in parts, in the memory of one.
struct RowPlace {
  let row: Int
  /// The column of the first value.
  let column: Int
  /// Whether the last value is that of the row.
  let isLast: Bool

  /// The largest number of values in a part.
  static let longestPart = 4096
  /// The largest size of a part, in bytes: a number has at most 24 characters, and its column 20.
  static let longestCode = 48 * longestPart + 16
}

/// A value that a format cannot hold.
struct UnwritableValue: Error {
  let row: Int
  let column: Int
  let value: String
  /// The numbers that the format holds: `bvecs holds whole numbers from 0 to 255`.
  let limits: String

  func error(path: String) -> FileError {
    .malformed(
      path: path, place: .wholeFile,
      problem: "the value \(value) in row \(row + 1), column \(column + 1) cannot be written: "
        + "\(limits) (rows and columns count from 1)")
  }
}

/// A scalar that rows are written of.
protocol WritableScalar: MatrixScalar {
  var asFloat: Float { get }
  var asDouble: Double { get }
}

extension Float: WritableScalar {
  var asFloat: Float { self }
  var asDouble: Double { Double(self) }
}

extension Double: WritableScalar {
  var asFloat: Float { Float(self) }
  var asDouble: Double { self }
}

extension RowEncoder {
  /// The same for a scalar that is `Float` or `Double`, which is asked once a part.
  func encode<Scalar: MatrixScalar>(
    _ base: UnsafePointer<Scalar>, count: Int, at place: RowPlace,
    to target: UnsafeMutableRawPointer
  ) throws(UnwritableValue) -> Int {
    let values = UnsafeRawBufferPointer(UnsafeBufferPointer(start: base, count: count))
    if Scalar.self == Float.self {
      return try encode(values.assumingMemoryBound(to: Float.self), at: place, to: target)
    }
    return try encode(values.assumingMemoryBound(to: Double.self), at: place, to: target)
  }
}
