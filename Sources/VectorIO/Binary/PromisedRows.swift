internal import KMeansFiles

/// What a header says of the rows behind it, to be checked before it is believed.
struct PromisedRows {
  let format: VectorFormat
  let type: NumberType
  /// The type as numpy spells it.
  let typeName: String
  let rows: Int
  /// At least 1.
  let columns: Int
  /// How long the header is, in bytes.
  let dataOffset: Int

  /// Opens the rows that follow the header, which is still unread.
  ///
  /// - Parameter place: where the header says how many rows and columns there are.
  /// - Throws: ``FileError`` where the file is too small or too large for them.
  func open(
    _ input: InputBuffer, _ options: ReadingOptions, place: FileError.Place
  ) throws(FileError) -> any RowDecoder {
    let source = input.source
    let length = try RowLayout.length(
      rows: rows, columns: columns, type, behind: dataOffset, path: source.path, place: place)
    try RowLayout.checkSize(
      of: source, dataOffset: dataOffset, dataLength: length, rows: rows, columns: columns,
      typeName: typeName)
    let layout = try RowLayout(
      input, type: type, columns: columns, dataOffset: dataOffset, place: place)
    let info = VectorFileInfo(
      path: source.path, format: format, precision: type.precision, valueType: typeName,
      rows: rows, fileColumns: columns)
    input.consume(dataOffset)
    return try ColumnPicker.applying(options, to: BinaryRows(input, layout, info: info))
  }
}
