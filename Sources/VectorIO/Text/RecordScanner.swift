internal import KMeansFiles

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// Finds the records of a delimited text: lines, or more than one line where a field in quotes
/// (RFC 4180) holds line ends. Blank lines are skipped.
struct RecordScanner {
  /// A record; the places count from the first unread byte of the input.
  struct Record {
    let start: Int
    /// Behind the last byte, line end excluded.
    let end: Int
    /// Where the next record begins.
    let next: Int
    /// The line, from 1, on which it begins.
    let line: Int
    let hasQuotes: Bool
  }

  /// The longest record, in bytes; a quote that is never closed does not eat all memory.
  static let longestRecord = 64 << 20

  let input: InputBuffer
  let delimiter: UInt8
  /// Whether records that were handed out stay in the input's window, to be read again.
  var keepsRecords = false
  /// The line of the next record.
  private(set) var line = 1
  /// Where the next record begins.
  private(set) var position = 0

  init(_ input: InputBuffer, delimiter: UInt8) {
    self.input = input
    self.delimiter = delimiter
  }

  /// The next record; it stays where it is until the next call. Nil at the end, or, where the
  /// caller does not want to wait, if its line end is not there yet.
  mutating func next(waiting: Bool = true) throws(FileError) -> Record? {
    while true {
      if !keepsRecords {
        input.consume(position)
        position = 0
      }
      guard let record = try find(waiting: waiting) else { return nil }
      position = record.next
      if isBlank(record) { continue }
      try checkText(record)
      return record
    }
  }

  private mutating func find(waiting: Bool) throws(FileError) -> Record? {
    let start = position
    var searched = start
    while true {
      let bytes = input.unread
      if let end = bytes.firstIndex(of: UInt8(ascii: "\n"), in: searched..<bytes.count) {
        if bytes.firstIndex(of: UInt8(ascii: "\""), in: start..<end) != nil {
          return try findQuoted(waiting: waiting)
        }
        line += 1
        return record(start, end, next: end + 1, line: line - 1, hasQuotes: false)
      }
      searched = bytes.count
      try checkLength(searched - start)
      guard waiting else { return nil }
      if try !input.fill() {
        if searched == start { return nil }
        let bytes = input.unread
        if bytes.firstIndex(of: UInt8(ascii: "\""), in: start..<searched) != nil {
          return try findQuoted(waiting: true)
        }
        return record(start, searched, next: searched, line: line, hasQuotes: false)
      }
    }
  }

  /// What the bytes so far are, within a record.
  private enum State { case fieldStart, plain, quoted, quoteInQuoted, closed }

  private mutating func findQuoted(waiting: Bool) throws(FileError) -> Record? {
    let start = position
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
        if byte == delimiter, state != .quoted {
          state = .fieldStart
          column += 1
          continue
        }
        guard let next = RecordScanner.next(state, byte) else {
          throw malformed(
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
          throw malformed(.line(quoteLine), "the quote in column \(column) is never closed")
        }
        line = currentLine
        return record(start, index, next: index, line: firstLine, hasQuotes: true)
      }
    }
  }

  /// The state after a byte that is neither a delimiter nor the end; nil for one that may not come.
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

  private func record(_ start: Int, _ end: Int, next: Int, line: Int, hasQuotes: Bool) -> Record {
    let endsWithReturn = end > start && input.unread[end - 1] == UInt8(ascii: "\r")
    return Record(
      start: start, end: endsWithReturn ? end - 1 : end, next: next, line: line,
      hasQuotes: hasQuotes)
  }

  private func isBlank(_ record: Record) -> Bool {
    // Nearly every record shows with its first byte that it is not.
    let bytes = input.unread
    return (record.start..<record.end).allSatisfy { bytes[$0] == UInt8(ascii: " ") }
  }

  private func checkText(_ record: Record) throws(FileError) {
    if let place = input.unread.firstIndex(of: 0, in: record.start..<record.end) {
      throw malformed(.byte(input.offset + place), "a NUL byte; expected text")
    }
  }

  private func checkLength(_ length: Int) throws(FileError) {
    if length > RecordScanner.longestRecord {
      let limit = RecordScanner.longestRecord >> 20
      throw malformed(.line(line), "a record of more than \(limit) MiB")
    }
  }

  private func malformed(_ place: FileError.Place, _ problem: String) -> FileError {
    .malformed(path: input.source.path, place: place, problem: problem)
  }
}

extension UnsafeRawBufferPointer {
  /// Where a byte stands first within a range.
  @inline(__always)
  func firstIndex(of byte: UInt8, in range: Range<Int>) -> Int? {
    guard !range.isEmpty, let base = baseAddress else { return nil }
    guard let found = memchr(base + range.lowerBound, Int32(byte), range.count) else { return nil }
    return UnsafeRawPointer(found) - base
  }
}
