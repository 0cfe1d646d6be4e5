/// The unsafe handle of rows in memory: an address and three sizes. Whoever makes one keeps the
/// memory alive while it is used, which `MatrixView.withRows` and `Matrix.withRows` do.
///
/// `@unchecked Sendable`: it only reads, and the memory is borrowed for as long as the handle
/// lives.
package struct Rows<Scalar: ClusteringScalar>: @unchecked Sendable {
  package let base: UnsafePointer<Scalar>
  package let count: Int
  package let columns: Int
  package let stride: Int
  /// The rows as they are stored where zeros are not: then there is nothing at ``base``. Only who
  /// asks for such rows gets them; see ``RowBlocks/loadCompressed(_:into:)``.
  let compressed: CompressedRows<Scalar>?

  package init(base: UnsafePointer<Scalar>, count: Int, columns: Int, stride: Int) {
    self.base = base
    self.count = count
    self.columns = columns
    self.stride = stride
    compressed = nil
  }

  /// Sparse rows.
  init(_ compressed: CompressedRows<Scalar>, columns: Int) {
    // An address that nobody may read: a mistake ends the program there and then.
    base = UnsafePointer(bitPattern: 64)!
    count = compressed.count
    self.columns = columns
    stride = 0
    self.compressed = compressed
  }

  /// The address of a row; not checked.
  package subscript(row: Int) -> UnsafePointer<Scalar> { base + row &* stride }

  /// Some of the rows; not checked.
  package subscript(range: Range<Int>) -> Rows {
    if let compressed { return Rows(compressed[range], columns: columns) }
    return Rows(
      base: self[range.lowerBound], count: range.count, columns: columns, stride: stride)
  }
}

/// Some of the rows in memory, in the order of a list of their numbers; or all of them. An unsafe
/// handle, like ``Rows``.
package struct ListedRows<Scalar: ClusteringScalar>: @unchecked Sendable {
  package let rows: Rows<Scalar>
  /// The numbers of the rows; `nil` for the first `count`.
  let list: UnsafePointer<Int32>?
  package let count: Int

  /// All rows.
  package init(_ rows: Rows<Scalar>) {
    self.rows = rows
    list = nil
    count = rows.count
  }

  package init(_ rows: Rows<Scalar>, _ list: UnsafePointer<Int32>, count: Int) {
    self.rows = rows
    self.list = list
    self.count = count
  }

  var columns: Int { rows.columns }

  /// The number of a row by its place in the list; not checked.
  package func number(_ place: Int) -> Int {
    list.map { Int(truncatingIfNeeded: $0[place]) } ?? place
  }

  /// The address of a row by its place in the list; not checked.
  package subscript(place: Int) -> UnsafePointer<Scalar> { rows[number(place)] }
}

extension MatrixView where Scalar: ClusteringScalar {
  /// Hands the rows to a closure; they are valid only inside.
  package func withRows<Result, E: Error>(
    _ body: (Rows<Scalar>) throws(E) -> Result
  ) throws(E) -> Result {
    let (rows, columns, stride) = (rows, columns, rowStride)
    return try withUnsafeBase { (base) throws(E) -> Result in
      try body(Rows(base: base, count: rows, columns: columns, stride: stride))
    }
  }
}

extension Matrix where Scalar: ClusteringScalar {
  /// Hands the rows to a closure; they are valid only inside.
  package func withRows<Result, E: Error>(
    _ body: (Rows<Scalar>) throws(E) -> Result
  ) throws(E) -> Result {
    try view.withRows(body)
  }
}

extension Rows {
  /// A copy of some of the rows.
  func matrix(of numbers: [Int]) -> Matrix<Scalar> {
    guard var matrix = try? Matrix<Scalar>(rows: numbers.count, columns: columns) else {
      preconditionFailure("fewer rows than a matrix that exists")
    }
    matrix.withMutableValues { values in
      for (place, number) in numbers.enumerated() {
        (values + place * columns).update(from: self[number], count: columns)
      }
    }
    return matrix
  }
}

extension Matrix where Scalar: ClusteringScalar {
  /// Hands all values, row after row, to a closure that may change them.
  package mutating func withMutableValues<Result>(
    _ body: (UnsafeMutablePointer<Scalar>) -> Result
  ) -> Result {
    var values = mutableSpan
    // A matrix without values has an address, too.
    return values.withUnsafeMutableBufferPointer { body($0.baseAddress!) }
  }

  /// The same values, or the nearest to them, in another type.
  func converted<Other: ClusteringScalar>(to type: Other.Type) -> Matrix<Other> {
    guard var result = try? Matrix<Other>(rows: rows, columns: columns) else {
      preconditionFailure("a matrix of at most twice the size of one that exists")
    }
    withRows { rows in
      result.withMutableValues { values in
        for place in 0..<rows.count * rows.columns { values[place] = Other(rows.base[place]) }
      }
    }
    return result
  }
}
