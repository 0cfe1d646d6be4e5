internal import KMeansFiles

// The delimiter of a text, as its first line shows it.
extension DelimitedText {
  /// The delimiter of a text by its first line: a comma, unless there is none but a semicolon or a
  /// tab. Bytes in quotes do not count, and neither do the commas of a line such as
  /// `1,5;2,5`, where all of them stand for a decimal point.
  static func delimiter(of input: InputBuffer) throws(FileError) -> UInt8 {
    let line = try firstLine(of: input)
    let bytes = UnsafeRawBufferPointer(rebasing: input.unread[line])
      .assumingMemoryBound(to: UInt8.self)
    let (comma, semicolon) = (UInt8(ascii: ","), UInt8(ascii: ";"))
    var found: Set<UInt8> = []
    var isQuoted = false
    for byte in bytes {
      if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
      if !isQuoted, byte == comma || byte == semicolon || byte == UInt8(ascii: "\t") {
        found.insert(byte)
      }
    }
    if found.contains(comma) {
      return found.contains(semicolon) && areCommasDecimal(bytes) ? semicolon : comma
    }
    if found.contains(semicolon) { return semicolon }
    return found.contains(UInt8(ascii: "\t")) ? UInt8(ascii: "\t") : comma
  }

  /// The range of the first line that is not blank; line ends in quotes end no line here.
  private static func firstLine(of input: InputBuffer) throws(FileError) -> Range<Int> {
    var isQuoted = false
    var isBlank = true
    var (start, index) = (0, 0)
    while index < RecordScanner.longestRecord {
      if index == input.unread.count {
        guard try input.fill() else { break }
      }
      let bytes = input.unread
      while index < bytes.count {
        let byte = bytes[index]
        if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
        if byte > 0x20 { isBlank = false }
        if byte == UInt8(ascii: "\n"), !isQuoted {
          if !isBlank {
            return start..<(bytes[index - 1] == UInt8(ascii: "\r") ? index - 1 : index)
          }
          start = index + 1
        }
        index += 1
      }
    }
    return start..<index
  }

  /// Whether every field between semicolons that has a comma is a number with a decimal comma.
  private static func areCommasDecimal(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
    var fields = FieldCursor(line, delimiter: UInt8(ascii: ";"))
    while let field = fields.nextField() {
      if field.contains(UInt8(ascii: ",")), !hasDecimalComma(field) { return false }
    }
    return true
  }

  /// Whether a field is a number but for a comma in the place of the decimal point.
  static func hasDecimalComma(_ field: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let comma = field.firstIndex(of: UInt8(ascii: ",")) else { return false }
    // Numbers that people write with a comma are short; the copy ends with a zero.
    guard field.count < 1000 else { return false }
    var copy = Array(field) + [0]
    copy[comma] = UInt8(ascii: ".")
    return copy.withUnsafeBufferPointer {
      FieldKind(UnsafeBufferPointer(rebasing: $0.dropLast())) == .number
    }
  }
}
