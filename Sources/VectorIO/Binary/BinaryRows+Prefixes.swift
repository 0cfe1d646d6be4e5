internal import KMeansFiles

// The checks of the length that stands before each row, as in fvecs.
extension BinaryRows {
  /// Reads rows that each begin with the same prefix.
  ///
  /// - Returns: the bytes that there were: fewer than these rows have at the end alone.
  func readPrefixed<Scalar: ReadableScalar>(
    _ room: Int, into rows: UnsafeMutablePointer<Scalar>
  ) throws(FileError) -> Int {
    let rowLength = layout.rowLength
    let most = BinaryRows.pieceLength / rowLength
    var done = 0
    while done < room {
      let target = rows + done * layout.columns
      let count = most < 4 ? 1 : min(room - done, most)
      let taken =
        most < 4 ? try readLongRow(done, into: target) : try readBlock(count, done, into: target)
      if taken < count * rowLength { return done * rowLength + taken }
      done += count
    }
    return done * rowLength
  }

  /// Reads a row whose values are worth a read of their own.
  private func readLongRow<Scalar: ReadableScalar>(
    _ index: Int, into row: UnsafeMutablePointer<Scalar>
  ) throws(FileError) -> Int {
    let part = memory(layout.prefix.count)
    let taken = try input.take(into: part)
    guard taken == part.count else { return taken }
    try checkPrefix(UnsafeRawBufferPointer(part), index)
    return try taken + readValues(layout.columns, into: row)
  }

  /// Reads rows that come into memory together, with their prefixes.
  private func readBlock<Scalar: ReadableScalar>(
    _ count: Int, _ index: Int, into rows: UnsafeMutablePointer<Scalar>
  ) throws(FileError) -> Int {
    let rowLength = layout.rowLength
    let isCopied = layout.type.matches(Scalar.self)
    let part = memory(count * rowLength)
    let taken = try input.take(into: part)
    var start = 0
    var target = rows
    // The prefix of a row that is not whole says, too, whether it is one.
    while start + layout.prefix.count <= taken {
      let prefixEnd = start + layout.prefix.count
      let row = index + start / rowLength
      try checkPrefix(UnsafeRawBufferPointer(rebasing: part[start..<prefixEnd]), row)
      start += rowLength
      if start > taken { break }
      let values = UnsafeRawPointer(part.baseAddress! + prefixEnd)
      if isCopied {
        UnsafeMutableRawPointer(target).copyMemory(
          from: values, byteCount: rowLength - layout.prefix.count)
      } else {
        Conversion.convert(values, layout.type, count: layout.columns, to: target)
      }
      target += layout.columns
    }
    return taken
  }

  /// - Parameter index: the row, counted from the next one.
  private func checkPrefix(_ prefix: UnsafeRawBufferPointer, _ index: Int) throws(FileError) {
    let found = Int32(littleEndian: prefix.loadUnaligned(as: Int32.self))
    guard found != layout.columns else { return }
    let row = rowsRead + index
    throw .malformed(
      path: info.path, place: .byte(layout.dataOffset + row * layout.rowLength),
      problem: "row \(row + 1) has a dimension of \(found), expected \(layout.columns) as in row 1")
  }
}
