internal import KMeansFiles

// Malformed records: refused, or handed out as such.
extension RecordScanner {
  /// What becomes of a malformed record.
  enum FaultRule {
    /// It is an error, with some advice.
    case refuse(hint: String)
    /// It is handed out. Where a record of more than one line is malformed, only its first line is,
    /// and the next record begins on the line behind: a quote that is never closed takes no other
    /// row along.
    ///
    /// - Parameter fields: the fields that a record of more than one line must have.
    case handOut(fields: Int?)
  }

  func textProblem(_ record: Record) -> FileError? {
    if let place = input.unread.firstIndex(of: 0, in: record.start..<record.end) {
      return input.malformed(
        .line(record.line),
        "a NUL byte at byte \(input.offset + place) of the file; expected text"
          + hint(line: record.line))
    }
    if !record.hasQuotes,
      input.unread.firstIndex(of: UInt8(ascii: "\r"), in: record.start..<record.end) != nil
    {
      return loneReturn(line: record.line)
    }
    return nil
  }

  func loneReturn(line: Int) -> FileError {
    input.malformed(
      .line(line),
      "a carriage return without a line feed; expected lines that end in LF or CR LF"
        + hint(line: line))
  }

  /// The advice behind bytes that are no text. What a file begins with is not left out, so that
  /// there is none for its first line.
  private func hint(line: Int) -> String {
    guard case .refuse(let hint) = faultRule, line > 1 else { return "" }
    return hint
  }

  func lengthProblem(_ length: Int) -> FileError? {
    guard length > RecordScanner.longestRecord else { return nil }
    let limit = RecordScanner.longestRecord >> 20
    return input.malformed(.line(line), "a record of more than \(limit) MiB")
  }

  /// Notes what is wrong with a record that is handed out all the same, or throws it.
  mutating func noteFault(_ problem: FileError) throws(FileError) {
    guard case .handOut = faultRule else { throw problem }
    fault = problem
  }

  /// Takes the bytes of a line that is too long, as they come, up to its end.
  ///
  /// - Returns: an empty record in its place; `nil` where its end has not come and is not awaited.
  mutating func passLongLine(waiting: Bool) throws(FileError) -> Record? {
    isInLongLine = true
    while true {
      let end = input.unread.firstIndex(of: UInt8(ascii: "\n"), in: 0..<input.unread.count)
      input.consume(end ?? input.unread.count)
      position = 0
      if end == nil {
        guard waiting else { return nil }
        if try input.fill() { continue }
      }
      isInLongLine = false
      line += 1
      return Record(
        start: 0, end: 0, next: end == nil ? 0 : 1, line: line - 1, hasQuotes: false,
        isFaulty: true)
    }
  }
}
