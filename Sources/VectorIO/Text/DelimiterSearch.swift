internal import KMeansFiles

/// Finds the delimiter of a text that begins with its first record, by its first lines.
struct DelimiterSearch {
  private let input: InputBuffer
  /// Whether commas stand in numbers, and are no delimiters.
  private let hasDecimalComma: Bool
  private let comment: UInt8?
  /// Whether vertical bars and blanks may stand between fields: they may not in a text of labels.
  private let takesRareOnes: Bool
  /// How many lines are looked at where the first one does not tell: two of a pipe whose rows are
  /// taken as they come.
  private let mostLines: Int

  /// What was found.
  struct Found {
    let delimiter: UInt8
    /// A line for the user, where the delimiter is not usual.
    var remark: String?
  }

  private static let (comma, semicolon) = (UInt8(ascii: ","), UInt8(ascii: ";"))
  private static let (tab, pipe) = (UInt8(ascii: "\t"), UInt8(ascii: "|"))
  private static let quote = UInt8(ascii: "\"")
  /// The bytes after which no further line is looked at.
  private static let sampleLength = 1 << 20

  init(
    _ input: InputBuffer, hasDecimalComma: Bool, comment: UInt8?, takesRareOnes: Bool,
    isAwaited: Bool
  ) {
    self.input = input
    self.hasDecimalComma = hasDecimalComma
    self.comment = comment
    self.takesRareOnes = takesRareOnes
    mostLines = isAwaited ? 100 : 2
  }

  /// The delimiter: a comma, unless the first line has none but a semicolon or a tab, or else all
  /// first lines have as many vertical bars, or are numbers with blanks between them. Bytes in
  /// quotes do not count, and neither do the commas of a line such as `1,5;2,5`, where all of them
  /// stand for a decimal point.
  func find() throws(FileError) -> Found {
    let line = try firstLine()
    let bytes = text(line)
    let found = Self.unquoted(bytes)
    if !hasDecimalComma, found[Int(Self.comma)] {
      let isDecimal = found[Int(Self.semicolon)] && Self.areCommasDecimal(bytes)
      return Found(delimiter: isDecimal ? Self.semicolon : Self.comma)
    }
    for usual in [Self.semicolon, Self.tab] where found[Int(usual)] {
      return Found(delimiter: usual)
    }
    if takesRareOnes, let rare = try rareDelimiter(found) { return rare }
    return Found(delimiter: hasDecimalComma ? Self.semicolon : Self.comma)
  }

  /// Whether the first line has a byte outside quotes.
  func isInFirstLine(_ byte: UInt8) throws(FileError) -> Bool {
    Self.unquoted(text(try firstLine()))[Int(byte)]
  }

  private func text(_ line: Range<Int>) -> UnsafeBufferPointer<UInt8> {
    UnsafeRawBufferPointer(rebasing: input.unread[line]).assumingMemoryBound(to: UInt8.self)
  }

  /// For each byte whether it stands in a line outside quotes.
  private static func unquoted(_ line: UnsafeBufferPointer<UInt8>) -> [Bool] {
    var found = [Bool](repeating: false, count: 256)
    var isQuoted = false
    for byte in line {
      if byte == quote { isQuoted.toggle() }
      if !isQuoted { found[Int(byte)] = true }
    }
    return found
  }

  /// The range of the first line that is not blank; line ends in quotes end no line here.
  private func firstLine() throws(FileError) -> Range<Int> {
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
        if byte == Self.quote { isQuoted.toggle() }
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
    var fields = FieldCursor(line, delimiter: semicolon)
    while let field = fields.nextField() {
      if field.contains(comma), !DelimitedText.hasDecimalComma(field) { return false }
    }
    return true
  }
}

// Delimiters that names and texts hold, too: more lines than the first have to show them.
extension DelimiterSearch {
  private func rareDelimiter(_ found: [Bool]) throws(FileError) -> Found? {
    let hasPipe = found[Int(Self.pipe)]
    guard hasPipe || found[0x20] else { return nil }
    let style = TextStyle(
      delimiter: hasPipe ? Self.pipe : 0x20, hasDecimalComma: hasDecimalComma, comment: comment)
    var lines = SampledLines(style)
    try forEachLine { line in lines.add(line) }
    guard lines.areTable else { return nil }
    if hasPipe { return Found(delimiter: Self.pipe) }
    guard lines.areNumbers else { return nil }
    return Found(
      delimiter: 0x20, remark: "numbers with blanks between them: blanks are taken for delimiters")
  }

  /// Hands on the first lines that are neither blank nor comments, until the closure has enough.
  private func forEachLine(_ body: (UnsafeBufferPointer<UInt8>) -> Bool) throws(FileError) {
    let style = TextStyle(delimiter: 0x20, comment: comment)
    var (start, count) = (0, 0)
    while count < mostLines, start < Self.sampleLength {
      var end = input.unread.firstIndex(of: UInt8(ascii: "\n"), in: start..<input.unread.count)
      while end == nil, input.unread.count - start < Self.sampleLength {
        let searched = input.unread.count
        guard try input.fill() else { break }
        end = input.unread.firstIndex(of: UInt8(ascii: "\n"), in: searched..<input.unread.count)
      }
      // A line that is cut off by the limit shows nothing; the last one may have no end.
      guard end != nil || input.isAtEnd else { return }
      let last = end ?? input.unread.count
      if last == start, end == nil { return }
      let isReturn = last > start && input.unread[last - 1] == UInt8(ascii: "\r")
      let line = text(start..<(isReturn ? last - 1 : last))
      start = last + 1
      if line.allSatisfy({ style.isBlank($0) }) || style.isComment(UnsafeRawBufferPointer(line)) {
        if end == nil { return }
        continue
      }
      count += 1
      if !body(line) || end == nil { return }
      // One row of numbers is enough for who takes rows as they come.
      if mostLines == 2, TextStyle.areNumbers(line, Self.pipe, hasDecimalComma) { return }
      if mostLines == 2, TextStyle.areNumbers(line, 0x20, hasDecimalComma) { return }
    }
  }
}

extension TextStyle {
  /// Whether all fields of a line are numbers, or missing ones, and some are numbers.
  fileprivate static func areNumbers(
    _ line: UnsafeBufferPointer<UInt8>, _ delimiter: UInt8, _ hasDecimalComma: Bool
  ) -> Bool {
    let style = TextStyle(delimiter: delimiter, hasDecimalComma: hasDecimalComma)
    var fields = FieldCursor(line, delimiter: delimiter)
    var isAny = false
    while let field = fields.nextField() {
      switch style.kind(field) {
      case .number: isAny = true
      case .missing, .notANumber, .notFinite: break
      case .text, .tooLarge: return false
      }
    }
    return isAny
  }
}

/// The first lines of a text, seen with one delimiter.
private struct SampledLines {
  private let style: TextStyle
  private var fieldCount: Int?
  private var count = 0
  private var isRagged = false
  /// Whether another delimiter stands in one of them, or a quote, behind which it may.
  private var isAmbiguous = false
  /// Whether the first line is one of numbers, and whether all others are.
  private var isFirstNumbers = false
  private var areOthersNumbers = true

  init(_ style: TextStyle) { self.style = style }

  /// - Returns: whether further lines may still prove anything.
  mutating func add(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
    var fields = FieldCursor(line, delimiter: style.delimiter)
    var found = 0
    while fields.nextField() != nil { found += 1 }
    if let fieldCount, found != fieldCount { isRagged = true }
    fieldCount = found
    isAmbiguous =
      isAmbiguous
      || line.contains {
        $0 == UInt8(ascii: "\"") && style.isBlankSeparated || $0 == UInt8(ascii: ";")
          || $0 == UInt8(ascii: "\t") && !style.isBlankSeparated
          || $0 == UInt8(ascii: ",") && !style.hasDecimalComma
      }
    let areNumbers = TextStyle.areNumbers(line, style.delimiter, style.hasDecimalComma)
    if count == 0 { isFirstNumbers = areNumbers } else if !areNumbers { areOthersNumbers = false }
    count += 1
    return !isRagged && !isAmbiguous && (areOthersNumbers || !style.isBlankSeparated)
  }

  /// Whether all lines have as many fields, more than one.
  var areTable: Bool { !isRagged && !isAmbiguous && fieldCount ?? 0 > 1 }
  /// Whether all are numbers, but perhaps names above them.
  var areNumbers: Bool { areOthersNumbers && (isFirstNumbers || count > 1) }
}
