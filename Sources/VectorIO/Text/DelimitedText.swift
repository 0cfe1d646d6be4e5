internal import KMeansFiles

/// Opens text with commas, or with the delimiter that its first lines use instead.
func openCSV(
  _ input: InputBuffer, _ options: ReadingOptions
) throws(FileError) -> any RowDecoder {
  try DelimitedText.open(input, options, .csv)
}

/// Opens text with tabs.
func openTSV(
  _ input: InputBuffer, _ options: ReadingOptions
) throws(FileError) -> any RowDecoder {
  try DelimitedText.open(input, options, .tsv)
}

/// The beginning of a delimited text: everything before its records.
enum DelimitedText {
  static let byteOrderMark: [UInt8] = [0xef, 0xbb, 0xbf]

  static func open(
    _ input: InputBuffer, _ options: ReadingOptions, _ format: VectorFormat
  ) throws(FileError) -> any RowDecoder {
    let start = try TextStart(input, format, options)
    let path = input.source.path
    let layout = try TextLayout(input, start, options)
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
    (info.textStyle, info.text) = (start.style, start.said)
    info.isHeaderAlone = layout.rowCount == 0 && layout.names != nil
    return try RecordRows(
      input, DelimitedRecord(layout, info, options), info: info,
      sides: AuxiliaryFields(auxiliary, start.style, names: layout.names, options))
  }

  /// Goes to the first line that is neither blank nor a comment, past a byte order mark.
  ///
  /// - Parameters:
  ///   - tabs: whether a line of tabs is blank.
  ///   - take: gets the lines, but for the mark.
  /// - Returns: how many lines end with the last comment.
  @discardableResult
  static func skipMark(
    _ input: InputBuffer, tabs: Bool = false, comment: UInt8? = nil,
    _ take: (UnsafeRawBufferPointer) throws(FileError) -> Void = { _ in }
  ) throws(FileError) -> Int {
    if try input.begins(with: byteOrderMark) { input.consume(byteOrderMark.count) }
    try input.skipBlankLines(tabs: tabs, take)
    guard let comment else { return 0 }
    var lines = 0
    while try input.skipComment(comment, tabs: tabs, take) {
      lines = input.line - 1
      try input.skipBlankLines(tabs: tabs, take)
    }
    return lines
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

// Numbers of another notation.
extension DelimitedText {
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
