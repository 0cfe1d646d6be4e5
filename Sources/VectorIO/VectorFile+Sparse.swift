internal import KMeansFiles
public import KMeansLinearAlgebra

// Rows without their zeros. Those of a dense format are read and packed, so that any file can be
// read so.
extension VectorFile: RewindableSparseRowSource {
  /// The values other than zero that are still to come, as far as the file says it.
  public var remainingNonzerosEstimate: Int? { decoder.remainingNonzerosEstimate }

  /// Appends whole rows without their zeros; appending none tells that this is the end.
  ///
  /// ```swift
  /// var file = try VectorFile<Float>("posts.libsvm", options: ReadingOptions(isSparse: true))
  /// let posts = try SparseMatrix(reading: &file)
  /// ```
  ///
  /// A pipe gives the rows that have arrived, at least one.
  ///
  /// - Parameter limit: the largest number of rows, at least 1.
  /// - Returns: the number of rows.
  /// - Throws: ``FileError``.
  /// - Precondition: `rows` has ``columns`` columns.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func read(into rows: inout SparseMatrix<Scalar>, atMost limit: Int) throws -> Int {
    while true {
      let count = try readArrived(into: &rows, atMost: limit)
      if count > 0 || !hasOnlyLeftOut { return count }
    }
  }

  /// The same of what has come by a pipe: none are appended, too, where ``hasOnlyLeftOut``.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  package func readArrived(
    into rows: inout SparseMatrix<Scalar>, atMost limit: Int
  ) throws -> Int {
    precondition(limit > 0, "no room for a row")
    precondition(rows.columns == columns, "\(rows.columns) columns, expected \(columns)")
    return try decoder.read(sparse: &rows, atMost: limit)
  }

  /// Reads all rows that are still to come, without their zeros.
  ///
  /// - Throws: ``FileError``, also where the file says that they do not fit into memory; and
  ///   ``SparseShapeError`` for a file without columns.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func readSparse() throws -> SparseMatrix<Scalar> {
    if let nonzeros = remainingNonzerosEstimate, let rows = remainingRowsEstimate {
      let value = MemoryLayout<Int32>.stride + MemoryLayout<Scalar>.stride
      let bytes = Double(nonzeros) * Double(value) + Double(rows) * 8
      try AvailableMemory.check(
        Int(min(bytes, 0x1p62)), path: info.path,
        "a sparse matrix of \(counted(rows, "row")) and \(counted(nonzeros, "value"))")
    }
    var file = self
    return try SparseMatrix(reading: &file)
  }
}
