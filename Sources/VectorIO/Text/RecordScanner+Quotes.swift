internal import KMeansFiles

// Records with quotes: byte after byte, for a line end or a delimiter in quotes is none.
extension RecordScanner {
  /// The state within a record behind the bytes so far.
  private enum State { case fieldStart, plain, quoted, quoteInQuoted, closed }

  mutating func findQuoted(waiting: Bool) throws(FileError) -> Record? {
    let start = position
    let delimiter = style?.delimiter
    // Where blanks stand between fields, tabs do, too.
    let second = style?.isBlankSeparated ?? false ? UInt8(ascii: "\t") : delimiter
    let firstLine = line
    var currentLine = line
    var column = 1
    var quoteLine = line
    var state = State.fieldStart
    var index = start
    while true {
      let bytes = input.unread
      while index < bytes.count {
        let byte = bytes[index]
        index += 1
        if byte == UInt8(ascii: "\n"), state != .quoted {
          line = currentLine + 1
          return record(start, index - 1, next: index, line: firstLine, hasQuotes: true)
        }
        if byte == UInt8(ascii: "\n") { currentLine += 1 }
        if index - 1 > start, bytes[index - 2] == UInt8(ascii: "\r"), state != .quoted {
          throw loneReturn(line: currentLine)
        }
        if byte == delimiter || byte == second, state != .quoted {
          if second == delimiter || state != .fieldStart { column += 1 }
          state = .fieldStart
          continue
        }
        guard let next = RecordScanner.next(state, byte) else {
          throw input.malformed(
            .field(line: firstLine, column: column),
            "expected a delimiter after the closing quote")
        }
        if state == .fieldStart, next == .quoted { quoteLine = currentLine }
        state = next
      }
      try checkLength(index - start)
      guard waiting else { return nil }
      if try !input.fill() {
        guard state != .quoted else {
          throw input.malformed(.line(quoteLine), "the quote in column \(column) is never closed")
        }
        line = currentLine
        return record(start, index, next: index, line: firstLine, hasQuotes: true)
      }
    }
  }

  /// The state after a byte that is neither a delimiter nor the end; `nil` for one that may not
  /// come.
  private static func next(_ state: State, _ byte: UInt8) -> State? {
    let isQuote = byte == UInt8(ascii: "\"")
    switch state {
    case .fieldStart: return isQuote ? .quoted : .plain
    case .plain: return .plain
    case .quoted: return isQuote ? .quoteInQuoted : .quoted
    case .quoteInQuoted where isQuote: return .quoted
    case .quoteInQuoted, .closed:
      return byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\r") ? .closed : nil
    }
  }
}
