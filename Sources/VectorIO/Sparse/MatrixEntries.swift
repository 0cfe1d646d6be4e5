internal import KMeansFiles
internal import KMeansLinearAlgebra

/// The entries of a matrix one after another, in any order: a row, a column, a value.
protocol MatrixEntries: AnyObject {
  /// Whether they can be read only once.
  var isLive: Bool { get }
  /// Whether the file proves that there are as many as it promises.
  var isProven: Bool { get }

  /// Reads the next entries into a block.
  ///
  /// - Parameter withValues: false where rows and columns are enough.
  /// - Returns: how many; none at the end.
  func read<Scalar: ReadableScalar>(
    into block: EntryBlock<Scalar>, withValues: Bool
  ) throws(FileError) -> Int

  /// Goes back to the first entry.
  func rewind() throws(FileError)
}

/// Memory for some entries; their rows and columns are those of the matrix.
final class EntryBlock<Scalar: ReadableScalar> {
  static var capacity: Int { NumberArray.most }

  let rows = UnsafeMutablePointer<Int>.allocate(capacity: NumberArray.most)
  let columns = UnsafeMutablePointer<Int32>.allocate(capacity: NumberArray.most)
  let values = UnsafeMutablePointer<Scalar>.allocate(capacity: NumberArray.most)
  /// How many entries there are, and how many were used.
  var count = 0
  var used = 0

  deinit {
    rows.deallocate()
    columns.deallocate()
    values.deallocate()
  }
}

/// Entries of coordinates (COO) or of compressed columns (CSC), in three arrays of an archive.
final class ArrayEntries: MatrixEntries {
  enum Columns {
    /// The column of each entry.
    case each(NumberArray)
    /// Where the entries of each column begin.
    case offsets(NumberArray)
  }

  let isLive = false
  private let rows: NumberArray
  private let columns: Columns
  private let values: NumberArray
  private let shape: (rows: Int, columns: Int)
  private let wide = UnsafeMutablePointer<Int>.allocate(capacity: NumberArray.most)
  private var position = 0
  /// Of compressed columns: the column at hand, and where it ends.
  private var column = -1
  private var columnEnd = 0

  /// - Precondition: there are as many rows as values, and as many columns, or one offset more than
  ///   the shape has columns.
  init(
    rows: NumberArray, columns: Columns, values: NumberArray, shape: (rows: Int, columns: Int)
  ) {
    (self.rows, self.columns, self.values, self.shape) = (rows, columns, values, shape)
  }

  deinit { wide.deallocate() }

  var isProven: Bool { rows.isProven && values.isProven }

  private var columnArray: NumberArray {
    switch columns {
    case .each(let array), .offsets(let array): array
    }
  }

  func rewind() throws(FileError) {
    for array in [rows, columnArray, values] { try array.rewind() }
    (position, column, columnEnd) = (0, -1, 0)
  }

  func read<Scalar: ReadableScalar>(
    into block: EntryBlock<Scalar>, withValues: Bool
  ) throws(FileError) -> Int {
    let count = min(values.count - position, NumberArray.most)
    guard count > 0 else {
      if case .offsets(let offsets) = columns { try finish(offsets) }
      return 0
    }
    try rows.takeIntegers(count, into: block.rows)
    if withValues { try values.takeValues(count, into: block.values) }
    switch columns {
    case .each(let array):
      try array.takeIntegers(count, into: wide)
      for entry in 0..<count {
        try check(wide[entry], "column", of: shape.columns, array, entry)
        block.columns[entry] = Int32(truncatingIfNeeded: wide[entry])
      }
    case .offsets(let offsets):
      for entry in 0..<count {
        while position + entry >= columnEnd { try nextColumn(offsets) }
        block.columns[entry] = Int32(truncatingIfNeeded: column)
      }
    }
    for entry in 0..<count { try check(block.rows[entry], "row", of: shape.rows, rows, entry) }
    position += count
    return count
  }

  private func check(
    _ index: Int, _ what: String, of count: Int, _ array: NumberArray, _ entry: Int
  ) throws(FileError) {
    guard index < 0 || index >= count else { return }
    throw array.malformed(
      "entry \(position + entry + 1) (counted from 1) has the \(what) index \(index), expected 0 to "
        + "\(count - 1)")
  }

  private func nextColumn(_ offsets: NumberArray) throws(FileError) {
    if column < 0 { try CompressedRows.checkFirst(offsets) }
    column += 1
    var end = 0
    try offsets.takeIntegers(1, into: &end)
    try CompressedRows.check(
      end: end, after: columnEnd, of: values.count, offsets, "column \(column + 1)",
      isLast: column == shape.columns - 1)
    columnEnd = end
  }

  /// Looks at the offsets of the last columns, which have no entry.
  private func finish(_ offsets: NumberArray) throws(FileError) {
    while column < shape.columns - 1 { try nextColumn(offsets) }
  }
}
