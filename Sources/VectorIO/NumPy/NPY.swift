internal import KMeansFiles

/// Opens an npy file.
func openNPY(
  _ input: InputBuffer, _ options: ReadingOptions
) throws(FileError) -> any RowDecoder {
  let header = try NPYHeader(input)
  let path = input.source.path
  if let size = input.source.size {
    let end = header.dataOffset + header.dataLength
    guard size >= end else {
      throw .malformed(
        path: path, place: .byte(size),
        problem: "the data ends here, after \(size - header.dataOffset) bytes; expected "
          + "\(header.dataLength) (\(header.rows) x \(header.columns) values of type "
          + "\(header.typeName))")
    }
    guard size == end else {
      throw .malformed(
        path: path, place: .byte(end),
        problem: "\(size - end) bytes after the last of \(header.rows) rows; expected the end")
    }
  }
  let info = VectorFileInfo(
    path: path, format: .npy, precision: header.type.precision, valueType: header.typeName,
    rows: header.rows, fileColumns: header.columns)
  let rows: any RowDecoder =
    header.isFortranOrder
    ? ColumnMajorRows(input, type: header.type, info: info, dataOffset: header.dataOffset)
    : BinaryRows(input, type: header.type, info: info, dataOffset: header.dataOffset)
  return try ColumnPicker.applying(options.columns, to: rows)
}
