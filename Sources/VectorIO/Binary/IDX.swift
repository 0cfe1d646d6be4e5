internal import KMeansFiles

/// Arrays as the MNIST files have them: two zeros, the type, the number of dimensions, their
/// big-endian uint32 lengths, and the values, big-endian, along the last dimension first.
///
/// The first dimension counts the rows; all others together are the columns of a row.
///
/// The format: <http://yann.lecun.com/exdb/mnist>.
enum IDX {
  private static let types: [UInt8: String] = [
    0x08: "|u1", 0x09: "|i1", 0x0b: ">i2", 0x0c: ">i4", 0x0d: ">f4", 0x0e: ">f8",
  ]
  private static let dimensionCounts: ClosedRange<UInt8> = 1...8

  /// Whether a file begins like one of these; reads no further than it takes to know.
  @Sendable static func isRecognized(_ input: InputBuffer) throws(FileError) -> Bool {
    guard try input.begins(with: [0, 0]) else { return false }
    try input.fill(atLeast: 3)
    guard input.unread.count >= 3, types[input.unread[2]] != nil else { return false }
    try input.fill(atLeast: 4)
    return input.unread.count >= 4 && dimensionCounts.contains(input.unread[3])
  }

  @Sendable static func open(
    _ input: InputBuffer, _ options: ReadingOptions
  ) throws(FileError) -> any RowDecoder {
    func malformed(_ byte: Int, _ problem: String) -> FileError {
      input.malformed(.byte(byte), problem)
    }
    try input.need(4)
    let (code, count) = (input.unread[2], input.unread[3])
    guard input.unread[0] == 0, input.unread[1] == 0 else {
      throw malformed(0, "expected the two zeros that an idx file begins with")
    }
    guard let typeName = types[code], let type = NumberType(numpy: typeName) else {
      throw malformed(2, "values of type \(code), expected 8, 9, 11, 12, 13 or 14")
    }
    guard dimensionCounts.contains(count) else {
      throw malformed(3, "an array of \(count) dimensions, expected 1 to 8")
    }
    let dataOffset = 4 + 4 * Int(count)
    try input.need(dataOffset)
    let lengths = (0..<Int(count)).map { index in
      Int(
        UInt32(
          bigEndian: input.unread.loadUnaligned(fromByteOffset: 4 + 4 * index, as: UInt32.self)))
    }
    var columns = 1
    for (index, length) in lengths.enumerated().dropFirst() {
      let (product, overflow) = columns.multipliedReportingOverflow(by: length)
      guard !overflow else {
        throw malformed(4 + 4 * index, "a row of more values than a file can hold")
      }
      columns = product
    }
    guard columns > 0 else { throw malformed(8, "an array of 0 columns, expected at least 1") }
    let promised = PromisedRows(
      format: .idx, type: type, typeName: typeName, rows: lengths[0], columns: columns,
      dataOffset: dataOffset)
    return try promised.open(input, options, place: .byte(4))
  }
}
