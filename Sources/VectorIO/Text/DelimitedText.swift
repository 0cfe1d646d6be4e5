internal import KMeansFiles

/// Opens text with commas, or with what its first line uses instead.
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

/// What comes before the records of a delimited text.
enum DelimitedText {
  static let byteOrderMark: [UInt8] = [0xef, 0xbb, 0xbf]

  static func open(
    _ input: InputBuffer, _ options: ReadingOptions, _ format: VectorFormat,
    _ findDelimiter: () throws(FileError) -> UInt8
  ) throws(FileError) -> any RowDecoder {
    try refuseOtherFormats(input, format)
    try skipMark(input)
    let delimiter = try findDelimiter()
    let path = input.source.path
    let layout = try TextLayout(input, delimiter: delimiter, selection: options.columns)
    let chosen = try options.columns.resolve(
      path: path, names: layout.names, count: layout.columnCount, numeric: layout.numeric)
    let info = VectorFileInfo(
      path: path, format: format, precision: .double, valueType: "text", rows: nil,
      fileColumns: layout.columnCount, columnNames: layout.names, chosen: chosen,
      areColumnsFoundOut: options.columns == .numeric)
    return try TextRows(input, delimiter: delimiter, layout: layout, info: info)
  }

  static func skipMark(_ input: InputBuffer) throws(FileError) {
    if try input.begins(with: byteOrderMark) { input.consume(byteOrderMark.count) }
  }

  /// Files that are not text, under the name of one that is.
  private static func refuseOtherFormats(
    _ input: InputBuffer, _ format: VectorFormat
  ) throws(FileError) {
    for (magic, name, suffix) in [
      (GunzipSource.magic, "gzip", ".\(format.rawValue).gz"), (NPYHeader.magic, "npy", ".npy"),
    ] where try input.begins(with: magic) {
      throw .malformed(
        path: input.source.path, place: .byte(0), problem: "this is \(name) data; name it \(suffix)"
      )
    }
  }

  /// The delimiter of a text by its first line: a comma, unless there is none but a semicolon or a
  /// tab. What stands in quotes does not count.
  static func delimiter(of input: InputBuffer) throws(FileError) -> UInt8 {
    var counts: [UInt8: Int] = [:]
    var isQuoted = false
    var isBlank = true
    var index = 0
    while index < RecordScanner.longestRecord {
      if index == input.unread.count {
        guard try input.fill() else { break }
      }
      let byte = input.unread[index]
      index += 1
      if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
      if isQuoted { continue }
      if byte == UInt8(ascii: ",") { return byte }
      if byte == UInt8(ascii: "\n"), !isBlank { break }
      if byte > 0x20 { isBlank = false }
      if byte == UInt8(ascii: ";") || byte == UInt8(ascii: "\t") { counts[byte, default: 0] += 1 }
    }
    if counts[UInt8(ascii: ";")] != nil { return UInt8(ascii: ";") }
    return counts[UInt8(ascii: "\t")] != nil ? UInt8(ascii: "\t") : UInt8(ascii: ",")
  }
}
