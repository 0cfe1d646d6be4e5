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
    try input.fill(atLeast: 4)
    guard !input.unread.isEmpty else {
      throw input.malformed(
        .byte(0), "no rows: the file is empty; expected vectors, each behind its dimension")
    }
    try input.need(4, "a dimension of 4 bytes")
    let begin = input.unread
    let dimension = Int(Int32(littleEndian: begin.loadUnaligned(as: Int32.self)))
    guard dimension > 0 else {
      throw input.malformed(
        .byte(0), "row 1 has a dimension of \(dimension), expected at least 1")
    }
    let layout = try RowLayout(
      input, type: type, columns: dimension, prefix: Array(begin.prefix(4)), dataOffset: 0)
    let rows = try rowsToTheEnd(of: input, rowLength: layout.rowLength)
    let info = VectorFileInfo(
      path: input.source.path, format: format, precision: type.precision, valueType: typeName,
      rows: rows,
      fileColumns: dimension)
    return try ColumnPicker.applying(options, to: BinaryRows(input, layout, info: info))
  }
}
