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
