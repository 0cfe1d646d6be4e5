internal import KMeansFiles

// What a window on a text says of its records.
extension InputBuffer {
  /// The bytes of the record that was found last.
  func bytes(of record: RecordScanner.Record) -> UnsafeBufferPointer<UInt8> {
    UnsafeRawBufferPointer(rebasing: unread[record.start..<record.end])
      .assumingMemoryBound(to: UInt8.self)
  }

  /// The error of a fault at a place.
  func malformed(_ place: FileError.Place, _ problem: String) -> FileError {
    .malformed(path: source.path, place: place, problem: problem)
  }

  /// An estimate of the rows of a text that are still to come, from the lengths of the rows so far
  /// and the bytes that are left; `nil` where the size of the text is not known.
  ///
  /// - Parameters:
  ///   - position: the number of unread bytes that belong to rows that were read.
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
