internal import KMeansFiles
internal import KMeansLinearAlgebra

/// The rows of a text, record by record.
final class RecordRows: RowDecoder {
  var info: VectorFileInfo
  private let input: InputBuffer
  private let parser: any RecordParser
  private var scanner: RecordScanner
  /// What is read beside the rows; `nil` for nothing.
  private var sides: (any RecordSides)?
  private var rowsRead = 0
  /// The values of sparse rows so far, and the memory of one.
  private var nonzerosRead = 0
  private lazy var floats = SparseLine<Float>()
  private lazy var doubles = SparseLine<Double>()
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

  var remainingNonzerosEstimate: Int? { info.nonzeros.map { max(0, $0 - nonzerosRead) } }

  func rewind() throws(FileError) {
    try input.rewind()
    try parser.begin(input)
    scanner = try parser.records(of: input)
    (rowsRead, nonzerosRead) = (0, 0)
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

  func read(into rows: inout SparseMatrix<Float>, atMost limit: Int) throws(FileError) -> Int {
    guard let sparse = parser as? any SparseRecordParser else {
      return try pack(into: &rows, atMost: limit)
    }
    return try read(into: &rows, atMost: limit, floats) { (record, row) throws(FileError) in
      try sparse.parse(record, of: input, into: row)
    }
  }

  func read(into rows: inout SparseMatrix<Double>, atMost limit: Int) throws(FileError) -> Int {
    guard let sparse = parser as? any SparseRecordParser else {
      return try pack(into: &rows, atMost: limit)
    }
    return try read(into: &rows, atMost: limit, doubles) { (record, row) throws(FileError) in
      try sparse.parse(record, of: input, into: row)
    }
  }

  /// - Parameter parse: makes a row of a record, if there is one in it.
  private func read<Scalar: ReadableScalar>(
    into rows: UnsafeMutableBufferPointer<Scalar>,
    _ parse: (RecordScanner.Record, UnsafeMutablePointer<Scalar>) throws(FileError) -> Bool
  ) throws(FileError) -> Int {
    let columns = info.columns
    return try readRecords(atMost: rows.count / columns) { (record, count) throws(FileError) in
      let row = UnsafeMutableBufferPointer(
        rebasing: rows[count * columns..<(count + 1) * columns])
      let taken = try take(record, number: rowsRead + count) { () throws(FileError) in
        try parse(record, row.baseAddress!)
      }
      // A record that will be left out: its row is of NaN.
      if taken == nil { row.initialize(repeating: .nan) }
      return taken ?? true
    }
  }

  /// - Parameter parse: makes a row of a record, if there is one in it.
  private func read<Scalar: ReadableScalar>(
    into rows: inout SparseMatrix<Scalar>, atMost limit: Int, _ line: SparseLine<Scalar>,
    _ parse: (RecordScanner.Record, SparseLine<Scalar>) throws(FileError) -> Bool
  ) throws(FileError) -> Int {
    try readRecords(atMost: limit) { (record, count) throws(FileError) in
      let taken = try take(record, number: rowsRead + count) { () throws(FileError) in
        try parse(record, line)
      }
      // A record that will be left out: its row is empty.
      if taken == nil { rows.finishRow() }
      guard taken ?? false else { return taken == nil }
      nonzerosRead += line.count
      line.append(to: &rows)
      return true
    }
  }

  /// - Parameter read: reads a record behind so many rows, if there is a row in it.
  private func readRecords(
    atMost room: Int, _ read: (RecordScanner.Record, Int) throws(FileError) -> Bool
  ) throws(FileError) -> Int {
    if let pending { throw pending }
    let isLive = input.source.isLive
    var count = 0
    do throws(FileError) {
      while count < room, let record = try scanner.next(waiting: count == 0 || !isLive) {
        if try read(record, count) { count += 1 }
      }
    } catch {
      // The rows before the fault are returned first.
      if count == 0 { throw error }
      pending = error
    }
    rowsRead += count
    return count
  }

  /// Makes a row of a record, if there is one in it.
  ///
  /// - Returns: whether there is one; `nil` where it is malformed and is to be left out.
  private func take(
    _ record: RecordScanner.Record, number: Int, _ parse: () throws(FileError) -> Bool
  ) throws(FileError) -> Bool? {
    do throws(FileError) {
      if record.isFaulty, let fault = scanner.fault { throw fault }
      guard try parse() else { return false }
      if let fault = try sides?.take(record, of: input) {
        faults.append(RowFault(row: number, reason: .time, fault: fault))
      }
    } catch {
      guard parser.leavesOutMalformed, case .malformed(_, let place, let problem) = error else {
        throw error
      }
      faults.append(
        RowFault(row: number, reason: .malformed, fault: SkippedRows.Fault(place, problem)))
      sides?.takeNothing()
      return nil
    }
    return true
  }
}
