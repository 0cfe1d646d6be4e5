internal import KMeansFiles

/// Rows of values of one type that lie one after another, row after row.
final class BinaryRows: UniformRowDecoder {
  var info: VectorFileInfo
  let input: InputBuffer
  let layout: RowLayout
  private(set) var rowsRead = 0
  /// Memory for bytes that cannot go straight to the rows; taken when it is first needed.
  private var piece = UnsafeMutableRawBufferPointer(start: nil, count: 0)
  /// The bytes of a piece, which stays in the cache between the read and the conversion.
  static let pieceLength = 1 << 18

  /// - Parameters:
  ///   - input: stands at the first row.
  ///   - info: its `rows` are `nil` where they go on to the end of the input.
  init(_ input: InputBuffer, _ layout: RowLayout, info: VectorFileInfo) {
    self.input = input
    self.layout = layout
    self.info = info
    self.info.isRereadable = info.rows != nil && input.source.size != nil
  }

  deinit { piece.deallocate() }

  var remainingRowsEstimate: Int? {
    guard let rows = info.rows else { return nil }
    let rest = rows - rowsRead
    return input.source.size != nil
      ? rest : cautious(rest, rowsRead: rowsRead, columns: info.columns)
  }

  func rewind() throws(FileError) {
    if info.isRereadable { return try seek(toRow: 0) }
    try input.rewind()
    try input.skip(layout.dataOffset)
    rowsRead = 0
  }

  func seek(toRow row: Int) throws(FileError) {
    guard info.isRereadable, let rows = info.rows else { throw onlyInOrder }
    precondition(row >= 0 && row <= rows, "row \(row) of \(rows)")
    input.seek(to: layout.dataOffset + row * layout.rowLength)
    rowsRead = row
  }

  func readRows<Scalar: ReadableScalar>(
    into rows: UnsafeMutableBufferPointer<Scalar>
  ) throws(FileError) -> Int {
    var room = rows.count / layout.columns
    if let count = info.rows { room = min(room, count - rowsRead) }
    if input.source.isLive, room > 0 {
      // The rows that have arrived are returned at once; if there are none, one row is awaited.
      if input.unread.isEmpty { try input.fill() }
      room = min(room, max(1, input.unread.count / layout.rowLength))
    }
    let byteCount =
      layout.prefix.isEmpty
      ? try readValues(room * layout.columns, into: rows.baseAddress!)
      : try readPrefixed(room, into: rows.baseAddress!)
    let count = try wholeRows(of: byteCount, expected: room)
    rowsRead += count
    if count == 0 { try checkEnd() }
    return count
  }

  /// Reads values: straight to where they belong, or by way of a piece of memory.
  ///
  /// - Returns: the bytes that there were: fewer than these values have at the end alone.
  func readValues<Scalar: ReadableScalar>(
    _ valueCount: Int, into values: UnsafeMutablePointer<Scalar>
  ) throws(FileError) -> Int {
    let size = layout.type.size
    if layout.type.matches(Scalar.self) {
      return try input.take(
        into: UnsafeMutableRawBufferPointer(start: values, count: valueCount * size))
    }
    var done = 0
    while done < valueCount {
      let count = min(valueCount - done, BinaryRows.pieceLength / size)
      let part = memory(count * size)
      let taken = try input.take(into: part)
      Conversion.convert(
        UnsafeRawPointer(part.baseAddress!), layout.type, count: taken / size, to: values + done)
      if taken < part.count { return done * size + taken }
      done += count
    }
    return done * size
  }

  /// The first bytes of the piece, which grows as far as rows of this length need.
  func memory(_ byteCount: Int) -> UnsafeMutableRawBufferPointer {
    if byteCount > piece.count {
      piece.deallocate()
      piece = .allocate(byteCount: byteCount, alignment: 64)
    }
    return UnsafeMutableRawBufferPointer(rebasing: piece[..<byteCount])
  }

  /// The whole rows in some bytes; all that are expected, unless only the end of the file says it.
  private func wholeRows(of byteCount: Int, expected: Int) throws(FileError) -> Int {
    let rowLength = layout.rowLength
    if byteCount == expected * rowLength { return expected }
    if let rows = info.rows {
      let found = rowsRead * rowLength + byteCount
      throw .malformed(
        path: info.path, place: .byte(layout.dataOffset + found),
        problem:
          "the data ends here, after \(counted(found, "byte")); expected \(rows * rowLength) "
          + "(\(rows) x \(info.fileColumns) values of type \(info.valueType))")
    }
    guard byteCount.isMultiple(of: rowLength) else {
      let byte = layout.dataOffset + (rowsRead + byteCount / rowLength) * rowLength
      throw BinaryRows.endsWithinRow(path: info.path, byte: byte, rowLength)
    }
    return byteCount / rowLength
  }

  /// Checks that no byte follows the last row.
  private func checkEnd() throws(FileError) {
    guard layout.endsInput else { return }
    try input.fill(atLeast: 1)
    guard input.unread.isEmpty else {
      throw .malformed(
        path: info.path, place: .byte(input.offset),
        problem: "bytes after the last of \(counted(rowsRead, "row")); expected the end")
    }
  }

  /// The error of a file whose last row is not whole.
  static func endsWithinRow(path: String, byte: Int, _ rowLength: Int) -> FileError {
    .malformed(
      path: path, place: .byte(byte),
      problem:
        "the last whole row ends here; expected a multiple of \(counted(rowLength, "byte")) in all")
  }
}

extension InputBuffer {
  /// Takes bytes, as many as there are of so many, in bounded memory.
  func skip(_ count: Int) throws(FileError) {
    var rest = count
    while rest > 0 {
      if unread.isEmpty { guard try fill() else { return } }
      let taken = min(rest, unread.count)
      consume(taken)
      rest -= taken
    }
  }
}
