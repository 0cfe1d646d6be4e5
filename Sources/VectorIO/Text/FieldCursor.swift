internal import KMeansFiles

/// The fields of a record, one after another.
struct FieldCursor {
  private let delimiter: UInt8?
  private let isBlankSeparated: Bool
  private var next: UnsafePointer<UInt8>?
  private let end: UnsafePointer<UInt8>
  /// Whether the last field stood in quotes.
  private(set) var isQuoted = false

  /// - Parameter delimiter: the byte between fields; a space stands for any number of blanks.
  init(_ bytes: UnsafeBufferPointer<UInt8>, delimiter: UInt8?) {
    self.delimiter = delimiter
    isBlankSeparated = delimiter == UInt8(ascii: " ")
    next = bytes.baseAddress!
    end = bytes.baseAddress! + bytes.count
  }

  /// Whether there is another field.
  var hasNext: Bool { next != nil }

  /// The next field, without blanks at its ends and without the quotes around it; quotes within it
  /// are still doubled.
  mutating func nextField() -> UnsafeBufferPointer<UInt8>? {
    guard var start = next else { return nil }
    if isBlankSeparated { skipBlanks(&start) }
    var p = start
    var field = start..<start
    isQuoted = p < end && p.pointee == UInt8(ascii: "\"")
    if isQuoted {
      p += 1
      // The scanner has seen that the quote is closed; a doubled one is two quotes.
      while p < end, p.pointee != UInt8(ascii: "\"") || isDoubled(p) {
        p += p.pointee == UInt8(ascii: "\"") ? 2 : 1
      }
      field = start + 1..<max(start + 1, p)
      while p < end, !endsField(p.pointee) { p += 1 }
    } else {
      while p < end, !endsField(p.pointee) { p += 1 }
      field = start..<p
    }
    if isBlankSeparated {
      skipBlanks(&p)
      next = p < end ? p : nil
    } else {
      next = p < end ? p + 1 : nil
    }
    return trimmed(field)
  }

  /// A field as text: doubled quotes within quotes are one. Bytes that are not UTF-8 are kept as
  /// ``FileName`` keeps them.
  static func text(_ field: UnsafeBufferPointer<UInt8>, isQuoted: Bool) -> String {
    guard isQuoted else { return FileName.text(field) }
    var bytes: [UInt8] = []
    var index = 0
    while index < field.count {
      bytes.append(field[index])
      let isQuote = field[index] == UInt8(ascii: "\"")
      index += isQuote && index + 1 < field.count && field[index + 1] == field[index] ? 2 : 1
    }
    return FileName.text(bytes)
  }

  private func endsField(_ byte: UInt8) -> Bool {
    byte == delimiter || isBlankSeparated && byte == 0x09
  }

  private func skipBlanks(_ p: inout UnsafePointer<UInt8>) {
    while p < end, isBlank(p.pointee) { p += 1 }
  }

  private func isDoubled(_ quote: UnsafePointer<UInt8>) -> Bool {
    quote + 1 < end && quote[1] == UInt8(ascii: "\"")
  }

  private func trimmed(
    _ field: Range<UnsafePointer<UInt8>>
  ) -> UnsafeBufferPointer<UInt8> {
    var (first, last) = (field.lowerBound, field.upperBound)
    while first < last, isBlank(first.pointee) { first += 1 }
    while first < last, isBlank(last[-1]) { last -= 1 }
    return UnsafeBufferPointer(start: first, count: last - first)
  }
}
