internal import KMeansFiles

/// The rows of an array that is stored column after column (Fortran order).
///
/// A regular file is read a block of rows at a time, a piece of every column. Data that comes
/// through a pipe or packed is kept whole; memory is taken as the bytes come, not as the header
/// promises.
final class ColumnMajorRows: UniformRowDecoder {
  var info: VectorFileInfo
  private let input: InputBuffer
  private let type: NumberType
  private let dataOffset: Int
  private let rowCount: Int
  private let columns: Int
  private var nextRow = 0
  /// Rows that are in memory, column after column.
  private var block: Range<Int> = 0..<0
  private var memory = UnsafeMutableRawBufferPointer(start: nil, count: 0)

  /// The rows of a step: few enough that their cache lines stay while columns are filled in, even
  /// where rows lie a power of two apart and share a few sets of the cache.
  private static let rowsAtATime = 32
  /// The bytes of a regular file that are held at a time.
  private static let blockLength = 16 << 20

  init(_ input: InputBuffer, type: NumberType, info: VectorFileInfo, dataOffset: Int) {
    self.input = input
    self.type = type
    self.info = info
    self.dataOffset = dataOffset
    rowCount = info.rows!
    columns = info.fileColumns
  }

  deinit { memory.deallocate() }

  var remainingRowsEstimate: Int? {
    let rest = rowCount - nextRow
    return input.source.size != nil || !block.isEmpty
      ? rest : cautious(rest, rowsRead: nextRow, columns: columns)
  }

  func rewind() throws(FileError) { nextRow = 0 }

  func readRows<Scalar: ReadableScalar>(
    into rows: UnsafeMutableBufferPointer<Scalar>
  ) throws(FileError) -> Int {
    guard nextRow < rowCount else { return 0 }
    if !block.contains(nextRow) {
      if input.source.size != nil { try readBlock() } else { try readAll() }
    }
    let count = min(rows.count / columns, block.upperBound - nextRow)
    for first in stride(from: 0, to: count, by: Self.rowsAtATime) {
      let part = min(Self.rowsAtATime, count - first)
      for column in 0..<columns {
        let index = column * block.count + nextRow - block.lowerBound + first
        Conversion.convert(
          UnsafeRawPointer(memory.baseAddress! + index * type.size), type, count: part,
          to: rows.baseAddress! + first * columns + column, stride: columns)
      }
    }
    nextRow += count
    return count
  }

  /// Reads the block of rows that begins at the next one.
  private func readBlock() throws(FileError) {
    let rowLength = columns * type.size
    let most = max(1, ColumnMajorRows.blockLength / rowLength)
    let rows = nextRow..<min(nextRow + most, rowCount)
    if memory.count < rows.count * rowLength {
      memory.deallocate()
      memory = .allocate(byteCount: rows.count * rowLength, alignment: 64)
    }
    block = 0..<0
    let pieceLength = rows.count * type.size
    for column in 0..<columns {
      let piece = UnsafeMutableRawBufferPointer(
        rebasing: memory[column * pieceLength..<(column + 1) * pieceLength])
      let offset = dataOffset + (column * rowCount + rows.lowerBound) * type.size
      let count = try input.source.read(at: offset, into: piece)
      guard count == pieceLength else { throw ends(at: offset + count) }
    }
    block = rows
  }

  /// Reads everything, into memory that grows with the bytes that have come.
  private func readAll() throws(FileError) {
    let length = rowCount * columns * type.size
    var done = 0
    while done < length {
      let room = min(length, max(1 << 20, 2 * done))
      try AvailableMemory.check(
        room, path: info.path,
        "an array in Fortran order, packed or from a pipe, which is kept whole,")
      let larger = UnsafeMutableRawBufferPointer.allocate(byteCount: room, alignment: 64)
      larger.copyMemory(from: UnsafeRawBufferPointer(rebasing: memory[..<done]))
      memory.deallocate()
      memory = larger
      let count = try input.take(into: UnsafeMutableRawBufferPointer(rebasing: memory[done...]))
      done += count
      if done < room { throw ends(at: dataOffset + done) }
    }
    try input.fill(atLeast: 1)
    guard input.unread.isEmpty else {
      throw .malformed(
        path: info.path, place: .byte(input.offset),
        problem: "bytes after the last of \(counted(rowCount, "row")); expected the end")
    }
    block = 0..<rowCount
  }

  private func ends(at byte: Int) -> FileError {
    .malformed(
      path: info.path, place: .byte(byte),
      problem: "the data ends here; expected \(counted(rowCount * columns * type.size, "byte")) "
        + "(\(rowCount) x \(columns) values of type \(info.valueType))")
  }
}
