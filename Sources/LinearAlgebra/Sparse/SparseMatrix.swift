/// A sparse matrix of rows: of each row the columns whose values are not zero, and these values
/// (compressed sparse rows, CSR).
///
/// It is canonical: the columns of a row ascend, none is there twice, and no value is zero. Memory:
/// 8 bytes a row, and 8 (`Float`) or 12 (`Double`) for each value.
///
/// ```swift
/// let counts = try SparseMatrix<Float>(
///   offsets: [0, 2, 3], indices: [0, 4, 1], values: [2, 1, 5], columns: 5)
/// counts.rows         // 2
/// counts.nonzeros     // 3
/// ```
public struct SparseMatrix<Scalar: MatrixScalar>: Sendable, Hashable {
  /// Where the values of each row begin; one more at the end [n + 1].
  public internal(set) var offsets: [Int]
  /// The column of each value, ascending within a row.
  public internal(set) var indices: [Int32]
  /// The values, row after row.
  public internal(set) var values: [Scalar]
  /// The number of columns, from 1 to `Int32.max`.
  public let columns: Int

  /// The number of rows.
  public var rows: Int { offsets.count - 1 }
  /// The number of values that are stored.
  public var nonzeros: Int { values.count }

  /// An empty matrix.
  ///
  /// - Throws: ``SparseShapeError/columns(_:)``.
  public init(columns: Int) throws(SparseShapeError) {
    guard columns > 0, columns <= Int(Int32.max) else { throw .columns(columns) }
    self.columns = columns
    offsets = [0]
    (indices, values) = ([], [])
  }

  /// A matrix of the arrays of compressed rows, in any order of the columns; values of one column
  /// are added, zeros dropped.
  ///
  /// - Parameters:
  ///   - offsets: where the values of each row begin, and the number of all values [n + 1].
  ///   - indices: the column of each value, from 0.
  ///   - values: as many.
  /// - Throws: ``SparseShapeError`` where the arrays are not those of a matrix.
  /// - Complexity: O(n + nonzeros); sorting, where the columns of a row do not ascend.
  public init(
    offsets: [Int], indices: [Int32], values: [Scalar], columns: Int
  ) throws(SparseShapeError) {
    try self.init(columns: columns)
    _ = try SparseRows(
      offsets: offsets.span, indices: indices.span, values: values.span, columns: columns)
    (self.offsets, self.indices, self.values) = (offsets, indices, values)
    canonicalize()
  }

  /// A matrix of arrays that are known to be those of one, but for the order within a row, columns
  /// that are there twice, and zeros.
  package init(unchecked offsets: [Int], indices: [Int32], values: [Scalar], columns: Int) {
    (self.offsets, self.indices, self.values) = (offsets, indices, values)
    self.columns = columns
    canonicalize()
  }

  /// The values of a dense matrix that are not zero.
  ///
  /// - Throws: ``SparseShapeError/columns(_:)`` where there are too many columns.
  /// - Complexity: O(n d).
  public init(_ dense: Matrix<Scalar>) throws(SparseShapeError) {
    try self.init(columns: dense.columns)
    for row in 0..<dense.rows {
      let line = dense[row]
      for column in line.indices where line[column] != 0 {
        indices.append(Int32(truncatingIfNeeded: column))
        values.append(line[column])
      }
      offsets.append(values.count)
    }
  }

  /// The same matrix with all of its zeros.
  ///
  /// - Throws: ``ShapeError`` where that does not fit into memory.
  /// - Complexity: O(n d).
  public func dense() throws(ShapeError) -> Matrix<Scalar> {
    var matrix = try Matrix<Scalar>(rows: rows, columns: columns)
    var target = matrix.mutableSpan
    for row in 0..<rows {
      for place in offsets[row]..<offsets[row + 1] {
        target[row * columns + Int(indices[place])] = values[place]
      }
    }
    return matrix
  }
}
