/// An error of the arrays that make up a sparse matrix, with the numbers.
public enum SparseShapeError: Error, Sendable, Hashable {
  /// A matrix has at least one column, and columns are numbered by 32 bits.
  case columns(Int)
  /// There is one offset more than there are rows, so there is at least one.
  case noOffsets
  /// The first offset is not 0.
  case firstOffset(Int)
  /// The offset behind a row is below the one before it.
  case descendingOffsets(row: Int, from: Int, to: Int)
  /// The last offset is not the number of indices, or that of values.
  case counts(lastOffset: Int, indices: Int, values: Int)
  /// An index is below 0, or no column.
  case index(row: Int, index: Int, columns: Int)
}

extension SparseShapeError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .columns(let columns):
      "a sparse matrix has 1 to \(Int32.max) columns, not \(columns)"
    case .noOffsets:
      "there are no offsets; a sparse matrix of n rows has n + 1, the first of them 0"
    case .firstOffset(let offset):
      "the first offset is \(offset), expected 0"
    case .descendingOffsets(let row, let from, let to):
      "the offsets of row \(row) go from \(from) back to \(to); they may not descend"
    case .counts(let lastOffset, let indices, let values):
      "the last offset is \(lastOffset), but there are \(indices) indices and \(values) values"
    case .index(let row, let index, let columns):
      "row \(row) has the column \(index), but columns are numbered from 0 to \(columns - 1)"
    }
  }
}
