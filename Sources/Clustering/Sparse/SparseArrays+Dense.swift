internal import KMeansLinearAlgebra

// Rows of a sparse matrix, with their zeros or without.
extension SparseArrays where Scalar: ClusteringScalar {
  /// Copies of some rows, in canonical form.
  ///
  /// - Complexity: O(their values).
  func matrix(of numbers: [Int]) -> SparseMatrix<Scalar> {
    var offsets = [0]
    var (indices, values) = ([Int32](), [Scalar]())
    for number in numbers {
      for place in range(number) { indices.append(index(place)) }
      values.append(
        contentsOf: UnsafeBufferPointer(
          start: self.values(from: range(number).lowerBound), count: range(number).count))
      offsets.append(values.count)
    }
    return SparseMatrix(unchecked: offsets, indices: indices, values: values, columns: columns)
  }

  /// Some rows with their zeros, in canonical form.
  ///
  /// - Throws: ``SparseRowsError/outOfMemory(rows:columns:)``.
  /// - Complexity: O(rows x d).
  func dense(_ range: Range<Int>) throws(ClusteringError) -> Matrix<Scalar> {
    guard var matrix = try? Matrix<Scalar>(rows: range.count, columns: columns) else {
      throw .sparse(.outOfMemory(rows: range.count, columns: columns))
    }
    let block = SparseBlock<Scalar>(rows: 1, columns: columns)
    matrix.withMutableValues { values in
      for row in range {
        block.take(row..<row + 1, of: self, by: nil)[0]
          .scatter(to: values + (row - range.lowerBound) * columns)
      }
    }
    return matrix
  }

  /// Hands all rows to a closure, so many at a time that they take some 4 MiB with their zeros.
  func forEachDenseBlock(
    _ body: (Range<Int>, Matrix<Scalar>) throws(ClusteringError) -> Void
  ) throws(ClusteringError) {
    let count = max(1, (1 << 22) / (columns * MemoryLayout<Scalar>.stride))
    for first in stride(from: 0, to: rows, by: count) {
      let block = first..<min(first + count, rows)
      try body(block, try dense(block))
    }
  }
}
