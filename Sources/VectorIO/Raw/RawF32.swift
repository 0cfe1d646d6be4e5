internal import KMeansFiles

/// Opens little-endian 32-bit floats without a header.
func openRawF32(
  _ input: InputBuffer, _ options: ReadingOptions
) throws(FileError) -> any RowDecoder {
  let path = input.source.path
  guard let dimension = options.dimension else {
    throw .unusable(path: path, problem: "raw-f32 does not say how long a row is: give a dimension")
  }
  let (rowLength, overflow) = dimension.multipliedReportingOverflow(by: 4)
  guard dimension > 0, !overflow else {
    throw .unusable(path: path, problem: "a dimension of \(dimension), expected at least 1")
  }
  let rows = input.source.size.map { $0 / rowLength }
  if let size = input.source.size, !size.isMultiple(of: rowLength) {
    throw BinaryRows.endsWithinRow(path: path, byte: size / rowLength * rowLength, rowLength)
  }
  let info = VectorFileInfo(
    path: path, format: .rawF32, precision: .float, valueType: "<f4", rows: rows,
    fileColumns: dimension)
  let type = NumberType(kind: .float, size: 4, isBigEndian: false)
  return try ColumnPicker.applying(
    options.columns, to: BinaryRows(input, type: type, info: info, dataOffset: 0))
}
