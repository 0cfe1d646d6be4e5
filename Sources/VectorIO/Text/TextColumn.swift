internal import KMeansFiles

/// One column of a delimited text, as text: labels, names, keys.
///
/// ```swift
/// let kinds = try TextColumn("kind", of: "connections.csv.gz")
/// kinds.values    // "normal.", "smurf.", ...
/// ```
///
/// Fields in quotes (RFC 4180) may hold delimiters and line ends; blanks at the ends of a field do
/// not count; bytes that are not UTF-8 become scalars of their own (U+10FE00 and the byte), so that
/// texts that differ stay different; a blank line is no row but in a text of one column, where it
/// is an empty text unless it is the end: the rows are those that ``VectorFile`` reads.
public struct TextColumn: Sendable, Hashable {
  /// The file, as error messages name it.
  public let path: String
  /// The place of the column in the file, counted from 1.
  public let number: Int
  /// Its name, if the file has a header.
  public let name: String?
  /// The text of each row.
  public let values: [String]

  /// Reads a column.
  ///
  /// - Parameters:
  ///   - column: its name in the header, or its number from 1; `nil` for the only one that there
  ///     is.
  ///   - path: a file of comma- or tab-separated text, possibly packed by gzip.
  ///   - options: those by which the rows of the same file are read, so that both take the same
  ///     line for a header.
  /// - Throws: ``FileError``.
  /// - Complexity: O(bytes of the file), and memory for one text a row.
  public init(
    _ column: String? = nil, of path: String, options: ReadingOptions = ReadingOptions()
  ) throws {
    try self.init(column, source: InputFile(path), name: path, options: options)
  }

  /// Reads a column from bytes of any origin, under a file name.
  package init(
    _ column: String?, source: any ByteSource, name: String,
    options: ReadingOptions = ReadingOptions(), windowSize: Int = 1 << 18
  ) throws {
    let found = try RecognizedInput(
      source: source, name: name, format: options.format, windowSize: windowSize)
    let input = found.input
    path = input.source.path
    let format = found.format
    guard format == .csv || format == .tsv else {
      throw FileError.unusable(
        path: path,
        problem: "expected csv or tsv to take a column of text from, found \(format.rawValue)")
    }
    let start = try TextStart(input, format, options, isLoneColumn: column == nil)
    // Listed columns, so that a file without numbers is none that is wrong.
    var reading = options
    reading.leavingOut = column
    if options.columns == .numeric { reading.columns = .listed([]) }
    // The only text in a file of its own is the text of one row.
    reading.isLoneTextRow = column == nil
    let layout = try TextLayout(input, start, reading)
    let index = try TextColumn.index(of: column, path, layout, options)
    number = index + 1
    self.name = layout.names?[index]
    values = try TextColumn.read(index, input, layout, reading)
  }

  private static func index(
    of column: String?, _ path: String, _ layout: TextLayout, _ options: ReadingOptions
  ) throws(FileError) -> Int {
    if let column {
      return try ColumnSelection.index(of: column, in: layout.file)
    }
    guard layout.columnCount == 1 else {
      throw .malformed(
        path: path, place: .wholeFile,
        problem: "\(counted(layout.columnCount, "column")), expected one label a row"
          + (options.namesOptions ? "; FILE:COLUMN takes one of them" : ""))
    }
    return 0
  }

  private static func read(
    _ index: Int, _ input: InputBuffer, _ layout: TextLayout, _ options: ReadingOptions
  ) throws(FileError) -> [String] {
    var scanner = try layout.scanner(of: input)
    scanner.faultRule = options.faultRule(fields: layout.columnCount)
    var values: [String] = []
    var memory = 0
    while let record = try scanner.next() {
      var fields = FieldCursor(input.bytes(of: record), delimiter: layout.style.delimiter)
      var (count, text) = (0, "")
      while let field = fields.nextField() {
        if count == index { text = FieldCursor.text(field, isQuoted: fields.isQuoted) }
        count += 1
      }
      if count != layout.columnCount || record.isFaulty {
        guard options.leavesOut else {
          throw layout.wrongCount(count, record, of: input, options)
        }
        // The row is left out, and keeps its place.
        text = ""
      }
      memory += 16 + (text.utf8.count > 15 ? text.utf8.count + 48 : 0)
      // The array is about to move to twice its memory.
      if values.count == values.capacity {
        try AvailableMemory.check(
          memory + 32 * values.count, path: input.source.path,
          "a column of more than \(values.count) texts")
      }
      values.append(text)
    }
    return values
  }
}
