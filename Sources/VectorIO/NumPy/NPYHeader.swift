internal import KMeansFiles

/// The header of an npy file, checked as far as that goes without the data.
///
/// The format: <https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html>.
struct NPYHeader {
  static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)
  /// The longest header, in bytes; numpy's own have a few hundred.
  static let longestHeader = 1 << 20

  let type: NumberType
  /// The type as the header spells it.
  let typeName: String
  let isFortranOrder: Bool
  let rows: Int
  let columns: Int
  /// The offset of the shape, which holds the numbers of rows and columns, in bytes.
  let shapeOffset: Int
  /// The offset of the data, in bytes.
  let dataOffset: Int
  /// The length of the data, in bytes.
  let dataLength: Int

  /// Parses the header that the input begins with and leaves the input at the data.
  init(_ input: InputBuffer) throws(FileError) {
    func malformed(_ byte: Int, _ problem: String) -> FileError {
      input.malformed(.byte(byte), problem)
    }
    guard try input.begins(with: NPYHeader.magic) else {
      throw malformed(0, "expected the magic of an npy file")
    }
    try input.need(10)
    let version = (input.unread[6], input.unread[7])
    guard (1...3).contains(version.0), version.1 == 0 else {
      throw malformed(6, "expected format version 1.0, 2.0 or 3.0, found \(version.0).\(version.1)")
    }
    let textStart = version.0 == 1 ? 10 : 12
    try input.need(textStart)
    let textLength = (8..<textStart).reversed().reduce(0) { $0 << 8 | Int(input.unread[$1]) }
    guard textLength <= NPYHeader.longestHeader else {
      throw malformed(8, "a header of \(counted(textLength, "byte"))")
    }
    dataOffset = textStart + textLength
    try input.need(dataOffset)

    let text = Array(input.unread[textStart..<dataOffset])
    var cursor = HeaderCursor(
      text, offset: textStart, path: input.source.path, blanks: HeaderCursor.pythonBlanks)
    let fields = try cursor.npyFields()
    type = fields.type
    typeName = fields.typeName
    (rows, columns) = try NPYHeader.matrixShape(fields.shape) { malformed(fields.shapeOffset, $0) }
    shapeOffset = fields.shapeOffset
    dataLength = try RowLayout.length(
      rows: rows, columns: columns, type, behind: dataOffset, path: input.source.path,
      place: .byte(shapeOffset))
    // With one row or one column both orders are the same.
    isFortranOrder = fields.isFortranOrder && rows > 1 && columns > 1
    input.consume(dataOffset)
  }

  /// Rows and columns; a vector is one column.
  private static func matrixShape(
    _ shape: [Int], _ malformed: (String) -> FileError
  ) throws(FileError) -> (rows: Int, columns: Int) {
    guard shape.count == 1 || shape.count == 2 else {
      throw malformed(
        "an array of \(shape.count) dimensions, expected 2 (rows, columns) or 1 (rows)")
    }
    let columns = shape.count == 2 ? shape[1] : 1
    guard columns > 0 else { throw malformed("an array of 0 columns, expected at least 1") }
    return (shape[0], columns)
  }
}

/// Opens an npy file.
func openNPY(
  _ input: InputBuffer, _ options: ReadingOptions
) throws(FileError) -> any RowDecoder {
  try openNPY(input, options, in: .npy)
}

/// Opens an npy file, or one that is a member of a file in another format.
func openNPY(
  _ input: InputBuffer, _ options: ReadingOptions, in format: VectorFormat
) throws(FileError) -> any RowDecoder {
  let header = try NPYHeader(input)
  try RowLayout.checkSize(
    of: input.source, dataOffset: header.dataOffset, dataLength: header.dataLength,
    rows: header.rows, columns: header.columns, typeName: header.typeName)
  let layout = try RowLayout(
    input, type: header.type, columns: header.columns, dataOffset: header.dataOffset,
    place: .byte(header.shapeOffset))
  let info = VectorFileInfo(
    path: input.source.path, format: format, precision: header.type.precision,
    valueType: header.typeName, rows: header.rows, fileColumns: header.columns,
    isColumnMajor: header.isFortranOrder)
  let rows: any RowDecoder =
    header.isFortranOrder
    ? ColumnMajorRows(input, type: header.type, info: info, dataOffset: header.dataOffset)
    : BinaryRows(input, layout, info: info)
  return try ColumnPicker.applying(options, to: rows)
}
