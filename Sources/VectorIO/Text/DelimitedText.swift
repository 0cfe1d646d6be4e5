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
    // A header without rows does not say which of its columns hold numbers: all may.
    let isGuess = layout.rowCount == 0 && options.columns == .numeric
    let numeric = isGuess ? Array(0..<layout.columnCount) : layout.numeric
    let chosen = try options.chosenColumns(
      path: path, names: layout.names, count: layout.columnCount, numeric: numeric)
    let sides = try options.sides.places(path: path, names: layout.names, count: layout.columnCount)
    let weight = options.sides.isWeightOptional ? sides.weight : nil
    var info = VectorFileInfo(
      path: path, format: format, precision: .double, valueType: "text",
      rows: isGuess ? 0 : nil,
      fileColumns: layout.columnCount, columnNames: layout.names,
      areColumnsFoundOut: options.columns == .numeric
        && chosen == layout.numeric.filter { $0 != weight }
        && weight.map(layout.numeric.contains) ?? true,
      textRemarks: layout.remarks)
    info.choose(chosen, sides, options)
    return try RecordRows(
      input, DelimitedRecord(delimiter: delimiter, layout, info, options), info: info,
      sides: SideFields(sides, delimiter: delimiter, names: layout.names, options))
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
