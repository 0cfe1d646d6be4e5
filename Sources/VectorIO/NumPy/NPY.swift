internal import KMeansFiles

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
