internal import KMeansFiles

// Records with quotes: byte after byte, for a line end or a delimiter in quotes is none.
extension RecordScanner {
  /// The state within a record behind the bytes so far.
  private enum State { case fieldStart, plain, quoted, quoteInQuoted, closed }

  /// The lines that a record of a sender may go on for, where malformed ones are handed out: those
  /// behind a quote that is never closed are rows, and wait no longer.
  private static var mostLiveLines: Int { 100 }
  /// The bytes that a record of more than one line may have, where malformed ones are handed out.
  private static var mostBytes: Int { 1 << 20 }

  /// The next record, whose first line is known to have a quote.
  ///
  /// - Parameter firstEnd: the end of that line.
  mutating func findQuoted(firstEnd: Int, waiting: Bool) throws(FileError) -> Record? {
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
        if byte == UInt8(ascii: "\n") {
          guard state == .quoted else {
            return try take(
              start..<index - 1, next: index, firstEnd, fields: column, nextLine: currentLine + 1)
          }
          currentLine += 1
          if let problem = openProblem(
            lines: currentLine - firstLine, bytes: index - start, quoteLine, column)
          {
            return try giveUp(start..<firstEnd, problem)
          }
        }
        if index - 1 > start, bytes[index - 2] == UInt8(ascii: "\r"), state != .quoted {
          return try giveUp(start..<firstEnd, loneReturn(line: currentLine))
        }
        if byte == delimiter || byte == second, state != .quoted {
          if second == delimiter || state != .fieldStart { column += 1 }
          state = .fieldStart
          continue
        }
        guard let next = RecordScanner.next(state, byte) else {
          return try giveUp(
            start..<firstEnd,
            input.malformed(
              .field(line: firstLine, column: column),
              "expected a delimiter after the closing quote" + hint))
        }
        if state == .fieldStart, next == .quoted { quoteLine = currentLine }
        state = next
      }
      if let problem = lengthProblem(index - start) { throw problem }
      guard waiting else { return nil }
      if try !input.fill() {
        guard state != .quoted else {
          return try giveUp(
            start..<firstEnd,
            input.malformed(
              .line(quoteLine), "the quote in column \(column) is never closed" + hint))
        }
        return try take(
          start..<index, next: index, firstEnd, fields: column, nextLine: currentLine)
      }
    }
  }

  /// Hands out a record, or, where it has line ends and the wrong number of fields, its first line.
  private mutating func take(
    _ bytes: Range<Int>, next: Int, _ firstEnd: Int, fields: Int, nextLine: Int
  ) throws(FileError) -> Record {
    if bytes.upperBound > firstEnd, let problem = countProblem(fields) {
      return try giveUp(bytes.lowerBound..<firstEnd, problem)
    }
    defer { line = nextLine }
    return record(bytes.lowerBound, bytes.upperBound, next: next, line: line, hasQuotes: true)
  }

  /// Hands out the first line of a record as a malformed one, or throws what is wrong with it.
  private mutating func giveUp(
    _ firstLine: Range<Int>, _ problem: FileError
  ) throws(FileError) -> Record {
    try noteFault(problem)
    var first = record(
      firstLine.lowerBound, firstLine.upperBound,
      next: min(firstLine.upperBound + 1, input.unread.count), line: line, hasQuotes: true)
    first.isFaulty = true
    line += 1
    return first
  }

  /// The fault of a record of several lines that has another number of fields than it must.
  private func countProblem(_ count: Int) -> FileError? {
    guard case .handOut(let fields?) = faultRule, count != fields else { return nil }
    return input.malformed(
      .line(line), "\(counted(count, "field")) of a record with line ends, expected \(fields)")
  }

  /// The fault of a quote that is open for too long.
  private func openProblem(
    lines: Int, bytes: Int, _ line: Int, _ column: Int
  ) -> FileError? {
    guard case .handOut = faultRule,
      bytes > Self.mostBytes || input.source.isLive && lines >= Self.mostLiveLines
    else { return nil }
    let limit = bytes > Self.mostBytes ? "1 MiB" : "\(Self.mostLiveLines) lines"
    return input.malformed(
      .line(line), "the quote in column \(column) is not closed within \(limit)")
  }

  private var hint: String {
    if case .refuse(let hint) = faultRule { hint } else { "" }
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
