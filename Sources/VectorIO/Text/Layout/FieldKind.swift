internal import KMeansFiles

/// What a field holds, as far as numbers go.
enum FieldKind {
  case number
  /// What is no finite number: `nan`, `inf`.
  case notFinite
  /// A number that no double holds: `1e999`.
  case tooLarge
  /// What stands where a number is missing: nothing, `NA`, `N/A`, `n/a`, `null`, `?`.
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
    if ["NA", "N/A", "n/a", "?"].contains(written) || name == "null" {
      self = .missing
      return
    }
    if name.hasPrefix("-") || name.hasPrefix("+") { name.removeFirst() }
    self = ["nan", "inf", "infinity"].contains(name) ? .notFinite : .text
  }

  /// What is wrong with a field of this kind that could not be read as a scalar: every command and
  /// format that reads text says it so.
  ///
  /// - Parameter column: the name of its column, if that has one.
  func problem(
    with field: UnsafeBufferPointer<UInt8>, in column: String? = nil
  ) -> String {
    let found = field.isEmpty ? "an empty field" : quoted(UnsafeRawBufferPointer(field))
    let place = column.map { $0.isEmpty ? "" : " for \(quoted($0))" } ?? ""
    return "expected \(expected(of: field))\(place), found \(found)"
  }

  /// What was expected in place of such a field; of another notation than the one that is read,
  /// what differs.
  func expected(of field: UnsafeBufferPointer<UInt8>) -> String {
    switch self {
    case .number: "a number that a 32-bit float can hold"
    case .notFinite: "a finite number"
    case .tooLarge: "a number that a 64-bit float can hold"
    case .text where DelimitedText.hasDecimalComma(field): "a number with a decimal point"
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

  /// What would help.
  func hint(_ options: ReadingOptions) -> String {
    self == .number ? options.precisionHint : options.skippingHint
  }
}
