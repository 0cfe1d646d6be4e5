public import KMeansLinearAlgebra

// A matrix in place of a view of it.
extension VectorWriter {
  /// Writes the rows of a matrix behind those before: ``write(_:)-(MatrixView<Scalar>)`` of its view.
  ///
  /// - Throws: ``FileError``: a full disk, or a value that the format cannot hold.
  /// - Precondition: the rows have ``columns`` columns, and the writer is not finished.
  /// - Complexity: O(rows columns).
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func write(_ matrix: Matrix<Scalar>) throws { try write(matrix.view) }

  /// Writes the rows of a matrix, each with a label behind its values:
  /// ``write(_:labels:)-(MatrixView<Scalar>,_)`` of its view.
  ///
  /// - Throws: ``FileError`` as ``write(_:)-(Matrix<Scalar>)`` does, also for a label that the format cannot hold.
  /// - Precondition: the rows have one column less than ``columns``, and there are as many labels.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func write(_ matrix: Matrix<Scalar>, labels: Span<Int32>) throws {
    try write(matrix.view, labels: labels)
  }
}
