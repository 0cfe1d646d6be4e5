internal import KMeansFiles

extension InputBuffer {
  /// How many rows of a text are still to come, by the bytes that the rows so far had and the bytes
  /// that there are; nil where nobody knows how many.
  ///
  /// - Parameters:
  ///   - position: how many of the unread bytes belong to rows that were read.
  ///   - sample: rows and their length in bytes, for as long as none is read.
  func estimatedRows(
    behind position: Int, rowsRead: Int, sample: (rows: Int, bytes: Int), columns: Int
  ) -> Int? {
    guard let total = source.expectedSize else { return nil }
    let done = offset + position
    let (rows, bytes) = rowsRead > 0 ? (rowsRead, done) : sample
    let estimate = Double(max(0, total - done)) / Double(max(1, bytes)) * Double(rows)
    let rounded = Int(clamping: Int64(min(estimate.rounded(.up), 0x1p62)))
    return source.size != nil ? rounded : cautious(rounded, rowsRead: rowsRead, columns: columns)
  }
}
