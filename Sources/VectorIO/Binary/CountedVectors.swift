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
    let path = input.source.path
    let dataOffset = 8
    try input.fill(atLeast: dataOffset)
    let header = input.unread
    guard header.count >= dataOffset else {
      throw .malformed(
        path: path, place: .byte(header.count),
        problem: "the file ends here, expected a header of \(dataOffset) bytes")
    }
    func number(at offset: Int) -> Int {
      Int(UInt32(littleEndian: header.loadUnaligned(fromByteOffset: offset, as: UInt32.self)))
    }
    let (rows, columns) = (number(at: 0), number(at: 4))
    guard columns > 0 else {
      throw .malformed(
        path: path, place: .byte(4), problem: "a dimension of 0, expected at least 1")
    }
    let promised = PromisedRows(
      format: format, type: type, typeName: typeName, rows: rows, columns: columns,
      dataOffset: dataOffset)
    return try promised.open(input, options, place: .byte(0))
  }
}
