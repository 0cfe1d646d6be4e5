internal import KMeansFiles

/// Opens text with commas, or with the delimiter that its first line uses instead.
func openCSV(
  _ input: InputBuffer, _ options: ReadingOptions
) throws(FileError) -> any RowDecoder {
  try DelimitedText.open(input, options, .csv) { () throws(FileError) in
    try DelimitedText.delimiter(of: input)
  }
}

/// Opens text with tabs.
func openTSV(
  _ input: InputBuffer, _ options: ReadingOptions
) throws(FileError) -> any RowDecoder {
  try DelimitedText.open(input, options, .tsv) { () throws(FileError) in UInt8(ascii: "\t") }
}

/// The beginning of a delimited text: everything before its records.
enum DelimitedText {
  static let byteOrderMark: [UInt8] = [0xef, 0xbb, 0xbf]

  static func open(
    _ input: InputBuffer, _ options: ReadingOptions, _ format: VectorFormat,
    _ findDelimiter: () throws(FileError) -> UInt8
  ) throws(FileError) -> any RowDecoder {
    let delimiter = try begin(input, format, findDelimiter)
    let path = input.source.path
    let layout = try TextLayout(input, delimiter: delimiter, options)
    if layout.columnCount == 0 { return EmptyRows(input, format, columns: 0) }
    let file = layout.file
    let options = try options.decided(in: file)
    // A header without rows does not say which of its columns hold numbers: all may.
    let isGuess = layout.rowCount == 0 && options.columns.asksContents
    let numeric = isGuess ? Array(0..<layout.columnCount) : layout.numeric
    let chosen = try options.chosenColumns(in: file, numeric: numeric)
    let auxiliary = try options.auxiliary.places(in: file)
    let weight = options.auxiliary.isWeightOptional ? auxiliary.weight : nil
    var info = VectorFileInfo(
      path: path, format: format, precision: .double, valueType: "text",
      rows: isGuess ? 0 : nil,
      fileColumns: layout.columnCount, columnNames: layout.names,
      areColumnsFoundOut: options.columns == .numeric
        && chosen == layout.numeric.filter { $0 != weight }
        && weight.map(layout.numeric.contains) ?? true,
      textRemarks: layout.remarks)
    info.choose(chosen, auxiliary, options)
    return try RecordRows(
      input, DelimitedRecord(delimiter: delimiter, layout, info, options), info: info,
      auxiliary: AuxiliaryFields(auxiliary, delimiter: delimiter, names: layout.names, options))
  }

  /// Goes to the first record; refuses a file of another format.
  ///
  /// - Returns: the delimiter.
  static func begin(
    _ input: InputBuffer, _ format: VectorFormat, _ findDelimiter: () throws(FileError) -> UInt8
  ) throws(FileError) -> UInt8 {
    try refuseOtherFormats(input, format)
    try skipMark(input)
    return try findDelimiter()
  }

  /// Goes to the first line that is not blank, past a byte order mark.
  ///
  /// - Parameter tabs: whether a line of tabs is blank.
  static func skipMark(_ input: InputBuffer, tabs: Bool = false) throws(FileError) {
    if try input.begins(with: byteOrderMark) { input.consume(byteOrderMark.count) }
    try input.skipBlankLines(tabs: tabs)
  }

  /// Refuses files that are not text, or text of another encoding, under the name of text.
  static func refuseOtherFormats(
    _ input: InputBuffer, _ format: VectorFormat
  ) throws(FileError) {
    for (magic, problem) in [
      (GunzipSource.magic, "this is gzip data within gzip data"),
      (NPYHeader.magic, "this is npy data; name it .npy"),
    ] where try input.begins(with: magic) {
      throw .malformed(path: input.source.path, place: .byte(0), problem: problem)
    }
    for mark: [UInt8] in [[0xff, 0xfe], [0xfe, 0xff]] where try input.begins(with: mark) {
      throw .malformed(
        path: input.source.path, place: .byte(0),
        problem: "this is UTF-16 text, by its byte order mark; expected UTF-8")
    }
  }
}

// The delimiter of a text, as its first line shows it.
extension DelimitedText {
  /// The delimiter of a text by its first line: a comma, unless there is none but a semicolon or a
  /// tab. Bytes in quotes do not count, and neither do the commas of a line such as
  /// `1,5;2,5`, where all of them stand for a decimal point.
  static func delimiter(of input: InputBuffer) throws(FileError) -> UInt8 {
    let line = try firstLine(of: input)
    let bytes = UnsafeRawBufferPointer(rebasing: input.unread[line])
      .assumingMemoryBound(to: UInt8.self)
    let (comma, semicolon) = (UInt8(ascii: ","), UInt8(ascii: ";"))
    var found: Set<UInt8> = []
    var isQuoted = false
    for byte in bytes {
      if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
      if !isQuoted, byte == comma || byte == semicolon || byte == UInt8(ascii: "\t") {
        found.insert(byte)
      }
    }
    if found.contains(comma) {
      return found.contains(semicolon) && areCommasDecimal(bytes) ? semicolon : comma
    }
    if found.contains(semicolon) { return semicolon }
    return found.contains(UInt8(ascii: "\t")) ? UInt8(ascii: "\t") : comma
  }

  /// The range of the first line that is not blank; line ends in quotes end no line here.
  private static func firstLine(of input: InputBuffer) throws(FileError) -> Range<Int> {
    var isQuoted = false
    var isBlank = true
    var (start, index) = (0, 0)
    while index < RecordScanner.longestRecord {
      if index == input.unread.count {
        guard try input.fill() else { break }
      }
      let bytes = input.unread
      while index < bytes.count {
        let byte = bytes[index]
        if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
        if byte > 0x20 { isBlank = false }
        if byte == UInt8(ascii: "\n"), !isQuoted {
          if !isBlank {
            return start..<(bytes[index - 1] == UInt8(ascii: "\r") ? index - 1 : index)
          }
          start = index + 1
        }
        index += 1
      }
    }
    return start..<index
  }

  /// Whether every field between semicolons that has a comma is a number with a decimal comma.
  private static func areCommasDecimal(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
    var fields = FieldCursor(line, delimiter: UInt8(ascii: ";"))
    while let field = fields.nextField() {
      if field.contains(UInt8(ascii: ",")), !hasDecimalComma(field) { return false }
    }
    return true
  }

  /// Whether a field is a number but for a comma in the place of the decimal point.
  static func hasDecimalComma(_ field: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let comma = field.firstIndex(of: UInt8(ascii: ",")) else { return false }
    // Numbers that people write with a comma are short; the copy ends with a zero.
    guard field.count < 1000 else { return false }
    var copy = Array(field) + [0]
    copy[comma] = UInt8(ascii: ".")
    return copy.withUnsafeBufferPointer {
      FieldKind(UnsafeBufferPointer(rebasing: $0.dropLast())) == .number
    }
  }
}
