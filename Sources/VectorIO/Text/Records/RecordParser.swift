internal import KMeansFiles

/// A parser of the records of a format of text.
///
/// There is a requirement for each type of scalar, because a generic one that is called through a
/// protocol is not specialised.
protocol RecordParser {
  /// Goes to the first record of an input that stands at its beginning.
  func begin(_ input: InputBuffer) throws(FileError)
  /// Whether malformed records are left out instead of an error.
  var leavesOutMalformed: Bool { get }
  /// Rows at the beginning and their length in bytes, for a first guess at the number of all.
  var sample: (rows: Int, bytes: Int) { get }

  /// The records of an input that stands at the first of them.
  func records(of input: InputBuffer) throws(FileError) -> RecordScanner

  /// Parses a record into uninitialised memory for a row.
  ///
  /// - Returns: false where the record holds no row, only a comment.
  func parse(
    _ record: RecordScanner.Record, of input: InputBuffer, into row: UnsafeMutablePointer<Float>
  ) throws(FileError) -> Bool
  func parse(
    _ record: RecordScanner.Record, of input: InputBuffer, into row: UnsafeMutablePointer<Double>
  ) throws(FileError) -> Bool

  /// The common part of both.
  func parseRow<Scalar: ReadableScalar>(
    _ record: RecordScanner.Record, of input: InputBuffer, into row: UnsafeMutablePointer<Scalar>
  ) throws(FileError) -> Bool
}

extension RecordParser {
  func parse(
    _ record: RecordScanner.Record, of input: InputBuffer, into row: UnsafeMutablePointer<Float>
  ) throws(FileError) -> Bool {
    try parseRow(record, of: input, into: row)
  }

  func parse(
    _ record: RecordScanner.Record, of input: InputBuffer, into row: UnsafeMutablePointer<Double>
  ) throws(FileError) -> Bool {
    try parseRow(record, of: input, into: row)
  }
}

/// What is taken of each record beside its row.
protocol RecordSides {
  /// What was taken so far, one of each for each row.
  var values: AuxiliaryValues { get set }

  /// Takes it from a record whose row was read.
  ///
  /// - Returns: what is wrong with its time, where such rows are left out.
  mutating func take(
    _ record: RecordScanner.Record, of input: InputBuffer
  ) throws(FileError) -> SkippedRows.Fault?
  /// Stands in for a record that has none.
  mutating func takeNothing()
}
