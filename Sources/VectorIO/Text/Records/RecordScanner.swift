internal import KMeansFiles

internal import KMeansCLibrary

/// Finds the records of a text: lines, or more than one line where a field in quotes (RFC 4180) of
/// a delimited text holds line ends. Blank lines are skipped, except in a text of one column, where
/// they are empty records.
///
/// A line ends with LF or CR LF. A CR alone is an error wherever it stands outside quotes: a text
/// with such line ends would be taken for a single line.
struct RecordScanner {
  /// A record; the places count from the first unread byte of the input.
  struct Record {
    let start: Int
    /// The place behind the last byte, line end excluded.
    let end: Int
    /// The place where the next record begins, in bytes.
    let next: Int
    /// The line, from 1, on which it begins.
    let line: Int
    let hasQuotes: Bool
    /// Whether it is malformed; ``RecordScanner/fault`` says how.
    var isFaulty = false
  }

  /// The longest record, in bytes; a quote that is never closed does not eat all memory.
  static let longestRecord = 64 << 20

  let input: InputBuffer
  /// How fields stand in a record; `nil` for text in which quotes have no meaning.
  let style: TextStyle?
  /// Whether records that were handed out stay in the input's window, to be read again.
  var keepsRecords = false
  /// The bytes of kept blank lines, which are no records, after which the search for a record ends:
  /// there may be more of them than fit into memory.
  var longestBlanks = Int.max
  var faultRule = FaultRule.refuse(hint: "")
  /// What is wrong with the record that was handed out last, if it is malformed.
  var fault: FileError?
  /// Whether the rest of a line is passed over that is longer than any record.
  var isInLongLine = false
  /// Whether blank lines before a record are records, too; those behind the last one never are.
  private(set) var countsBlankLines = false
  /// Blank lines, from 1, that were read and not handed out yet: it took the record behind them to
  /// know that they are not the end. Comments may lie between them.
  private var blankLines: [Range<Int>] = []
  /// The line of the next record.
  var line: Int
  /// The place where the next record begins, in bytes.
  var position = 0

  /// The records of a delimited text.
  init(_ input: InputBuffer, _ style: TextStyle) {
    self.input = input
    self.style = style
    line = input.line
  }

  /// A scanner for lines alone, without quotes.
  init(lines input: InputBuffer) {
    self.input = input
    style = nil
    line = input.line
  }

  /// Hands out the blank lines, too, those that were stepped over before the first record included.
  ///
  /// - Parameter lines: the numbers of those.
  mutating func countBlankLines(before lines: Range<Int>) {
    countsBlankLines = true
    blankLines = lines.isEmpty ? [] : [lines]
  }

  /// The same after the input was consumed up to the next record.
  var fromHere: RecordScanner {
    var scanner = self
    scanner.position = 0
    return scanner
  }

  /// The next record; it stays where it is until the next call. `nil` at the end, or, where the
  /// caller does not want to wait, if its line end is not there yet, or after ``longestBlanks``.
  mutating func next(waiting: Bool = true) throws(FileError) -> Record? {
    while true {
      if !keepsRecords {
        input.consume(position)
        position = 0
      }
      guard var record = try find(waiting: waiting) else { return nil }
      if isComment(record) {
        position = record.next
        if keepsRecords, position >= longestBlanks { return nil }
        continue
      }
      if !record.isFaulty, isBlank(record) {
        position = record.next
        if keepsRecords, position >= longestBlanks { return nil }
        skipEmptyLines()
        if countsBlankLines { addBlankLines(record.line..<line) }
        continue
      }
      if !blankLines.isEmpty { return blankLine(before: record) }
      position = record.next
      if !record.isFaulty, let problem = textProblem(record) {
        try noteFault(problem)
        record.isFaulty = true
      }
      return record
    }
  }

  /// Hands out a blank line; the record behind it will be found again.
  private mutating func blankLine(before record: Record) -> Record {
    let run = blankLines[0]
    let number = run.lowerBound
    if run.count == 1 { blankLines.removeFirst() } else { blankLines[0] = run.dropFirst() }
    line = record.line
    return Record(
      start: record.start, end: record.start, next: record.start, line: number, hasQuotes: false)
  }

  private mutating func addBlankLines(_ lines: Range<Int>) {
    if let last = blankLines.last, last.upperBound == lines.lowerBound {
      blankLines[blankLines.count - 1] = last.lowerBound..<lines.upperBound
    } else {
      blankLines.append(lines)
    }
  }

  private mutating func find(waiting: Bool) throws(FileError) -> Record? {
    if isInLongLine { return try passLongLine(waiting: waiting) }
    let start = position
    var searched = start
    while true {
      let bytes = input.unread
      if let end = bytes.firstIndex(of: UInt8(ascii: "\n"), in: searched..<bytes.count) {
        if hasQuote(start..<end) {
          return try findQuoted(firstEnd: end, waiting: waiting)
        }
        line += 1
        return record(start, end, next: end + 1, line: line - 1, hasQuotes: false)
      }
      searched = bytes.count
      if let problem = lengthProblem(searched - start) {
        // Lines that are kept, and those to be found again, are not passed over.
        if keepsRecords || !blankLines.isEmpty { throw problem }
        try noteFault(problem)
        return try passLongLine(waiting: waiting)
      }
      guard waiting else { return nil }
      if try !input.fill() {
        if searched == start { return nil }
        if hasQuote(start..<searched) {
          return try findQuoted(firstEnd: searched, waiting: true)
        }
        return record(start, searched, next: searched, line: line, hasQuotes: false)
      }
    }
  }

  private func hasQuote(_ range: Range<Int>) -> Bool {
    style != nil && input.unread.firstIndex(of: UInt8(ascii: "\""), in: range) != nil
      && !isComment(range)
  }

  /// Whether a line is a comment, of which quotes are no part.
  private func isComment(_ line: Range<Int>) -> Bool {
    guard let style, style.comment != nil else { return false }
    return style.isComment(UnsafeRawBufferPointer(rebasing: input.unread[line]))
  }

  private func isComment(_ record: Record) -> Bool { isComment(record.start..<record.end) }

  func record(_ start: Int, _ end: Int, next: Int, line: Int, hasQuotes: Bool) -> Record {
    let endsWithReturn = end > start && input.unread[end - 1] == UInt8(ascii: "\r")
    return Record(
      start: start, end: endsWithReturn ? end - 1 : end, next: next, line: line,
      hasQuotes: hasQuotes)
  }

  /// Steps over the empty lines that follow a blank one, of which there may be very many.
  private mutating func skipEmptyLines() {
    let bytes = input.unread
    let start = position
    while position < bytes.count, bytes[position] == UInt8(ascii: "\n") { position += 1 }
    line += position - start
  }

  private func isBlank(_ record: Record) -> Bool {
    // Nearly every record shows with its first byte that it is not.
    let bytes = input.unread
    let areTabsBlank = style?.isBlankSeparated ?? true
    return (record.start..<record.end).allSatisfy {
      bytes[$0] == UInt8(ascii: " ") || (areTabsBlank && bytes[$0] == UInt8(ascii: "\t"))
    }
  }
}

extension UnsafeRawBufferPointer {
  /// The place of the first such byte within a range.
  @inline(__always)
  func firstIndex(of byte: UInt8, in range: Range<Int>) -> Int? {
    guard !range.isEmpty, let base = baseAddress else { return nil }
    guard let found = memchr(base + range.lowerBound, Int32(byte), range.count) else { return nil }
    return UnsafeRawPointer(found) - base
  }
}
