/// An error of the shape of a matrix, with the numbers.
public enum ShapeError: Error, Sendable, Hashable {
  /// A matrix has at least one column.
  case noColumns
  /// Rows say how many columns a matrix has, and there are none.
  case noRows
  /// The number of values is not a multiple of the number of columns.
  case raggedValues(count: Int, columns: Int)
  /// A row has another length than the first one.
  case raggedRow(row: Int, length: Int, columns: Int)
  /// `rows * columns` values do not fit into the address space.
  case tooLarge(rows: Int, columns: Int)
  /// The system has no memory left for `rows * columns` values, of so many bytes.
  case outOfMemory(rows: Int, columns: Int, bytes: Int)
  /// The rows of a strided view do not lie within the memory that was given.
  case outsideMemory(rows: Int, columns: Int, rowStride: Int, count: Int)
}

extension ShapeError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .noColumns:
      "a matrix needs at least one column"
    case .noRows:
      "there are no rows to say how many columns the matrix has; Matrix(reserving: 0, columns: d) has none"
    case .raggedValues(let count, let columns):
      "\(count == 1 ? "1 value does" : "\(count) values do") not fill rows of \(columns == 1 ? "1 column" : "\(columns) columns")"
    case .raggedRow(let row, let length, let columns):
      "row \(row) has \(length == 1 ? "1 value" : "\(length) values"), expected \(columns) as in row 0"
    case .tooLarge(let rows, let columns):
      "\(rows) x \(columns) values do not fit into memory"
    case .outOfMemory(let rows, let columns, let bytes):
      "out of memory: \(rows) x \(columns) values take \(bytes) bytes"
    case .outsideMemory(let rows, let columns, let rowStride, let count):
      "\(rows) x \(columns) values, rows \(rowStride) apart, do not lie within \(count == 1 ? "1 value" : "\(count) values")"
    }
  }
}
