internal import KMeansFiles

/// Rows of values of one type that lie one after another, row after row.
final class BinaryRows: RowDecoder {
  var info: VectorFileInfo
  private let input: InputBuffer
  private let type: NumberType
  /// Where the first row begins, in bytes.
  private let dataOffset: Int
  private let rowLength: Int
  private var rowsRead = 0

  /// - Parameters:
  ///   - input: stands at the first row.
  ///   - info: its `rows` are nil where they go on to the end of the input.
  init(_ input: InputBuffer, type: NumberType, info: VectorFileInfo, dataOffset: Int) {
    self.input = input
    self.type = type
    self.info = info
    self.dataOffset = dataOffset
    rowLength = info.fileColumns * type.size
  }

  var remainingRowsEstimate: Int? {
    guard let rows = info.rows else { return nil }
    let rest = rows - rowsRead
    return input.source.size != nil
      ? rest : cautious(rest, rowsRead: rowsRead, columns: info.columns)
  }

  func rewind() throws(FileError) {
    try input.rewind()
    try input.fill(atLeast: dataOffset)
    input.consume(min(dataOffset, input.unread.count))
    rowsRead = 0
  }

  func read(into rows: UnsafeMutableBufferPointer<Float>) throws(FileError) -> Int {
    try readRows(into: rows)
  }

  func read(into rows: UnsafeMutableBufferPointer<Double>) throws(FileError) -> Int {
    try readRows(into: rows)
  }

  private func readRows<Scalar: ReadableScalar>(
    into rows: UnsafeMutableBufferPointer<Scalar>
  ) throws(FileError) -> Int {
    var room = rows.count / info.columns
    if let count = info.rows { room = min(room, count - rowsRead) }
    if input.source.isLive, room > 0 {
      // What has come is worth handing on; of the rest wait for one row.
      if input.unread.isEmpty { try input.fill() }
      room = min(room, max(1, input.unread.count / rowLength))
    }
    let count =
      type.matches(Scalar.self) ? try copy(room, into: rows) : try convert(room, into: rows)
    rowsRead += count
    if count == 0 { try checkEnd() }
    return count
  }

  /// Reads rows that need no conversion, straight to where they belong.
  private func copy<Scalar: ReadableScalar>(
    _ room: Int, into rows: UnsafeMutableBufferPointer<Scalar>
  ) throws(FileError) -> Int {
    let target = UnsafeMutableRawBufferPointer(start: rows.baseAddress, count: room * rowLength)
    return try wholeRows(of: try input.take(into: target), expected: room)
  }

  /// Reads rows by way of a small piece of memory.
  private func convert<Scalar: ReadableScalar>(
    _ room: Int, into rows: UnsafeMutableBufferPointer<Scalar>
  ) throws(FileError) -> Int {
    let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 64)
    defer { piece.deallocate() }
    let valueCount = room * info.columns
    var done = 0
    var byteCount = 0
    while done < valueCount {
      let count = min(valueCount - done, piece.count / type.size)
      let part = UnsafeMutableRawBufferPointer(rebasing: piece[..<(count * type.size)])
      let taken = try input.take(into: part)
      Conversion.convert(
        UnsafeRawPointer(part.baseAddress!), type, count: taken / type.size,
        to: rows.baseAddress! + done)
      byteCount += taken
      if taken < part.count { break }
      done += count
    }
    return try wholeRows(of: byteCount, expected: room)
  }

  /// How many rows some bytes are; all that are expected, unless only the end says how many.
  private func wholeRows(of byteCount: Int, expected: Int) throws(FileError) -> Int {
    if byteCount == expected * rowLength { return expected }
    if let rows = info.rows {
      let found = rowsRead * rowLength + byteCount
      throw .malformed(
        path: info.path, place: .byte(dataOffset + found),
        problem: "the data ends here, after \(found) bytes; expected \(rows * rowLength) "
          + "(\(rows) x \(info.fileColumns) values of type \(info.valueType))")
    }
    guard byteCount.isMultiple(of: rowLength) else {
      let byte = dataOffset + (rowsRead + byteCount / rowLength) * rowLength
      throw BinaryRows.endsWithinRow(path: info.path, byte: byte, rowLength)
    }
    return byteCount / rowLength
  }

  /// Behind the last row there is nothing.
  private func checkEnd() throws(FileError) {
    try input.fill(atLeast: 1)
    guard input.unread.isEmpty else {
      throw .malformed(
        path: info.path, place: .byte(input.offset),
        problem: "bytes after the last of \(rowsRead) rows; expected the end")
    }
  }

  /// The error of a file whose last row is not whole.
  static func endsWithinRow(path: String, byte: Int, _ rowLength: Int) -> FileError {
    .malformed(
      path: path, place: .byte(byte),
      problem: "the last whole row ends here; expected a multiple of \(rowLength) bytes in all")
  }
}
