internal import KMeansFiles

/// The kind of a field: a number, or text of one kind or another.
enum FieldKind {
  case number
  /// `nan`, with or without a sign.
  case notANumber
  /// A number that is infinite: `inf`.
  case notFinite
  /// A number that no double holds: `1e999`.
  case tooLarge
  /// A sign of a missing number: an empty field, or one of ``MissingWords`` but `nan`.
  case missing
  case text

  /// - Precondition: a byte that belongs to no number stands behind the field: a delimiter, a
  ///   quote, a line end.
  init(_ field: UnsafeBufferPointer<UInt8>) {
    guard var p = field.baseAddress, !field.isEmpty else {
      self = .missing
      return
    }
    if let decimal = Decimal(scanning: &p), p == field.baseAddress! + field.count {
      let value = decimal.value(Double.self, field, PowersOfFive.base)
      self = value.isFinite ? .number : .tooLarge
    } else {
      self = FieldKind(word: field)
    }
  }

  private init(word: UnsafeBufferPointer<UInt8>) {
    // No word is longer than "-infinity".
    guard word.count < 10 else {
      self = .text
      return
    }
    let written = String(decoding: word, as: UTF8.self)
    var name = written.lowercased()
    let isWord = MissingWords.exact.contains(written) || MissingWords.ofAnyCase.contains(name)
    if isWord, name != MissingWords.notANumber {
      self = .missing
      return
    }
    if name.hasPrefix("-") || name.hasPrefix("+") { name.removeFirst() }
    self =
      name == MissingWords.notANumber
      ? .notANumber : ["inf", "infinity"].contains(name) ? .notFinite : .text
  }

  /// Whether it stands for a number that is not known.
  var isMissing: Bool { self == .missing || self == .notANumber }

  /// The fault of a field of this kind that could not be read as a scalar, in the same words in
  /// every command and format that reads text.
  ///
  /// - Parameter column: the name of its column, if that has one.
  func problem(
    with field: UnsafeBufferPointer<UInt8>, in column: String? = nil, _ style: TextStyle = .plain
  ) -> String {
    let found = field.isEmpty ? "an empty field" : quoted(UnsafeRawBufferPointer(field))
    let place = column.map { $0.isEmpty ? "" : " for \(quoted($0))" } ?? ""
    return "expected \(expected(of: field, style))\(place), found \(found)"
  }

  /// The text that was expected in place of such a field; for a number in another notation, the
  /// difference from the one that is read.
  func expected(
    of field: UnsafeBufferPointer<UInt8>, _ style: TextStyle = .plain
  ) -> String {
    switch self {
    case .number: "a number that a 32-bit float can hold"
    case .notANumber, .notFinite: "a finite number"
    case .tooLarge: "a number that a 64-bit float can hold"
    case .text where style.isOtherNumber(field): style.expectedNumber
    case .text where FieldKind.isHexadecimal(field): "a number in decimal digits"
    case .text where FieldKind.hasOtherMinus(field): "a number with the minus sign of ASCII"
    case .missing, .text: "a number"
    }
  }

  /// Whether it begins as hexadecimal numbers of C do: `-0x1p3`.
  private static func isHexadecimal(_ field: UnsafeBufferPointer<UInt8>) -> Bool {
    let digits = field.drop { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "+") }
    return digits.count > 2 && digits.count + 1 >= field.count
      && digits.starts(with: [UInt8(ascii: "0"), UInt8(ascii: "x")]) { $0 | 0x20 == $1 | 0x20 }
  }

  /// Whether it is a number but for a minus sign that looks like one (U+2212).
  private static func hasOtherMinus(_ field: UnsafeBufferPointer<UInt8>) -> Bool {
    guard field.starts(with: [0xe2, 0x88, 0x92]), field.count < 1000 else { return false }
    let copy = field.dropFirst(3) + [0]
    return copy.withUnsafeBufferPointer {
      FieldKind(UnsafeBufferPointer(rebasing: $0.dropLast())) == .number
    }
  }

  /// Advice to the user.
  func hint(_ options: ReadingOptions) -> String {
    switch self {
    case .number: options.precisionHint
    case .missing, .notANumber: options.missingHint
    case .notFinite, .tooLarge, .text: options.skippingHint
    }
  }
}

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
