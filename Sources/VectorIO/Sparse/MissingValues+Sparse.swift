internal import KMeansFiles
package import KMeansLinearAlgebra

// Missing values of sparse rows: the same means, to the bit, as of the dense rows. A zero more or
// less changes no sum, and a value that is not stored is zero, not missing.
extension MissingValues {
  /// Adds the values of sparse rows to the sums.
  ///
  /// - Complexity: O(values + columns).
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  package mutating func learn<Scalar: MatrixScalar>(_ rows: SparseMatrix<Scalar>) {
    for column in counts.indices { counts[column] += rows.rows }
    for (column, value) in zip(rows.indices, rows.values) {
      if value.isFinite {
        sums[Int(column)] += Double(value)
      } else {
        counts[Int(column)] -= 1
      }
    }
  }

  /// Fills the missing values of sparse rows in, by their own means where none are known.
  ///
  /// - Parameters:
  ///   - rows: what these rows are, for a message.
  ///   - hint: the words of a message before columns that are to be left out.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  package mutating func fill<Scalar: MatrixScalar>(
    _ points: inout SparseMatrix<Scalar>, _ info: VectorFileInfo, among rows: String, _ hint: String
  ) throws(FileError) {
    if points.rows == 0 { return }
    if means == nil {
      learn(points)
      try finish(info, among: rows, hint)
      learnedRows = points.rows
    }
    fill(&points, from: 0)
  }

  /// Fills the missing values of rows from one on in.
  ///
  /// - Precondition: the means are known.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  package mutating func fill<Scalar: MatrixScalar>(
    _ rows: inout SparseMatrix<Scalar>, from first: Int
  ) {
    guard rows.values[rows.offsets[first]...].contains(where: \.isNaN) else { return }
    var filled = filled
    let means = means!
    rows.replaceValues(from: first) { column, value in
      guard value.isNaN else { return value }
      filled[column] += 1
      return Scalar(means[column])
    }
    self.filled = filled
  }
}
