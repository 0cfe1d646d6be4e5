internal import KMeansFiles

/// The rows of a delimited text.
final class TextRows: UniformRowDecoder {
  var info: VectorFileInfo
  let input: InputBuffer
  let delimiter: UInt8
  let fieldCount: Int
  /// For each field of a record the column of the row that it becomes, or -1.
  let columns: [Int]
  /// Whether a field that is no number becomes NaN instead of an error.
  private let allowsInvalid: Bool
  let options: ReadingOptions
  let layout: TextLayout
  private(set) var scanner: RecordScanner
  private var rowsRead = 0
  /// What stopped the last read behind its first rows.
  private var pending: FileError?
  /// The side columns; nil without any.
  private var sides: SideFields?

  /// - Parameter input: stands at the first record.
  init(
    _ input: InputBuffer, delimiter: UInt8, layout: TextLayout, info: VectorFileInfo,
    sides: SidePlaces, options: ReadingOptions
  ) throws(FileError) {
    self.input = input
    self.delimiter = delimiter
    self.layout = layout
    self.info = info
    self.options = options
    allowsInvalid = options.onInvalid == .skip
    self.sides = sides.isEmpty ? nil : SideFields(sides, names: layout.names, options)
    fieldCount = layout.columnCount
    var columns = [Int](repeating: -1, count: layout.columnCount)
    for (place, column) in info.chosenColumns.enumerated() { columns[column.number - 1] = place }
    self.columns = columns
    scanner = try layout.scanner(of: input, delimiter: delimiter)
  }

  /// By the bytes that the rows so far had, and the bytes that there are.
  var remainingRowsEstimate: Int? {
    input.estimatedRows(
      behind: scanner.position, rowsRead: rowsRead,
      sample: (layout.recordCount, layout.byteCount), columns: info.columns)
  }

  func rewind() throws(FileError) {
    try input.rewind()
    try DelimitedText.skipMark(input)
    scanner = try layout.scanner(of: input, delimiter: delimiter)
    rowsRead = 0
    pending = nil
    sides?.values = SideValues()
  }

  func takeSideValues() -> SideValues { sides?.values.take() ?? SideValues() }

  func readRows<Scalar: ReadableScalar>(
    into rows: UnsafeMutableBufferPointer<Scalar>
  ) throws(FileError) -> Int {
    if let pending { throw pending }
    let room = rows.count / info.columns
    let isLive = input.source.isLive
    var count = 0
    do throws(FileError) {
      while count < room, let record = try scanner.next(waiting: count == 0 || !isLive) {
        try read(record, into: rows.baseAddress! + count * info.columns)
        count += 1
      }
    } catch {
      // The rows before what is wrong are rows.
      if count == 0 { throw error }
      pending = error
    }
    rowsRead += count
    return count
  }

  /// Takes a row out of a record.
  @inline(__always)
  private func read<Scalar: ReadableScalar>(
    _ record: RecordScanner.Record, into row: UnsafeMutablePointer<Scalar>
  ) throws(FileError) {
    let powers = PowersOfFive.base
    let isParsed =
      record.hasQuotes ? parseQuoted(record, row, powers) : parse(record, row, powers)
    if !isParsed {
      guard allowsInvalid, parseAnything(record, row, powers) else {
        throw problem(in: record, Scalar.self)
      }
    }
    try sides?.take(record, of: scanner)
  }

  /// Parses a record without quotes; false if anything is wrong with it.
  private func parse<Scalar: ReadableScalar>(
    _ record: RecordScanner.Record, _ row: UnsafeMutablePointer<Scalar>,
    _ powers: UnsafePointer<UInt64>
  ) -> Bool {
    let base = input.unread.baseAddress!.assumingMemoryBound(to: UInt8.self)
    var p = base + record.start
    let end = base + record.end
    return columns.withUnsafeBufferPointer { columns in
      for field in 0..<columns.count {
        if columns[field] < 0 {
          while p < end, p.pointee != delimiter { p += 1 }
        } else {
          while isBlank(p.pointee) { p += 1 }
          let start = p
          // Behind the record stands a line end or a zero, so the scan stops there.
          guard let decimal = Decimal(scanning: &p) else { return false }
          let text = UnsafeBufferPointer(start: start, count: p - start)
          let value = decimal.value(Scalar.self, text, powers)
          guard value.isFinite else { return false }
          row[columns[field]] = value
          while isBlank(p.pointee) { p += 1 }
        }
        if field + 1 == columns.count { break }
        guard p < end, p.pointee == delimiter else { return false }
        p += 1
      }
      return p == end
    }
  }

  @inline(__always)
  private func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || (byte == 0x09 && delimiter != 0x09)
  }

  /// Parses a record with quotes; false if anything is wrong with it.
  private func parseQuoted<Scalar: ReadableScalar>(
    _ record: RecordScanner.Record, _ row: UnsafeMutablePointer<Scalar>,
    _ powers: UnsafePointer<UInt64>
  ) -> Bool {
    var fields = FieldCursor(scanner.bytes(of: record), delimiter: delimiter)
    var index = 0
    while let field = fields.nextField() {
      guard index < fieldCount else { return false }
      if columns[index] >= 0 {
        guard let value = TextRows.number(field, Scalar.self, powers) else { return false }
        row[columns[index]] = value
      }
      index += 1
    }
    return index == fieldCount
  }

  /// Parses a record that holds fields that are no numbers, as NaN; false for another number of
  /// fields.
  private func parseAnything<Scalar: ReadableScalar>(
    _ record: RecordScanner.Record, _ row: UnsafeMutablePointer<Scalar>,
    _ powers: UnsafePointer<UInt64>
  ) -> Bool {
    var fields = FieldCursor(scanner.bytes(of: record), delimiter: delimiter)
    var index = 0
    while let field = fields.nextField() {
      if index < fieldCount, columns[index] >= 0 {
        row[columns[index]] = TextRows.number(field, Scalar.self, powers) ?? .nan
      }
      index += 1
    }
    return index == fieldCount
  }

  /// The number that a field is, if it is one and finite.
  static func number<Scalar: ReadableScalar>(
    _ field: UnsafeBufferPointer<UInt8>, _ scalar: Scalar.Type, _ powers: UnsafePointer<UInt64>
  ) -> Scalar? {
    guard var p = field.baseAddress, !field.isEmpty else { return nil }
    guard let decimal = Decimal(scanning: &p), p == field.baseAddress! + field.count else {
      return nil
    }
    let value = decimal.value(scalar, field, powers)
    return value.isFinite ? value : nil
  }
}
