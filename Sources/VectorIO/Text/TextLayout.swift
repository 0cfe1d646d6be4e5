internal import KMeansFiles

/// What the first records of a text say about all of it: how many columns there are, whether the
/// first record is a header, and which columns hold numbers.
///
/// A column holds numbers where, header aside, no field is text and at least one is a number. A
/// missing number (an empty field, `nan`, `NA`) does not unmake such a column: it is an error with
/// its place when the rows are read, wherever in the file it stands. Where rows that hold no number
/// are skipped, some text does not unmake it either: more than half of the fields that are not
/// missing have to be numbers.
struct TextLayout {
  /// How many records the sample has, at most.
  static let sampleRecords = 1000
  /// After how many bytes no further record is taken into the sample.
  static let sampleLength = 4 << 20
  /// How many fields a record may have: names and kinds of more would take much more memory than they.
  static let mostFields = 1 << 22

  private(set) var columnCount = 0
  private(set) var names: [String]?
  private(set) var numeric: [Int] = []
  /// Records of the sample and their length in bytes, for a first guess at the number of rows.
  private(set) var recordCount = 0
  private(set) var byteCount = 0
  /// Records of the sample that are rows.
  var rowCount: Int { recordCount - (names == nil ? 0 : 1) }

  private(set) var firstLine = 0
  private var firstFields: [String] = []
  private var firstKinds: [FieldKind] = []
  private var columns: [Column] = []
  private let skipsInvalid: Bool

  /// What a column holds below the first record.
  private struct Column {
    var texts = 0
    var numbers = 0
    /// Numbers with a decimal comma, which are texts, too; and the first of them.
    var commaNumbers = 0
    var firstComma: (line: Int, field: String)?

    mutating func add(_ kind: FieldKind, _ field: UnsafeBufferPointer<UInt8>, line: Int) {
      switch kind {
      case .number: numbers += 1
      case .notFinite, .missing: break
      case .text:
        texts += 1
        guard DelimitedText.hasDecimalComma(field) else { break }
        commaNumbers += 1
        // The first record comes last, when it is known not to be a header.
        if firstComma.map({ line < $0.line }) ?? true {
          firstComma = (line, quoted(UnsafeRawBufferPointer(field)))
        }
      }
    }

    func holdsNumbers(despiteTexts: Bool) -> Bool {
      numbers > 0 && (texts == 0 || (despiteTexts && numbers > texts))
    }
  }

  /// Looks at the records that begin where the input stands; it stays there.
  ///
  /// - Parameter options: names of columns in them say that the record that holds them is a header.
  init(
    _ input: InputBuffer, delimiter: UInt8, _ options: ReadingOptions
  ) throws(FileError) {
    skipsInvalid = options.onInvalid == .skip
    var scanner = RecordScanner(input, delimiter: delimiter)
    scanner.keepsRecords = true
    scanner.longestBlanks = TextLayout.sampleLength
    while recordCount < TextLayout.sampleRecords, byteCount < TextLayout.sampleLength {
      // From a pipe no more is awaited than is needed to know the columns.
      let isEnough = recordCount > 1 || recordCount == 1 && isRow(beside: options.sides)
      let waits = !(isEnough && input.source.isLive)
      guard let record = try scanner.next(waiting: waits) else { break }
      try add(record, scanner)
      byteCount = record.next
    }
    let path = input.source.path
    guard recordCount > 0 || options.allowsNoRows else {
      throw .malformed(path: path, place: .wholeFile, problem: "no rows: the file is empty")
    }
    findHeader(options, delimiter)
    if rowCount == 0 {
      if options.allowsNoRows { return }
      throw .malformed(path: path, place: .wholeFile, problem: "no rows after the header")
    }
    guard options.columns == .numeric else { return }
    if delimiter != UInt8(ascii: ",") { try refuseDecimalCommas(path, options.sides) }
    if numeric.isEmpty {
      throw .malformed(
        path: path, place: .wholeFile,
        problem: "no column of numbers in the first \(recordCount) records")
    }
  }

  /// Whether the first record is a row for sure: all of its fields are numbers, but for those of side
  /// columns, which are known by their numbers where there is no header.
  private func isRow(beside sides: SideColumns) -> Bool {
    firstKinds.indices.allSatisfy {
      firstKinds[$0] == .number || sides.names.contains("\($0 + 1)")
    } && firstKinds.contains(.number)
  }

  /// Counts the fields of a record.
  private mutating func add(
    _ record: RecordScanner.Record, _ scanner: RecordScanner
  ) throws(FileError) {
    var fields = FieldCursor(scanner.bytes(of: record), delimiter: scanner.delimiter)
    var column = 0
    while let field = fields.nextField() {
      guard column < TextLayout.mostFields else {
        throw .malformed(
          path: scanner.input.source.path, place: .line(record.line),
          problem: "a record of more than \(TextLayout.mostFields) fields")
      }
      let kind = FieldKind(field)
      if recordCount == 0 {
        firstFields.append(FieldCursor.text(field, isQuoted: fields.isQuoted))
        firstKinds.append(kind)
        columns.append(Column())
      } else if column < columnCount {
        columns[column].add(kind, field, line: record.line)
      }
      column += 1
    }
    if recordCount == 0 {
      columnCount = column
      firstLine = record.line
    }
    guard column == columnCount else {
      throw .malformed(
        path: scanner.input.source.path, place: .line(record.line),
        problem: "\(column) \(column == 1 ? "field" : "fields"), expected \(columnCount) "
          + "as in line \(firstLine)")
    }
    recordCount += 1
  }

  private mutating func findHeader(_ options: ReadingOptions, _ delimiter: UInt8) {
    let other = ColumnSelection.listed(options.notChosen)
    var isHeader = [options.columns, other].contains { $0.mentions(anyOf: firstFields) }
    if recordCount == 1 {
      isHeader = isHeader || (firstKinds.contains(.text) && !firstKinds.contains(.number))
    } else {
      isHeader =
        isHeader
        || firstKinds.indices.contains {
          firstKinds[$0] == .text && columns[$0].holdsNumbers(despiteTexts: skipsInvalid)
            && (delimiter == UInt8(ascii: ",") || !hasDecimalComma(firstFields[$0]))
        }
    }
    if isHeader {
      names = firstFields
    } else {
      for column in firstKinds.indices {
        Array(firstFields[column].utf8).withUnsafeBufferPointer {
          columns[column].add(firstKinds[column], $0, line: firstLine)
        }
      }
    }
    numeric = columns.indices.filter { columns[$0].holdsNumbers(despiteTexts: skipsInvalid) }
  }

  /// A number with a decimal comma is no name.
  private func hasDecimalComma(_ field: String) -> Bool {
    Array(field.utf8).withUnsafeBufferPointer { DelimitedText.hasDecimalComma($0) }
  }

  /// Columns that would hold numbers if they had decimal points are not left out in silence.
  private func refuseDecimalCommas(_ path: String, _ sides: SideColumns) throws(FileError) {
    let others = try sides.places(path: path, names: names, count: columnCount).all
    for (index, column) in columns.enumerated() {
      // Where no column holds numbers the first record was not seen to be a header.
      let header = numeric.isEmpty ? 1 : 0
      guard let comma = column.firstComma, column.commaNumbers >= column.texts - header,
        !numeric.contains(index), !others.contains(index)
      else { continue }
      throw .malformed(
        path: path, place: .field(line: comma.line, column: index + 1),
        problem: "expected a number with a decimal point, found \(comma.field)")
    }
  }
}
