/// The unsafe handle of sparse rows in memory: three addresses and two sizes. Whoever makes one
/// keeps the memory alive and unchanged while it is used.
///
/// `@unchecked Sendable`: it only reads, and the memory is borrowed for as long as the handle
/// lives.
package struct SparseArrays<Scalar: MatrixScalar>: @unchecked Sendable {
  /// Integers of 32 or 64 bits.
  private enum Integers {
    case narrow(UnsafePointer<Int32>)
    case wide(UnsafePointer<Int64>)
  }

  private let offsets: Integers
  private let indices: Integers
  private let values: UnsafePointer<Scalar>
  package let rows: Int
  package let columns: Int
  /// Whether in every row columns ascend, and no zero is stored.
  package let isCanonical: Bool

  /// A handle of arrays that are checked.
  ///
  /// - Complexity: O(n + nonzeros).
  package init<Offset: SparseIndex, Index: SparseIndex>(
    offsets: Span<Offset>, indices: Span<Index>, values: Span<Scalar>, columns: Int
  ) throws(SparseShapeError) {
    guard columns > 0, columns <= Int(Int32.max) else { throw .columns(columns) }
    try Self.check(offsets, indices: indices.count, values: values.count)
    isCanonical = try Self.check(indices, values, by: offsets, columns: columns)
    rows = offsets.count - 1
    self.columns = columns
    self.offsets = Self.integers(offsets)
    self.indices = Self.integers(indices)
    self.values = Self.address(values)
  }

  /// A handle of a matrix, which was checked when it was made.
  fileprivate init(unchecked matrix: SparseMatrix<Scalar>) {
    isCanonical = true
    rows = matrix.rows
    columns = matrix.columns
    offsets = Self.integers(matrix.offsets.span)
    indices = Self.integers(matrix.indices.span)
    values = Self.address(matrix.values.span)
  }

  /// A handle of the same places with other values.
  ///
  /// - Precondition: other rows are canonical.
  package init(_ places: SparseArrays, values: UnsafePointer<Scalar>) {
    precondition(places.isCanonical)
    (offsets, indices) = (places.offsets, places.indices)
    (rows, columns, isCanonical) = (places.rows, places.columns, true)
    self.values = values
  }

  private static func address(_ values: Span<Scalar>) -> UnsafePointer<Scalar> {
    values.withUnsafeBufferPointer {
      // Without values there may be no address; it is never read then.
      $0.baseAddress ?? UnsafePointer(bitPattern: MemoryLayout<Scalar>.alignment)!
    }
  }

  private static func integers<Index: SparseIndex>(_ span: Span<Index>) -> Integers {
    let base = span.withUnsafeBufferPointer { UnsafeRawPointer($0.baseAddress) }
    let address = base ?? UnsafeRawPointer(bitPattern: MemoryLayout<Index>.alignment)!
    return Index.bitWidth == 32
      ? .narrow(address.assumingMemoryBound(to: Int32.self))
      : .wide(address.assumingMemoryBound(to: Int64.self))
  }

  private static func check<Offset: SparseIndex>(
    _ offsets: Span<Offset>, indices: Int, values: Int
  ) throws(SparseShapeError) {
    guard offsets.count > 0 else { throw .noOffsets }
    guard offsets[0] == 0 else { throw .firstOffset(Int(offsets[0])) }
    for row in 1..<offsets.count where offsets[row] < offsets[row - 1] {
      throw .descendingOffsets(
        row: row - 1, from: Int(offsets[row - 1]), to: Int(offsets[row]))
    }
    let last = Int(offsets[offsets.count - 1])
    guard last == indices, last == values else {
      throw .counts(lastOffset: last, indices: indices, values: values)
    }
  }

  /// - Returns: whether all rows are canonical.
  private static func check<Offset: SparseIndex, Index: SparseIndex>(
    _ indices: Span<Index>, _ values: Span<Scalar>, by offsets: Span<Offset>, columns: Int
  ) throws(SparseShapeError) -> Bool {
    var isCanonical = true
    for row in 0..<offsets.count - 1 {
      var last: Index = -1
      for place in Int(offsets[row])..<Int(offsets[row + 1]) {
        let index = indices[place]
        guard index >= 0, index < columns else {
          throw .index(row: row, index: Int(index), columns: columns)
        }
        if index <= last || values[place] == 0 { isCanonical = false }
        last = index
      }
    }
    return isCanonical
  }
}

// What is in a row; rows and places are not checked.
extension SparseArrays {
  /// Where the values of a row begin; those of the row after the last one, where they end.
  @inline(__always)
  package func offset(_ row: Int) -> Int {
    switch offsets {
    case .narrow(let base): Int(base[row])
    case .wide(let base): Int(truncatingIfNeeded: base[row])
    }
  }

  /// The places of a row's values.
  @inline(__always)
  package func range(_ row: Int) -> Range<Int> { offset(row)..<offset(row + 1) }

  /// The columns from a place on, where they are integers of 32 bits.
  @inline(__always)
  package func narrowIndices(from place: Int) -> UnsafePointer<Int32>? {
    if case .narrow(let base) = indices { base + place } else { nil }
  }

  /// The column of the value at a place.
  @inline(__always)
  package func index(_ place: Int) -> Int32 {
    switch indices {
    case .narrow(let base): base[place]
    case .wide(let base): Int32(truncatingIfNeeded: base[place])
    }
  }

  /// The values from a place on.
  @inline(__always)
  package func values(from place: Int) -> UnsafePointer<Scalar> { values + place }
}

extension SparseMatrix {
  /// The handle of the arrays, valid while the matrix lives and is not changed.
  package var unsafeArrays: SparseArrays<Scalar> { SparseArrays(unchecked: self) }
}
