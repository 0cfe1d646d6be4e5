internal import KMeansFiles
public import KMeansLinearAlgebra

// Labels, as a file of one column.
extension VectorWriter {
  /// Writes rows with a label behind the values of each, as one more column.
  ///
  /// - Throws: ``FileError`` as `write(_:)` does, also for a label that the format cannot hold.
  /// - Precondition: the rows have one column less than ``columns``, and there are as many labels.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func write(_ view: borrowing MatrixView<Scalar>, labels: Span<Int32>) throws {
    precondition(
      view.columns + 1 == columns, "rows of \(view.columns) values and a label, expected \(columns)"
    )
    precondition(view.rows == labels.count, "\(labels.count) labels of \(view.rows) rows")
    let (count, stride) = (view.rows, view.rowStride)
    try view.withUnsafeBase { base in
      for row in 0..<count {
        try write(base + row * stride, count: columns - 1, from: 0)
        var label = try scalar(labels[row])
        try write(&label, count: 1, from: columns - 1)
        try endRow()
      }
    }
  }

  private func scalar(_ label: Int32) throws(FileError) -> Scalar {
    guard let scalar = Scalar(exactly: label) else {
      throw fail(
        .malformed(
          path: file.path, place: .row(rows),
          problem: "32-bit floats cannot hold the label \(label)"))
    }
    return scalar
  }
}

// Labels of the lines of libsvm, which stand before the values and are no column.
extension VectorWriter {
  /// Makes a writer of libsvm whose rows come with their labels.
  ///
  /// - Throws: ``FileError`` as ``init(_:format:columns:columnNames:rows:)`` does.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  package convenience init(libsvmWithLabels path: String, columns: Int, rows: Int? = nil) throws {
    try self.init(
      file: AtomicFile(path), isPacked: VectorFormat.isPacked(path), format: .libsvm,
      columns: columns, rows: rows, areLabelsGiven: true)
  }

  /// Writes rows, each behind its label.
  ///
  /// - Parameter label: the label of each of these rows, by its number.
  /// - Precondition: it was made to take labels, and the rows have ``columns`` columns.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  package func write(
    _ view: borrowing MatrixView<Scalar>, behind label: (_ row: Int) -> String
  ) throws {
    precondition(view.columns == columns, "rows of \(view.columns) values, expected \(columns)")
    let (count, stride) = (view.rows, view.rowStride)
    try view.withUnsafeBase { base in
      for row in 0..<count {
        try write(label(row))
        try write(base + row * stride, count: columns, from: 0)
        try endRow()
      }
    }
  }
}

// A matrix in place of a view of it.
extension VectorWriter {
  /// Writes the rows of a matrix behind those before: ``write(_:)-(MatrixView<Scalar>)`` of its
  /// view.
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
  /// - Throws: ``FileError`` as ``write(_:)-(Matrix<Scalar>)`` does, also for a label that the
  ///   format cannot hold.
  /// - Precondition: the rows have one column less than ``columns``, and there are as many labels.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func write(_ matrix: Matrix<Scalar>, labels: Span<Int32>) throws {
    try write(matrix.view, labels: labels)
  }
}
