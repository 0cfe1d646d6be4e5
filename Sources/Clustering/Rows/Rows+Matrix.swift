extension Rows {
  /// A copy of some of the rows.
  func matrix(of numbers: [Int]) -> Matrix<Scalar> {
    guard var matrix = try? Matrix<Scalar>(reserving: numbers.count, columns: columns) else {
      preconditionFailure("fewer rows than a matrix that exists")
    }
    for number in numbers {
      matrix.append(MatrixView(unsafeBase: self[number], rows: 1, columns: columns)[0])
    }
    return matrix
  }
}

extension Matrix where Scalar: ClusteringScalar {
  /// Hands all values, row after row, to a closure that may change them.
  mutating func withMutableValues<Result>(
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
