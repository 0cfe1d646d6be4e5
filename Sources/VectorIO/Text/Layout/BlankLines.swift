internal import KMeansFiles

// Blank lines before the first record of a text.
extension InputBuffer {
  /// Takes the blank lines that the unread bytes begin with, however many there are: they may be
  /// longer than any window, and ``line`` counts them.
  ///
  /// A line is blank if it holds only spaces, perhaps with a carriage return before its end. One
  /// that has not ended within ``RecordScanner/longestRecord`` bytes is left to the record reader.
  ///
  /// - Parameters:
  ///   - tabs: whether a tab is a space, too; it is not where it may stand between fields.
  ///   - take: gets the lines.
  /// - Complexity: O(bytes of these lines), in memory for one of them.
  func skipBlankLines(
    tabs: Bool, _ take: (UnsafeRawBufferPointer) throws(FileError) -> Void = { _ in }
  ) throws(FileError) {
    var length = 0
    while true {
      let bytes = unread
      var end = 0
      var lines = 0
      var isText = false
      while length < bytes.count {
        let byte = bytes[length]
        length += 1
        if byte == UInt8(ascii: "\n") {
          end = length
          lines += 1
        } else if byte == UInt8(ascii: "\r") {
          // Only before a line end; where the next byte is not there yet it is looked at again.
          if length == bytes.count {
            length -= 1
            break
          }
          if bytes[length] != UInt8(ascii: "\n") { isText = true }
        } else if byte != UInt8(ascii: " "), !(tabs && byte == UInt8(ascii: "\t")) {
          isText = true
        }
        if isText { break }
      }
      try take(UnsafeRawBufferPointer(rebasing: bytes[..<end]))
      consume(end)
      line += lines
      length -= end
      if isText || length > RecordScanner.longestRecord { return }
      guard try fill() else { return }
    }
  }
}
