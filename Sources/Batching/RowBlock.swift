package import KMeansFiles
package import KMeansLinearAlgebra
package import VectorIO

/// Rows of one file, as they are read, with what comes beside them.
package struct RowBlock<Scalar: MatrixScalar>: Sendable {
  package private(set) var matrix: Matrix<Scalar>
  package private(set) var auxiliary = AuxiliaryValues()
  /// The rows that were left out before, among and behind these: rows of the file, from 0.
  package private(set) var skipped = SkippedRows()
  /// Whether the file is known to have no further row.
  package private(set) var isAtEnd = false

  package init(columns: Int) throws(ShapeError) {
    matrix = try Matrix(reserving: 0, columns: columns)
  }

  /// A copy in no more memory than it needs.
  init(copying other: borrowing RowBlock) throws(ShapeError) {
    try self.init(columns: other.matrix.columns)
    try append(other, rows: 0..<other.rows)
    append(skipped: other.skipped, keys: other.auxiliary.leftOutKeys)
  }

  package var rows: Int { matrix.rows }

  /// Reads once: the rows that have come, at least one unless the file is at its end, or unless all
  /// that came by a pipe were left out.
  ///
  /// - Parameter limit: the largest number of rows, at least 1.
  package mutating func read(_ file: VectorFile<Scalar>, atMost limit: Int) throws {
    let piece = max(1, (1 << 20) / (matrix.columns * MemoryLayout<Scalar>.stride))
    if matrix.reservedRows == rows {
      // A twentieth more than expected: an estimate that is a little low is not worth a copy.
      let expected = file.remainingRowsEstimate.map { $0 + $0 / 20 + 1 } ?? rows
      let wanted = min(limit, max(piece, expected))
      // An estimate by the first rows of a text may be too high.
      if (try? matrix.reserve(rows: rows + wanted)) == nil {
        try matrix.reserve(rows: rows + min(wanted, piece))
      }
    }
    let room = min(limit, piece, matrix.reservedRows - rows)
    let count = try matrix.append(atMost: room) { try file.readArrived(into: &$0) }
    auxiliary.append(file.takeAuxiliaryValues())
    skipped.append(file.takeSkippedRows())
    isAtEnd = count == 0 && !file.hasOnlyLeftOut
  }

  /// Reads until there are so many rows, or the file is at its end.
  ///
  /// - Parameters:
  ///   - most: for how many rows there is memory.
  ///   - refusal: the error where there are more rows than that; or than half of that, which are
  ///     there twice while memory moves.
  package mutating func fill(
    from file: VectorFile<Scalar>, upTo limit: Int, most: Int,
    refusal: (_ rows: Int, _ isTwice: Bool) -> any Error
  ) throws {
    while !isAtEnd, rows < limit {
      // Keys count as rows of as many bytes. They move to twice their memory, as rows do.
      let taken = rows + 2 * auxiliary.keyByteCount / rowLength
      if taken > most { throw refusal(taken, false) }
      if matrix.reservedRows == rows, taken > most / 2 { throw refusal(taken, true) }
      try read(file, atMost: min(limit - rows, most + 1 - taken))
    }
  }

  /// Reads a batch of so many rows, or of all that the file has.
  ///
  /// - Parameter memory: how many bytes it may take.
  /// - Throws: ``BatchError/tooLarge(path:rows:)``, and what is wrong with the file.
  mutating func fill(from file: VectorFile<Scalar>, upTo limit: Int, memory: Int?) throws {
    let most = memory.map { max(1, $0 / rowLength) } ?? .max - 1
    // What a file that can be read anywhere says of its rows is so.
    if file.canSeek, let rest = file.remainingRowsEstimate, min(rest, limit - rows) > most - rows {
      throw BatchError.tooLarge(path: file.info.path, rows: most)
    }
    try fill(from: file, upTo: limit, most: most) { rows, _ in
      BatchError.tooLarge(path: file.info.path, rows: rows)
    }
  }

  /// What a row takes, with what comes beside it.
  var rowLength: Int { matrix.columns * MemoryLayout<Scalar>.stride + 32 }

  /// Appends rows of another block; not what was left out among them.
  mutating func append(
    _ other: borrowing RowBlock, rows range: Range<Int>
  ) throws(ShapeError) {
    try append(other.matrix, other.auxiliary, rows: range)
  }

  /// Appends rows with what comes beside them.
  mutating func append(
    _ source: borrowing Matrix<Scalar>, _ values: AuxiliaryValues, rows range: Range<Int>
  ) throws(ShapeError) {
    if matrix.reservedRows - rows < range.count {
      try matrix.reserve(rows: max(2 * rows, rows + range.count))
    }
    if range.isEmpty { return }
    copyRows(range, of: source, to: &matrix)
    auxiliary.append(values, rows: range)
  }

  /// Fills missing values in, by means of these rows where none are known.
  ///
  /// - Parameters:
  ///   - rows: what these rows are, for a message, behind "no value".
  ///   - hint: the words of a message before columns that are to be left out.
  package mutating func fill(
    _ missing: inout MissingValues, _ info: VectorFileInfo, among rows: String, _ hint: String
  ) throws(FileError) {
    try missing.fill(&matrix, info, among: rows, hint)
  }

  /// Forgets all rows and keeps the memory.
  package mutating func removeAll() {
    matrix.removeAllRows()
    auxiliary = AuxiliaryValues()
    skipped = SkippedRows()
  }

  /// The rows behind a row of the file.
  ///
  /// - Parameters:
  ///   - row: its number, from 0.
  ///   - end: the number of the row behind the last of these.
  func behind(_ row: Int, of end: Int) throws(ShapeError) -> RowBlock {
    var (rest, before) = (SkippedRows(), 0)
    for part in skipped.parts {
      let later = part.rows.clamped(to: row..<max(row, part.rows.upperBound))
      before += part.rows.count - later.count
      rest.append(later, for: part.reason)
    }
    var block = try RowBlock(columns: matrix.columns)
    try block.append(self, rows: rows + skipped.count - (end - row) - before..<rows)
    var keys = auxiliary.leftOutKeys
    _ = keys.takeFirst(before)
    block.append(skipped: rest, keys: keys)
    return block
  }

  /// Appends rows that were left out, with their keys if rows have any.
  mutating func append(skipped rows: SkippedRows, keys: PackedTexts) {
    skipped.append(rows)
    auxiliary.append(leftOutKeys: keys)
  }
}

extension VectorFile {
  /// Calls a closure with the rows that are still to come, block by block in the same memory. Rows
  /// that were left out may be all that a block has.
  ///
  /// - Parameter limit: how many rows a block has at most; as many as a read gives if it is a large
  ///   one.
  package func forEachBlock(
    atMost limit: Int = .max, _ body: (RowBlock<Scalar>) throws -> Void
  ) throws {
    var block = try RowBlock<Scalar>(columns: columns)
    let limit = min(limit, max(1, (1 << 20) / block.rowLength))
    while !block.isAtEnd {
      block.removeAll()
      try block.read(self, atMost: limit)
      if block.rows > 0 || !block.skipped.isEmpty { try body(block) }
    }
  }
}

/// Copies rows to the end of a matrix that has room for them.
@specialized(where Scalar == Float)
@specialized(where Scalar == Double)
private func copyRows<Scalar: MatrixScalar>(
  _ range: Range<Int>, of source: borrowing Matrix<Scalar>, to target: inout Matrix<Scalar>
) {
  target.append(atMost: range.count) { output in
    for row in range {
      let values = source[row]
      for column in 0..<values.count { output.append(values[column]) }
    }
  }
}
