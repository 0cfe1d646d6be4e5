internal import KMeansFiles

/// A record of delimited text as a row: the fields of the chosen columns.
struct DelimitedRecord: RecordParser {
  private let style: TextStyle
  /// The byte between fields.
  private let delimiter: UInt8
  private let layout: TextLayout
  private let options: ReadingOptions
  private let names: [String]?
  /// The column of the row that each field of a record becomes, or -1 [fields].
  private let columns: [Int]
  /// What becomes of fields that are no number.
  private let invalid: InvalidValues

  init(_ layout: TextLayout, _ info: VectorFileInfo, _ options: ReadingOptions) {
    style = layout.style
    delimiter = layout.style.delimiter
    self.layout = layout
    self.options = options
    names = info.columnNames
    invalid = InvalidValues(options)
    var columns = [Int](repeating: -1, count: layout.columnCount)
    for (place, column) in info.chosenColumns.enumerated() { columns[column.number - 1] = place }
    self.columns = columns
  }

  func begin(_ input: InputBuffer) throws(FileError) { try TextStart.goBack(input, style) }
  var leavesOutMalformed: Bool { options.leavesOut }
  var sample: (rows: Int, bytes: Int) { (layout.recordCount, layout.byteCount) }

  func records(of input: InputBuffer) throws(FileError) -> RecordScanner {
    var scanner = try layout.scanner(of: input)
    scanner.faultRule = options.faultRule(fields: layout.columnCount)
    return scanner
  }

  func parseRow<Scalar: ReadableScalar>(
    _ record: RecordScanner.Record, of input: InputBuffer, into row: UnsafeMutablePointer<Scalar>
  ) throws(FileError) -> Bool {
    let powers = PowersOfFive.base
    let isPlain = style.isPlain && !record.hasQuotes
    if isPlain, parsePlain(record, input, row, powers) { return true }
    if !isPlain || invalid != .refused, parseFields(input.bytes(of: record), row, powers) {
      return true
    }
    throw problem(in: record, input, Scalar.self)
  }

  /// Parses a record without quotes; false if it has any fault.
  private func parsePlain<Scalar: ReadableScalar>(
    _ record: RecordScanner.Record, _ input: InputBuffer, _ row: UnsafeMutablePointer<Scalar>,
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

  /// Parses any record, field by field; false if it has a fault that is not allowed.
  private func parseFields<Scalar: ReadableScalar>(
    _ record: UnsafeBufferPointer<UInt8>, _ row: UnsafeMutablePointer<Scalar>,
    _ powers: UnsafePointer<UInt64>
  ) -> Bool {
    var fields = FieldCursor(record, delimiter: delimiter)
    var index = 0
    while let field = fields.nextField() {
      guard index < columns.count else { return false }
      if columns[index] >= 0 {
        let value = style.number(field, Scalar.self, powers)
        guard let value = value ?? standIn(for: field) else { return false }
        row[columns[index]] = value
      }
      index += 1
    }
    return index == columns.count
  }

  /// What a field becomes that is no number; `nil` where it is an error.
  private func standIn<Scalar: ReadableScalar>(
    for field: UnsafeBufferPointer<UInt8>
  ) -> Scalar? {
    invalid.standIn(isMissing: style.kind(field).isMissing)
  }

  /// The fault of a record that could not be parsed: the number of its fields, or else the
  /// first field that is not a number that the scalar can hold.
  private func problem<Scalar: ReadableScalar>(
    in record: RecordScanner.Record, _ input: InputBuffer, _ scalar: Scalar.Type
  ) -> FileError {
    var fields = FieldCursor(input.bytes(of: record), delimiter: delimiter)
    var count = 0
    var wrong: (column: Int, problem: String)?
    while let field = fields.nextField() {
      if wrong == nil, count < columns.count, columns[count] >= 0,
        style.number(field, scalar, PowersOfFive.base) ?? standIn(for: field) == nil
      {
        let kind = style.kind(field)
        let problem = kind.problem(with: field, in: names?[count], style)
        wrong = (count + 1, problem + style.hint(kind, of: field, options))
      }
      count += 1
    }
    guard count == columns.count else {
      return layout.wrongCount(count, record, of: input, options)
    }
    guard let wrong else { preconditionFailure("nothing is wrong with line \(record.line)") }
    return input.malformed(.field(line: record.line, column: wrong.column), wrong.problem)
  }
}

extension Decimal {
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
