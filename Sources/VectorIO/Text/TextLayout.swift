internal import KMeansFiles

/// What the first records of a text say about all of it: how many columns there are, whether the
/// first record is a header, and which columns hold numbers.
///
/// A column holds numbers where, header aside, no field is text and at least one is a number. A
/// missing number (an empty field, `nan`) does not unmake such a column: it is an error with its
/// place when the rows are read, wherever in the file it stands.
struct TextLayout {
  /// How many records the sample has, at most.
  static let sampleRecords = 1000
  /// After how many bytes no further record is taken into the sample.
  static let sampleLength = 4 << 20

  private(set) var columnCount = 0
  private(set) var names: [String]?
  private(set) var numeric: [Int] = []
  /// Records of the sample and their length in bytes, for a first guess at the number of rows.
  private(set) var recordCount = 0
  private(set) var byteCount = 0

  private(set) var firstLine = 0
  private var firstFields: [String] = []
  private var firstKinds: [FieldKind] = []
  private var hasText: [Bool] = []
  private var hasNumber: [Bool] = []

  /// Looks at the records that begin where the input stands; it stays there.
  ///
  /// - Parameter selection: names in it say that the record that holds them is a header.
  init(
    _ input: InputBuffer, delimiter: UInt8, selection: ColumnSelection
  ) throws(FileError) {
    var scanner = RecordScanner(input, delimiter: delimiter)
    scanner.keepsRecords = true
    while recordCount < TextLayout.sampleRecords, byteCount < TextLayout.sampleLength {
      // From a pipe no more is awaited than is needed to know the columns.
      let isEnough = recordCount > 1 || (recordCount == 1 && !firstKinds.contains(.text))
      let waits = !(isEnough && input.source.isLive)
      guard let record = try scanner.next(waiting: waits) else { break }
      try add(record, input, delimiter)
      byteCount = record.next
    }
    let path = input.source.path
    guard recordCount > 0 else {
      throw .malformed(path: path, place: .wholeFile, problem: "no rows: the file is empty")
    }
    findHeader(selection)
    if names != nil, recordCount == 1 {
      throw .malformed(path: path, place: .wholeFile, problem: "no rows after the header")
    }
    if numeric.isEmpty, selection == .numeric {
      throw .malformed(
        path: path, place: .wholeFile,
        problem: "no column of numbers in the first \(recordCount) records")
    }
  }

  /// Counts the fields of a record.
  private mutating func add(
    _ record: RecordScanner.Record, _ input: InputBuffer, _ delimiter: UInt8
  ) throws(FileError) {
    let bytes = UnsafeRawBufferPointer(rebasing: input.unread[record.start..<record.end])
      .assumingMemoryBound(to: UInt8.self)
    var fields = FieldCursor(bytes, delimiter: delimiter)
    var column = 0
    while let field = fields.nextField() {
      let kind = FieldKind(field)
      if recordCount == 0 {
        firstFields.append(TextLayout.name(field))
        firstKinds.append(kind)
        hasText.append(false)
        hasNumber.append(false)
      } else if column < columnCount {
        if kind == .text { hasText[column] = true }
        if kind == .number { hasNumber[column] = true }
      }
      column += 1
    }
    if recordCount == 0 {
      columnCount = column
      firstLine = record.line
    }
    guard column == columnCount else {
      throw .malformed(
        path: input.source.path, place: .line(record.line),
        problem: "\(column) \(column == 1 ? "field" : "fields"), expected \(columnCount) "
          + "as in line \(firstLine)")
    }
    recordCount += 1
  }

  private mutating func findHeader(_ selection: ColumnSelection) {
    var isHeader = selection.mentions(anyOf: firstFields)
    if recordCount == 1 {
      isHeader = isHeader || !firstKinds.contains(.number)
    } else {
      isHeader =
        isHeader
        || firstKinds.indices.contains {
          firstKinds[$0] == .text && hasNumber[$0] && !hasText[$0]
        }
    }
    if isHeader {
      names = firstFields
    } else {
      for column in firstKinds.indices {
        if firstKinds[column] == .text { hasText[column] = true }
        if firstKinds[column] == .number { hasNumber[column] = true }
      }
    }
    numeric = firstKinds.indices.filter { hasNumber[$0] && !hasText[$0] }
  }

  /// A field of the header: doubled quotes are one.
  private static func name(_ field: UnsafeBufferPointer<UInt8>) -> String {
    var bytes: [UInt8] = []
    var index = 0
    while index < field.count {
      bytes.append(field[index])
      let isQuote = field[index] == UInt8(ascii: "\"")
      index += isQuote && index + 1 < field.count && field[index + 1] == field[index] ? 2 : 1
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
