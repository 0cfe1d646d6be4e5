internal import KMeansFiles

// What a copy of records writes: blank lines that are rows, and fields with another delimiter.
extension RecordCopy {
  /// Copies blank lines with labels, and comments among them without.
  ///
  /// - Returns: the number of lines.
  func copy(
    blankLines lines: [UInt8], _ label: (Int) -> [UInt8]
  ) throws(FileError) -> Int {
    var (rows, start) = (0, 0)
    while let end = lines[start...].firstIndex(of: UInt8(ascii: "\n")) {
      let isReturn = end > start && lines[end - 1] == UInt8(ascii: "\r")
      let textEnd = isReturn ? end - 1 : end
      defer { start = end + 1 }
      if lines[start..<end].withUnsafeBytes({ style.isComment($0) }) {
        try sink.write(Array(lines[start...end]))
        continue
      }
      try sink.write(
        lines[start..<textEnd] + [newDelimiter] + label(rows) + lines[textEnd...end])
      rows += 1
    }
    return rows
  }

  func write(_ range: Range<Int>) throws(FileError) {
    try sink.write(UnsafeRawBufferPointer(rebasing: input.unread[range]))
  }

  /// The fields of a record with the other delimiter between them.
  func writeFields(_ record: Range<Int>) throws(FileError) {
    let quote = UInt8(ascii: "\"")
    let bytes = input.unread
    var start = record.lowerBound
    let second = style.isBlankSeparated ? UInt8(ascii: "\t") : style.delimiter
    func endsField(_ byte: UInt8) -> Bool { byte == style.delimiter || byte == second }
    func skipBlanks() {
      guard style.isBlankSeparated else { return }
      while start < record.upperBound, endsField(bytes[start]) { start += 1 }
    }
    skipBlanks()
    while true {
      var end = start
      let isQuoted = start < record.upperBound && bytes[start] == quote
      var isInside = isQuoted
      if isQuoted { end += 1 }
      // A doubled quote leaves the quoted part and enters it again.
      while end < record.upperBound, isInside || !endsField(bytes[end]) {
        if isQuoted, bytes[end] == quote { isInside.toggle() }
        end += 1
      }
      if !isQuoted, bytes[start..<end].contains(newDelimiter) {
        let doubled = bytes[start..<end].flatMap { $0 == quote ? [quote, quote] : [$0] }
        try sink.write([quote] + doubled + [quote])
      } else {
        try write(start..<end)
      }
      if end == record.upperBound { return }
      start = end + 1
      skipBlanks()
      if style.isBlankSeparated, start == record.upperBound { return }
      try sink.write([newDelimiter])
    }
  }
}

extension ByteSink {
  func write(_ bytes: [UInt8]) throws(FileError) {
    try bytes.span.bytes.withUnsafeBytes { bytes throws(FileError) in try write(bytes) }
  }
}
