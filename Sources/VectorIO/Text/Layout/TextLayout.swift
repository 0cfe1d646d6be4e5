internal import KMeansFiles

/// The layout of a text as its first records show it: how many columns there are, whether the
/// first record is a header, and which columns hold numbers.
///
/// A column holds numbers where, header aside, more fields of the sample are numbers than text;
/// missing numbers (an empty field, `nan`, `NA`) count for neither. Some text among the numbers is
/// an error with its place, unless rows that hold no number are skipped; behind the sample it is
/// one when the rows are read. Columns of text, and those that hold only missing numbers so far,
/// are left out.
struct TextLayout {
  /// The largest number of records in the sample.
  static let sampleRecords = 1000
  /// The number of bytes after which no further record is taken into the sample.
  static let sampleLength = 4 << 20
  /// The largest number of fields of a record: the names and kinds of more would take much more
  /// memory than the fields themselves.
  static let mostFields = 1 << 22

  /// The file, as messages name it.
  let path: String
  let style: TextStyle
  /// The lines that end with the last comment above the first record.
  private let commentLines: Int
  private(set) var columnCount = 0
  var names: [String]?
  private(set) var numeric: [Int] = []
  /// Records of the sample and their length in bytes, for a first guess at the number of rows.
  private(set) var recordCount = 0
  private(set) var byteCount = 0
  /// Records of the sample that are rows.
  var rowCount: Int { recordCount - (names == nil ? 0 : 1) }

  /// The line of the first record.
  private(set) var firstLine = 0
  private(set) var firstFields: [String] = []
  private(set) var firstKinds: [FieldKind] = []
  var columns: [SampledColumn] = []
  /// The numbers, from 1, of columns that the options set apart before any name is known.
  let numbersNotChosen: [ClosedRange<Int>]
  /// The fault of the first record that is left out.
  private var firstFault: FileError?
  /// Remarks to the user on how the text was interpreted.
  var remarks: [String] = []

  /// Looks at the records that begin where the input stands; it stays there.
  ///
  /// - Parameter options: names of columns in them say that the record that holds them is a header.
  init(
    _ input: InputBuffer, _ start: TextStart, _ options: ReadingOptions
  ) throws(FileError) {
    path = input.source.path
    style = start.style
    commentLines = start.commentLines
    remarks = start.remark.map { [$0] } ?? []
    numbersNotChosen = options.numbersNotChosen
    var scanner = RecordScanner(input, style)
    scanner.keepsRecords = true
    scanner.longestBlanks = TextLayout.sampleLength
    let isAwaited = options.awaitsSample || !input.source.isLive
    while recordCount < TextLayout.sampleRecords, byteCount < TextLayout.sampleLength {
      if !isAwaited, isEnough(options) { break }
      guard let record = try scanner.next() else { break }
      if let problem = try problem(of: record, scanner, options) {
        firstFault = firstFault ?? problem
      } else {
        try add(record, scanner, options)
        if recordCount == 1 { try refuseVectors(record, input, options) }
      }
      byteCount = record.next
      // The first record says what the others are: it is left out by no option.
      scanner.faultRule = options.faultRule(fields: columnCount)
    }
    // Where no other record is like the first one, nobody knows which of them are right.
    if recordCount == 1, let firstFault { throw firstFault }
    guard recordCount > 0 || options.allowsNoRows else {
      throw .malformed(path: path, place: .wholeFile, problem: "no rows: the file is empty")
    }
    try findHeader(options)
    if rowCount == 0 {
      if options.allowsNoRows { return }
      throw .malformed(path: path, place: .wholeFile, problem: "no rows after the header")
    }
    numeric = columns.indices.filter { columns[$0].holdsNumbers }
    let options = try options.decided(in: file)
    let candidates = try options.foundOutColumns(in: file)
    if style.delimiter != UInt8(ascii: ",") { try refuseOtherNumbers(candidates, options) }
    try refuseMixedColumns(candidates, options)
    noteEmptyColumns(candidates)
    noteTextColumns(options.columns.patterns(in: file), candidates)
    if options.columns == .numeric, numeric.isEmpty { throw noNumbers(input, options) }
  }

  /// The columns, as lists of columns name them.
  var file: FileColumns {
    FileColumns(
      path: path, names: names, count: columnCount, firstRow: names == nil ? firstFields : nil)
  }

  /// The fault for which a record behind the first one is left out.
  ///
  /// - Throws: the fault where none is left out.
  private func problem(
    of record: RecordScanner.Record, _ scanner: RecordScanner, _ options: ReadingOptions
  ) throws(FileError) -> FileError? {
    if record.isFaulty { return scanner.fault }
    if recordCount == 0 { return nil }
    var fields = FieldCursor(scanner.input.bytes(of: record), delimiter: style.delimiter)
    var count = 0
    while count < TextLayout.mostFields, fields.nextField() != nil { count += 1 }
    if count == columnCount || fields.hasNext { return nil }
    let problem = wrongCount(count, record, of: scanner.input, options)
    if !options.leavesOut { throw problem }
    return problem
  }

  /// Counts the fields of a record.
  private mutating func add(
    _ record: RecordScanner.Record, _ scanner: RecordScanner, _ options: ReadingOptions
  ) throws(FileError) {
    var fields = FieldCursor(scanner.input.bytes(of: record), delimiter: style.delimiter)
    var column = 0
    while let field = fields.nextField() {
      guard column < TextLayout.mostFields else {
        throw .malformed(
          path: scanner.input.source.path, place: .line(record.line),
          problem: "a record of more than \(TextLayout.mostFields) fields")
      }
      let kind = style.kind(field)
      if recordCount == 0 {
        firstFields.append(FieldCursor.text(field, isQuoted: fields.isQuoted))
        firstKinds.append(kind)
        columns.append(SampledColumn())
      } else if column < columnCount {
        columns[column].add(kind, field, style, line: record.line)
      }
      column += 1
    }
    if recordCount == 0 {
      columnCount = column
      firstLine = record.line
    }
    recordCount += 1
  }

  /// The records that are rows, of an input that stands at the first record.
  ///
  /// A blank line of a text of one column is an empty row: results stay side by side
  /// with the lines of the file.
  func scanner(of input: InputBuffer) throws(FileError) -> RecordScanner {
    var scanner = RecordScanner(input, style)
    // Blank lines before the first record were stepped over; before a header they do not count.
    let blank = commentLines + 1..<max(commentLines + 1, names == nil ? input.line : 0)
    if names != nil { _ = try scanner.next() }
    if columnCount == 1 { scanner.countBlankLines(before: blank) }
    return scanner
  }

  /// The error of a record with a wrong number of fields.
  func wrongCount(
    _ count: Int, _ record: RecordScanner.Record, of input: InputBuffer, _ options: ReadingOptions
  ) -> FileError {
    var problem =
      "\(count) \(count == 1 ? "field" : "fields"), expected \(columnCount) as in line \(firstLine)"
    if firstFields.first?.hasPrefix("#") ?? false {
      problem += ", which begins with #: \(options.commentHint("#"))"
    } else if input.bytes(of: record).first(where: { !style.isBlank($0) }) == UInt8(ascii: "#") {
      problem += "; it begins with #: \(options.commentHint("#"))"
    } else {
      problem += options.skippingHint
    }
    return input.malformed(.line(record.line), problem)
  }

  /// The first record among the rows of the sample, where it is one of them.
  mutating func addFirstRecord() {
    for column in firstKinds.indices {
      FileName.bytes(of: firstFields[column]).withUnsafeBufferPointer {
        columns[column].add(firstKinds[column], $0, style, line: firstLine)
      }
    }
  }
}

/// A column of the sample, below the first record.
struct SampledColumn {
  private(set) var texts = 0
  private(set) var numbers = 0
  /// The first text, in quotes, and the text that was expected in its place.
  private(set) var firstText: (line: Int, field: String, expected: String)?
  /// The first missing number, and its fault.
  private(set) var firstMissing: (line: Int, problem: String, kind: FieldKind)?
  /// Numbers of another notation, which are texts, too; and the first of them.
  private(set) var otherNumbers = 0
  private(set) var firstOther: (line: Int, field: String)?
  /// Whether a number is not written as a whole one.
  private(set) var hasFractions = false

  var holdsNumbers: Bool { numbers > texts }
  /// Whether only missing numbers have come.
  var isEmpty: Bool { numbers == 0 && texts == 0 }

  mutating func add(
    _ kind: FieldKind, _ field: UnsafeBufferPointer<UInt8>, _ style: TextStyle, line: Int
  ) {
    switch kind {
    case .number:
      numbers += 1
      if !hasFractions { hasFractions = !field.allSatisfy { $0 &- 0x30 <= 9 } }
    case .notANumber, .notFinite, .tooLarge, .missing:
      if firstMissing.map({ line < $0.line }) ?? true {
        firstMissing = (line, kind.problem(with: field), kind)
      }
    case .text:
      texts += 1
      // The first record comes last, when it is known not to be a header.
      if firstText.map({ line < $0.line }) ?? true {
        firstText = (line, quoted(UnsafeRawBufferPointer(field)), kind.expected(of: field, style))
      }
      guard style.isOtherNumber(field) else { break }
      otherNumbers += 1
      if firstOther.map({ line < $0.line }) ?? true {
        firstOther = (line, quoted(UnsafeRawBufferPointer(field)))
      }
    }
  }
}
