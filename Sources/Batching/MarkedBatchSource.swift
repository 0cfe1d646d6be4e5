// Sources that can go on where an earlier process stopped.

internal import KMeansFiles
internal import KMeansLinearAlgebra
package import VectorIO

/// A source that knows how much of its input is in batches.
package protocol MarkedBatchSource<Scalar>: BatchSource {
  /// The place behind the batch that was handed out last; `nil` where it is not known whether rows
  /// of the same file that are left out still belong to that batch.
  var mark: BatchMark? { get }
}

extension VectorFile {
  /// Reads rows that were in earlier batches and forgets them.
  ///
  /// - Parameter count: how many rows of the file, those that were left out included.
  /// - Returns: rows behind them that were read with them, where there are such.
  /// - Throws: what is wrong with the file, and ``FileError/malformed(path:place:problem:)`` where
  ///   it has fewer rows.
  /// - Complexity: O(1) where the file can be read from any row on, else that of reading the rows.
  package func skip(_ count: Int) throws -> RowBlock<Scalar>? {
    if canSeek, let rows = info.rows {
      guard rows >= count else { throw tooShort(rows, count) }
      try seek(toRow: count)
      return nil
    }
    var block = try RowBlock<Scalar>(columns: columns)
    let most = max(1, (1 << 20) / block.rowLength)
    var done = 0
    while done < count {
      block.removeAll()
      try block.read(self, atMost: min(most, count - done))
      if block.isAtEnd, block.rows + block.skipped.count == 0 { throw tooShort(done, count) }
      done += block.rows + block.skipped.count
    }
    // Rows that are left out come with the good one behind them, which may be one too many.
    return done == count ? nil : try block.behind(count, of: done)
  }

  private func tooShort(_ found: Int, _ expected: Int) -> FileError {
    .malformed(
      path: info.path, place: .wholeFile,
      problem: "it has \(counted(found, "row")), expected at least the \(expected) that were taken "
        + "from it before")
  }
}
