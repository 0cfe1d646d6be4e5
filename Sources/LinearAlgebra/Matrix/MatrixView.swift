/// Rows of numbers in memory with another owner: a matrix, an array, or any strided buffer. It
/// makes no copy, and the compiler keeps the view from outliving its memory.
///
/// ```swift
/// let pixels: [Float] = ...
/// let points = try MatrixView(pixels.span, columns: 3)
/// ```
public struct MatrixView<Scalar: MatrixScalar>: ~Escapable {
  let base: UnsafePointer<Scalar>
  /// The number of rows.
  public let rows: Int
  /// The number of values of a row, at least 1.
  public let columns: Int
  /// The distance from the start of one row to the start of the next, in scalars, at least
  /// `columns`.
  public let rowStride: Int

  @_lifetime(immortal)
  init(base: UnsafePointer<Scalar>, rows: Int, columns: Int, rowStride: Int) {
    self.base = base
    self.rows = rows
    self.columns = columns
    self.rowStride = rowStride
  }

  /// A view of contiguous rows.
  ///
  /// - Throws: ``ShapeError`` where there is no column or the values do not fill whole rows.
  @_lifetime(copy values)
  public init(_ values: Span<Scalar>, columns: Int) throws(ShapeError) {
    guard columns > 0 else { throw .noColumns }
    guard values.count.isMultiple(of: columns) else {
      throw .raggedValues(count: values.count, columns: columns)
    }
    try self.init(values, rows: values.count / columns, columns: columns, rowStride: columns)
  }

  /// A view of rows that lie `rowStride` scalars apart: some columns of a wider table, say.
  ///
  /// - Throws: ``ShapeError`` where there is no column or the rows do not lie within the values.
  @_lifetime(copy values)
  public init(
    _ values: Span<Scalar>, rows: Int, columns: Int, rowStride: Int
  ) throws(ShapeError) {
    guard columns > 0 else { throw .noColumns }
    let (distance, overflow) = (max(1, rows) - 1).multipliedReportingOverflow(by: rowStride)
    let end = distance.addingReportingOverflow(columns)
    guard rows >= 0, rowStride >= columns, !overflow, !end.overflow,
      rows == 0 || end.partialValue <= values.count
    else {
      throw .outsideMemory(
        rows: rows, columns: columns, rowStride: rowStride, count: values.count)
    }
    let base = unsafe values.withUnsafeBufferPointer { buffer in
      // A span without values may have no address; a view without rows never reads it.
      buffer.baseAddress ?? UnsafePointer(bitPattern: MemoryLayout<Scalar>.alignment)!
    }
    let view = MatrixView(base: base, rows: rows, columns: columns, rowStride: rowStride)
    self = unsafe _overrideLifetime(view, copying: values)
  }

  /// A view of memory that the caller keeps alive and unchanged for as long as the view is used.
  ///
  /// - Precondition: the rows lie within that memory, `columns >= 1`, `rowStride >= columns`.
  @_lifetime(borrow unsafeBase)
  public init(
    unsafeBase: UnsafePointer<Scalar>, rows: Int, columns: Int, rowStride: Int? = nil
  ) {
    let rowStride = rowStride ?? columns
    precondition(
      rows >= 0 && columns >= 1 && rowStride >= columns,
      "\(rows) rows of \(columns) values, \(rowStride) apart")
    self.init(base: unsafeBase, rows: rows, columns: columns, rowStride: rowStride)
  }

  /// One row, borrowed.
  ///
  /// - Precondition: `0 <= row < rows`.
  public subscript(row: Int) -> Span<Scalar> {
    @_lifetime(copy self)
    get {
      precondition(row >= 0 && row < rows, "row \(row) of a view of \(rows) rows")
      let span = unsafe Span(_unsafeStart: base + row * rowStride, count: columns)
      return unsafe _overrideLifetime(span, copying: self)
    }
  }

  /// A view of some of the rows.
  ///
  /// - Precondition: the range lies within `0..<rows`.
  @_lifetime(copy self)
  public func rows(_ range: Range<Int>) -> MatrixView {
    precondition(
      range.lowerBound >= 0 && range.upperBound <= rows, "rows \(range) of a view of \(rows) rows")
    let view = MatrixView(
      base: base + range.lowerBound * rowStride, rows: range.count, columns: columns,
      rowStride: rowStride)
    return unsafe _overrideLifetime(view, copying: self)
  }

  /// Hands the address of the first value to a closure; it is valid only inside.
  public func withUnsafeBase<Result, E: Error>(
    _ body: (UnsafePointer<Scalar>) throws(E) -> Result
  ) throws(E) -> Result {
    try body(base)
  }
}

// Views as arrays of doubles, for the reference and the tests.
extension MatrixView {
  /// A copy of the values as arrays of doubles, which hold floats exactly: the input of the naive
  /// reference.
  package var doubles: [[Double]] {
    (0..<rows).map { row in
      let values = self[row]
      return (0..<columns).map { Double(values[$0]) }
    }
  }
}
