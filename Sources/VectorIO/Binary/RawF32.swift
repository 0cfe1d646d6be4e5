internal import KMeansFiles

/// Opens little-endian 32-bit floats without a header.
func openRawF32(
  _ input: InputBuffer, _ options: ReadingOptions
) throws(FileError) -> any RowDecoder {
  let path = input.source.path
  guard let dimension = options.dimension else {
    throw .unusable(path: path, problem: "raw-f32 does not say how long a row is: give a dimension")
  }
  guard dimension > 0, dimension <= Int.max / 4 else {
    throw .unusable(path: path, problem: "a dimension of \(dimension), expected at least 1")
  }
  let type = NumberType(kind: .float, size: 4, isBigEndian: false)
  let rows = try rowsToTheEnd(of: input, rowLength: 4 * dimension)
  let layout = try RowLayout(input, type: type, columns: dimension, dataOffset: 0)
  let info = VectorFileInfo(
    path: path, format: .rawF32, precision: .float, valueType: "<f4", rows: rows,
    fileColumns: dimension)
  return try ColumnPicker.applying(options, to: BinaryRows(input, layout, info: info))
}

/// The rows of a length in the whole file; `nil` where its size is not known.
func rowsToTheEnd(of input: InputBuffer, rowLength: Int) throws(FileError) -> Int? {
  guard let size = input.source.size else { return nil }
  guard size.isMultiple(of: rowLength) else {
    throw BinaryRows.endsWithinRow(
      path: input.source.path, byte: size / rowLength * rowLength, rowLength)
  }
  return size / rowLength
}
