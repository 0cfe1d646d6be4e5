internal import KMeansFiles

/// How the records of one text are written: found out, or said by ``TextFormat``.
struct TextStyle: Sendable, Hashable {
  /// The byte between fields; a space stands for any number of blanks.
  let delimiter: UInt8
  var hasDecimalComma = false
  /// Whether a model, or another file, said so, and not the options.
  var isCommaRemembered = false
  /// What lines begin with that are no records.
  var comment: UInt8?
  /// Whether a line of tabs is blank above the first record.
  var areTabsBlank = false

  /// A text of commas and points.
  static let plain = TextStyle(delimiter: UInt8(ascii: ","))

  /// Whether any number of blanks stands between fields.
  var isBlankSeparated: Bool { delimiter == UInt8(ascii: " ") }
  /// Whether fields stand between commas, semicolons or tabs.
  var isUsual: Bool { [0x2c, 0x3b, 0x09].contains(delimiter) }
  /// Whether a record without quotes may be read in one go.
  var isPlain: Bool { !hasDecimalComma && !isBlankSeparated }

  /// Whether a byte is blank that stands outside of all fields.
  func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 && delimiter != 0x09
  }

  /// Whether a line is a comment: its first byte that is not blank says so.
  func isComment(_ line: UnsafeRawBufferPointer) -> Bool {
    guard let comment else { return false }
    return line.first { !isBlank($0) } == comment
  }
}

// Numbers with a decimal comma: what has a point is none, for the point would group digits.
extension TextStyle {
  /// The number that a field is, if it is one and finite.
  func number<Scalar: ReadableScalar>(
    _ field: UnsafeBufferPointer<UInt8>, _ scalar: Scalar.Type, _ powers: UnsafePointer<UInt64>
  ) -> Scalar? {
    guard hasDecimalComma else { return Decimal.number(field, scalar, powers) }
    if field.contains(UInt8(ascii: ".")) { return nil }
    return withPoint(field) { Decimal.number($0, scalar, powers) }
  }

  /// The kind of a field.
  func kind(_ field: UnsafeBufferPointer<UInt8>) -> FieldKind {
    guard hasDecimalComma, !field.isEmpty else { return FieldKind(field) }
    if field.contains(UInt8(ascii: ".")) { return .text }
    return withPoint(field) { FieldKind($0) }
  }

  /// Whether a field is a number in the other notation: with a decimal comma where a point is
  /// expected, or with points where the comma is the mark.
  func isOtherNumber(_ field: UnsafeBufferPointer<UInt8>) -> Bool {
    guard hasDecimalComma else { return DelimitedText.hasDecimalComma(field) }
    guard field.count < 1000, field.contains(UInt8(ascii: ".")) else { return false }
    // The copy ends with a zero.
    let rest = field.filter { $0 != UInt8(ascii: ".") } + [0]
    return rest.withUnsafeBufferPointer {
      kind(UnsafeBufferPointer(rebasing: $0.dropLast())) == .number
    }
  }

  /// What is expected in place of such a number.
  var expectedNumber: String {
    hasDecimalComma
      ? "a number with a decimal comma and no points between digits"
      : "a number with a decimal point"
  }

  /// Advice to the user behind a field of a kind.
  func hint(
    _ kind: FieldKind, of field: UnsafeBufferPointer<UInt8>, _ options: ReadingOptions
  ) -> String {
    isCommaRemembered && kind == .text && isOtherNumber(field)
      ? options.rememberedCommaHint : kind.hint(options)
  }

  /// Hands on a copy of a field with points for commas, and a zero behind it.
  private func withPoint<Result>(
    _ field: UnsafeBufferPointer<UInt8>, _ body: (UnsafeBufferPointer<UInt8>) -> Result
  ) -> Result {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: field.count + 1) { copy in
      for (index, byte) in field.enumerated() {
        copy[index] = byte == UInt8(ascii: ",") ? UInt8(ascii: ".") : byte
      }
      copy[field.count] = 0
      return body(UnsafeBufferPointer(rebasing: copy[..<field.count]))
    }
  }
}
