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

/// The rows of a text, record by record.
final class RecordRows: RowDecoder {
  var info: VectorFileInfo
  private let input: InputBuffer
  private let parser: any RecordParser
  private var scanner: RecordScanner
  /// What is read beside the rows; `nil` for nothing.
  private var sides: (any RecordSides)?
  private var rowsRead = 0
  /// The error that stopped the last read behind its first rows.
  private var pending: FileError?
  /// Rows that are NaN in place of a malformed record, and those without a time.
  private var faults: [RowFault] = []

  /// - Parameters:
  ///   - input: stands at the first record.
  ///   - info: its `rows` are `nil` where they are not counted.
  init(
    _ input: InputBuffer, _ parser: any RecordParser, info: VectorFileInfo,
    sides: (any RecordSides)? = nil
  ) throws(FileError) {
    self.input = input
    self.parser = parser
    self.info = info
    self.sides = sides
    scanner = try parser.records(of: input)
  }

  var remainingRowsEstimate: Int? {
    if let rows = info.rows { return max(0, rows - rowsRead) }
    return input.estimatedRows(
      behind: scanner.position, rowsRead: rowsRead, sample: parser.sample, columns: info.columns)
  }

  func rewind() throws(FileError) {
    try input.rewind()
    try parser.begin(input)
    scanner = try parser.records(of: input)
    rowsRead = 0
    pending = nil
    faults = []
    sides?.values = AuxiliaryValues()
  }

  func takeAuxiliaryValues() -> AuxiliaryValues { sides?.values.take() ?? AuxiliaryValues() }

  func takeFaults() -> [RowFault] {
    defer { faults = [] }
    return faults
  }

  func read(into rows: UnsafeMutableBufferPointer<Float>) throws(FileError) -> Int {
    try read(into: rows) { (record, row) throws(FileError) in
      try parser.parse(record, of: input, into: row)
    }
  }

  func read(into rows: UnsafeMutableBufferPointer<Double>) throws(FileError) -> Int {
    try read(into: rows) { (record, row) throws(FileError) in
      try parser.parse(record, of: input, into: row)
    }
  }

  /// - Parameter parse: makes a row of a record, if there is one in it.
  private func read<Scalar: ReadableScalar>(
    into rows: UnsafeMutableBufferPointer<Scalar>,
    _ parse: (RecordScanner.Record, UnsafeMutablePointer<Scalar>) throws(FileError) -> Bool
  ) throws(FileError) -> Int {
    if let pending { throw pending }
    let columns = info.columns
    let room = rows.count / columns
    let isLive = input.source.isLive
    var count = 0
    do throws(FileError) {
      while count < room, let record = try scanner.next(waiting: count == 0 || !isLive) {
        let row = UnsafeMutableBufferPointer(
          rebasing: rows[count * columns..<(count + 1) * columns])
        if try take(record, into: row, number: rowsRead + count, parse) { count += 1 }
      }
    } catch {
      // The rows before the fault are returned first.
      if count == 0 { throw error }
      pending = error
    }
    rowsRead += count
    return count
  }

  /// Makes a row of a record, if there is one in it: of NaN where it is malformed and is to be left
  /// out.
  private func take<Scalar: ReadableScalar>(
    _ record: RecordScanner.Record, into row: UnsafeMutableBufferPointer<Scalar>, number: Int,
    _ parse: (RecordScanner.Record, UnsafeMutablePointer<Scalar>) throws(FileError) -> Bool
  ) throws(FileError) -> Bool {
    do throws(FileError) {
      if record.isFaulty, let fault = scanner.fault { throw fault }
      guard try parse(record, row.baseAddress!) else { return false }
      if let fault = try sides?.take(record, of: input) {
        faults.append(RowFault(row: number, reason: .time, fault: fault))
      }
    } catch {
      guard parser.leavesOutMalformed, case .malformed(_, let place, let problem) = error else {
        throw error
      }
      faults.append(
        RowFault(row: number, reason: .malformed, fault: SkippedRows.Fault(place, problem)))
      row.initialize(repeating: .nan)
      sides?.takeNothing()
    }
    return true
  }
}

extension InputBuffer {
  /// The bytes of the record that was found last.
  func bytes(of record: RecordScanner.Record) -> UnsafeBufferPointer<UInt8> {
    UnsafeRawBufferPointer(rebasing: unread[record.start..<record.end])
      .assumingMemoryBound(to: UInt8.self)
  }

  /// The error of a fault at a place.
  func malformed(_ place: FileError.Place, _ problem: String) -> FileError {
    .malformed(path: source.path, place: place, problem: problem)
  }

  /// An estimate of the rows of a text that are still to come, from the lengths of the rows so far
  /// and the bytes that are left; `nil` where the size of the text is not known.
  ///
  /// - Parameters:
  ///   - position: the number of unread bytes that belong to rows that were read.
  ///   - sample: rows and their length in bytes, for as long as none is read.
  fileprivate func estimatedRows(
    behind position: Int, rowsRead: Int, sample: (rows: Int, bytes: Int), columns: Int
  ) -> Int? {
    guard let total = source.expectedSize else { return nil }
    let done = offset + position
    let (rows, bytes) = rowsRead > 0 ? (rowsRead, done) : sample
    let estimate = Double(max(0, total - done)) / Double(max(1, bytes)) * Double(rows)
    let rounded = Int(clamping: Int64(min(estimate.rounded(.up), 0x1p62)))
    return source.size != nil ? rounded : cautious(rounded, rowsRead: rowsRead, columns: columns)
  }
}
