internal import KMeansFiles
package import KMeansLinearAlgebra
package import VectorIO

/// All rows of one file without their zeros, with what comes beside them.
package struct SparseRowBlock<Scalar: MatrixScalar>: Sendable {
  package private(set) var matrix: SparseMatrix<Scalar>
  package private(set) var auxiliary = AuxiliaryValues()
  /// The rows that were left out before, among and behind these: rows of the file, from 0.
  package private(set) var skipped = SkippedRows()

  /// Reads all rows that a file still has.
  ///
  /// - Parameters:
  ///   - memory: how many bytes they may take.
  ///   - refusal: the error where they take more.
  /// - Throws: that, and what is wrong with the file.
  package init(
    reading file: VectorFile<Scalar>, memory: Int?, refusal: (_ bytes: Int) -> any Error
  ) throws {
    matrix = try SparseMatrix(columns: file.columns)
    let value = MemoryLayout<Int32>.stride + MemoryLayout<Scalar>.stride
    if let nonzeros = file.remainingNonzerosEstimate, let rows = file.remainingRowsEstimate {
      let (bytes, isTooLarge) = nonzeros.multipliedReportingOverflow(by: value)
      if let memory, isTooLarge || bytes > memory { throw refusal(isTooLarge ? .max : bytes) }
      // A twentieth more than expected: an estimate that is a little low is not worth a copy.
      matrix.reserve(rows: rows + rows / 20 + 1, nonzeros: nonzeros + nonzeros / 20 + 1)
    }
    while true {
      let count = try file.readArrived(into: &matrix, atMost: 4096)
      auxiliary.append(file.takeAuxiliaryValues())
      skipped.append(file.takeSkippedRows())
      let bytes = matrix.nonzeros * value + (matrix.rows + 2 * auxiliary.keyByteCount / 8) * 8
      if let memory, bytes > memory { throw refusal(bytes) }
      if count == 0, !file.hasOnlyLeftOut { return }
    }
  }
}
