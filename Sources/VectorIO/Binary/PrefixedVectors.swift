internal import KMeansFiles

/// Opens fvecs, bvecs or ivecs: vectors one after another, each behind its dimension, a
/// little-endian int32. All dimensions must be the same.
///
/// The format: <http://corpus-texmex.irisa.fr>.
func openPrefixedVectors(
  _ format: VectorFormat, _ typeName: String
) -> @Sendable (InputBuffer, ReadingOptions) throws(FileError) -> any RowDecoder {
  let type = NumberType(numpy: typeName)!
  return { (input, options) throws(FileError) in
    let path = input.source.path
    try input.fill(atLeast: 4)
    let begin = input.unread
    guard !begin.isEmpty else {
      throw .malformed(
        path: path, place: .byte(0),
        problem: "no rows: the file is empty; expected vectors, each behind its dimension")
    }
    guard begin.count >= 4 else {
      throw .malformed(
        path: path, place: .byte(begin.count),
        problem: "the file ends here, expected a dimension of 4 bytes")
    }
    let dimension = Int(Int32(littleEndian: begin.loadUnaligned(as: Int32.self)))
    guard dimension > 0 else {
      throw .malformed(
        path: path, place: .byte(0),
        problem: "row 1 has a dimension of \(dimension), expected at least 1")
    }
    let layout = try RowLayout(
      input, type: type, columns: dimension, prefix: Array(begin.prefix(4)), dataOffset: 0)
    let rows = try rowsToTheEnd(of: input, rowLength: layout.rowLength)
    let info = VectorFileInfo(
      path: path, format: format, precision: type.precision, valueType: typeName, rows: rows,
      fileColumns: dimension)
    return try ColumnPicker.applying(options, to: BinaryRows(input, layout, info: info))
  }
}
