internal import KMeansFiles

/// Opens fbin, u8bin or i8bin: the number of vectors and their dimension, each a little-endian
/// uint32, and the values, row after row.
///
/// The format: <https://big-ann-benchmarks.com/neurips21.html>.
func openCountedVectors(
  _ format: VectorFormat, _ typeName: String
) -> @Sendable (InputBuffer, ReadingOptions) throws(FileError) -> any RowDecoder {
  let type = NumberType(numpy: typeName)!
  return { (input, options) throws(FileError) in
    let dataOffset = 8
    try input.need(dataOffset)
    let header = input.unread
    func number(at offset: Int) -> Int {
      Int(UInt32(littleEndian: header.loadUnaligned(fromByteOffset: offset, as: UInt32.self)))
    }
    let (rows, columns) = (number(at: 0), number(at: 4))
    guard columns > 0 else {
      throw input.malformed(.byte(4), "a dimension of 0, expected at least 1")
    }
    let promised = PromisedRows(
      format: format, type: type, typeName: typeName, rows: rows, columns: columns,
      dataOffset: dataOffset)
    return try promised.open(input, options, place: .byte(0))
  }
}

/// The size that a header claims for its rows, to be checked before it is believed.
struct PromisedRows {
  let format: VectorFormat
  let type: NumberType
  /// The type as numpy spells it.
  let typeName: String
  let rows: Int
  /// The values of a row, at least 1.
  let columns: Int
  /// The length of the header, in bytes.
  let dataOffset: Int

  /// Opens the rows that follow the header, which is still unread.
  ///
  /// - Parameter place: the place of the numbers of rows and columns in the header.
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
