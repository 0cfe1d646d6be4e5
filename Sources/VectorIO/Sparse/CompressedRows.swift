internal import KMeansFiles
internal import KMeansLinearAlgebra

/// Compressed rows (CSR) of three arrays of an archive, which are read side by side in bounded
/// memory.
final class CompressedRows: SparseRowDecoder {
  var info: VectorFileInfo
  private let offsets: NumberArray
  private let indices: NumberArray
  private let values: NumberArray
  private let finite: FiniteValues
  private let rowCount: Int
  private let columns: Int
  /// The values that a row takes where it goes.
  private let rowLength: Int
  private var nextRow = 0
  /// The values that were taken.
  private var position = 0
  /// The ends of the next rows.
  private var ends: [Int] = []
  private var nextEnd = 0
  /// The error that stopped the last read behind its first rows.
  private var pending: FileError?
  private let wide = UnsafeMutablePointer<Int>.allocate(capacity: NumberArray.most)
  private let narrow = UnsafeMutablePointer<Int32>.allocate(capacity: NumberArray.most)

  /// - Precondition: there is one offset more than rows, and as many indices as values.
  /// - Throws: ``FileError`` for values of no rows.
  init(
    offsets: NumberArray, indices: NumberArray, values: NumberArray, info: VectorFileInfo,
    _ options: ReadingOptions
  ) throws(FileError) {
    (self.offsets, self.indices, self.values, self.info) = (offsets, indices, values, info)
    (rowCount, columns) = (info.rows ?? 0, info.fileColumns)
    rowLength = options.isSparse ? 1 : info.fileColumns
    finite = FiniteValues(info, options)
    guard rowCount > 0 || values.count == 0 else {
      throw offsets.malformed("no rows, but \(counted(values.count, "value"))")
    }
  }

  deinit {
    wide.deallocate()
    narrow.deallocate()
  }

  /// Refuses another number of offsets than one more than rows or columns.
  static func check(_ offsets: NumberArray, of count: Int, _ what: String) throws(FileError) {
    guard offsets.count - 1 == count else {
      throw offsets.malformed(
        "\(counted(offsets.count, "offset")), expected one more than the \(counted(count, what)) of "
          + "the shape")
    }
  }

  private var isProven: Bool { offsets.isProven && indices.isProven && values.isProven }

  var remainingRowsEstimate: Int? {
    let rest = rowCount - nextRow
    return isProven ? rest : cautious(rest, rowsRead: nextRow, columns: rowLength)
  }

  var remainingNonzerosEstimate: Int? {
    let rest = values.count - position
    return isProven ? rest : cautious(rest, rowsRead: position, columns: 1)
  }

  func rewind() throws(FileError) {
    for array in [offsets, indices, values] { try array.rewind() }
    (nextRow, position, ends, nextEnd, pending) = (0, 0, [], 0, nil)
  }

  func readSparse<Scalar: ReadableScalar>(
    into rows: inout SparseMatrix<Scalar>, atMost limit: Int
  ) throws(FileError) -> Int {
    let block = UnsafeMutablePointer<Scalar>.allocate(capacity: NumberArray.most)
    defer { block.deallocate() }
    let count = min(limit, rowCount - nextRow)
    return try appendRows(to: &rows, atMost: count, before: &pending) {
      (rows: inout SparseMatrix<Scalar>) throws(FileError) in
      try appendRow(to: &rows, block)
      nextRow += 1
    }
  }

  private func appendRow<Scalar: ReadableScalar>(
    to rows: inout SparseMatrix<Scalar>, _ block: UnsafeMutablePointer<Scalar>
  ) throws(FileError) {
    let end = try takeEnd()
    while position < end {
      let count = min(end - position, NumberArray.most)
      try indices.takeIntegers(count, into: wide)
      try values.takeValues(count, into: block)
      for place in 0..<count {
        let index = wide[place]
        guard index >= 0, index < columns else {
          throw indices.malformed(
            "row \(nextRow + 1) (rows count from 1) has the column index \(index), expected 0 to "
              + "\(columns - 1)")
        }
        narrow[place] = Int32(truncatingIfNeeded: index)
      }
      try finite.check(block, count: count) { (nextRow, wide[$0]) }
      rows.append(
        Span(_unsafeStart: block, count: count), columns: Span(_unsafeStart: narrow, count: count))
      position += count
    }
  }

  /// The end of the values of the next row.
  private func takeEnd() throws(FileError) -> Int {
    if nextEnd == ends.count { try takeEnds() }
    let end = ends[nextEnd]
    nextEnd += 1
    try Self.check(
      end: end, after: position, of: values.count, offsets, "row \(nextRow + 1)",
      isLast: nextRow == rowCount - 1)
    return end
  }

  private func takeEnds() throws(FileError) {
    if nextRow == 0 { try Self.checkFirst(offsets) }
    let count = min(NumberArray.most, rowCount - nextRow)
    ends = [Int](repeating: 0, count: count)
    nextEnd = 0
    try offsets.takeIntegers(count, into: &ends)
  }

  /// Takes the first offset, which is 0.
  static func checkFirst(_ offsets: NumberArray) throws(FileError) {
    var first = 0
    try offsets.takeIntegers(1, into: &first)
    guard first == 0 else { throw offsets.malformed("the first offset is \(first), expected 0") }
  }

  /// Refuses offsets that descend, and those that do not go with the values.
  ///
  /// - Parameter name: the row or column that ends there.
  static func check(
    end: Int, after start: Int, of count: Int, _ offsets: NumberArray, _ name: String, isLast: Bool
  ) throws(FileError) {
    guard end >= start else {
      throw offsets.malformed(
        "the offsets of \(name) (counted from 1) go from \(start) back to \(end): they may not "
          + "descend")
    }
    guard end <= count, !isLast || end == count else {
      throw offsets.malformed(
        "\(name) (counted from 1) ends at value \(end), but there \(count == 1 ? "is" : "are") "
          + counted(count, "value"))
    }
  }
}
