/// The rows of a sparse matrix in memory with another owner: three arrays of compressed rows (CSR),
/// as scipy and Arrow have them. It makes no copy, and the compiler keeps it from outliving its
/// memory.
///
/// Columns within a row may stand in any order, some of them twice, and zeros may be stored: each
/// row is brought into the canonical form when it is read.
///
/// ```swift
/// let rows = try SparseRows(
///   offsets: offsets.span, indices: indices.span, values: values.span, columns: 50_000)
/// ```
public struct SparseRows<Scalar: MatrixScalar>: ~Escapable {
  package let arrays: SparseArrays<Scalar>

  /// The number of rows.
  public var rows: Int { arrays.rows }
  /// The number of columns, from 1 to `Int32.max`.
  public var columns: Int { arrays.columns }
  /// The number of values that are stored.
  public var nonzeros: Int { arrays.offset(arrays.rows) }

  /// Rows of three arrays.
  ///
  /// - Parameters:
  ///   - offsets: where the values of each row begin, and the number of all values [n + 1].
  ///   - indices: the column of each value, from 0.
  ///   - values: as many.
  /// - Throws: ``SparseShapeError`` where the arrays are not those of a matrix.
  /// - Complexity: O(n + nonzeros): every index is looked at.
  @_lifetime(copy offsets, copy indices, copy values)
  public init<Offset: SparseIndex, Index: SparseIndex>(
    offsets: Span<Offset>, indices: Span<Index>, values: Span<Scalar>, columns: Int
  ) throws(SparseShapeError) {
    let arrays = try SparseArrays(
      offsets: offsets, indices: indices, values: values, columns: columns)
    let rows = SparseRows(unsafeArrays: arrays)
    self = unsafe _overrideLifetime(rows, copying: values)
  }

  @_lifetime(immortal)
  package init(unsafeArrays arrays: SparseArrays<Scalar>) { self.arrays = arrays }
}

extension SparseMatrix {
  /// A view of all rows, borrowed.
  public var view: SparseRows<Scalar> {
    @_lifetime(borrow self)
    get {
      let view = SparseRows(unsafeArrays: unsafeArrays)
      return unsafe _overrideLifetime(view, borrowing: self)
    }
  }
}

/// An integer by which rows and columns of sparse matrices are numbered: `Int32`, `Int64` or `Int`.
/// No other type may conform.
public protocol SparseIndex: FixedWidthInteger, SignedInteger, BitwiseCopyable {}

extension Int32: SparseIndex {}
extension Int64: SparseIndex {}
extension Int: SparseIndex {}
