/// How the records of a delimited text are written, as far as it is said; the rest is found out
/// from its first lines.
///
/// ```swift
/// var options = ReadingOptions()
/// options.text = TextFormat(delimiter: .pipe, decimal: .comma, comment: CommentMark("#"))
/// ```
public struct TextFormat: Sendable, Hashable {
  /// What stands between fields; `nil` finds commas, semicolons, tabs, vertical bars, and blanks
  /// between numbers.
  public var delimiter: FieldDelimiter?
  /// The mark before the fraction of a number; `nil` for a point. Where it is a comma, that is no
  /// delimiter. Marks between groups of digits are never read.
  public var decimal: DecimalMark?
  /// What lines begin with that are passed over, above the header and anywhere; `nil` where there
  /// are none. Lines keep their numbers in errors.
  public var comment: CommentMark?

  /// A format of which some is known.
  public init(
    delimiter: FieldDelimiter? = nil, decimal: DecimalMark? = nil, comment: CommentMark? = nil
  ) {
    self.delimiter = delimiter
    self.decimal = decimal
    self.comment = comment
  }

  /// Whether nothing is said.
  public var isEmpty: Bool { delimiter == nil && decimal == nil && comment == nil }
}

/// What stands between the fields of a delimited text: one character of ASCII, or any number of
/// spaces and tabs.
public struct FieldDelimiter: Sendable, Hashable {
  /// The byte; a space stands for any number of blanks.
  let byte: UInt8

  public static let comma = FieldDelimiter(byte: UInt8(ascii: ","))
  public static let semicolon = FieldDelimiter(byte: UInt8(ascii: ";"))
  public static let tab = FieldDelimiter(byte: UInt8(ascii: "\t"))
  public static let pipe = FieldDelimiter(byte: UInt8(ascii: "|"))
  /// Spaces and tabs, one or more; those at the ends of a line do not count.
  public static let blanks = FieldDelimiter(byte: UInt8(ascii: " "))

  private static let words: [(word: String, delimiter: FieldDelimiter)] = [
    ("comma", comma), ("semicolon", semicolon), ("tab", tab), ("pipe", pipe), ("space", blanks),
  ]

  private init(byte: UInt8) { self.byte = byte }

  /// A delimiter as it is typed: a character, or `tab`, `space` (for ``blanks``), `comma`,
  /// `semicolon`, `pipe`; `nil` for a letter, a digit, a quote, a sign, a point, and what is no
  /// single character of ASCII.
  public init?(_ text: String) {
    if let (_, delimiter) = Self.words.first(where: { $0.word == text }) {
      self = delimiter
    } else if let byte = singleMark(text) ?? (text == "\t" || text == " " ? text.utf8.first : nil) {
      self.init(byte: byte)
    } else {
      return nil
    }
  }

  /// The text that ``init(_:)`` takes for it.
  public var text: String {
    Self.words.first { $0.delimiter == self && $0.word != "comma" }?.word
      ?? String(UnicodeScalar(byte))
  }
}

/// The mark before the fraction of a number.
public enum DecimalMark: String, Sendable, Hashable, Codable, CaseIterable {
  case point = "."
  case comma = ","
}

/// What a line begins with, blanks aside, that is a comment: one character of ASCII.
public struct CommentMark: Sendable, Hashable {
  let byte: UInt8

  /// `nil` for a letter, a digit, a quote, a sign, a point, a blank, and what is no single
  /// character of ASCII.
  public init?(_ text: String) {
    guard let byte = singleMark(text) else { return nil }
    self.byte = byte
  }

  /// The text that ``init(_:)`` takes for it.
  public var text: String { String(UnicodeScalar(byte)) }
}

/// The byte of a text that is one visible character of ASCII, but none that numbers and names are
/// made of.
private func singleMark(_ text: String) -> UInt8? {
  guard let byte = text.utf8.first, text.utf8.count == 1, byte > 0x20, byte < 0x7f,
    byte &- 0x30 > 9, (byte | 0x20) &- 0x61 > 25, !"\"'+-.".utf8.contains(byte)
  else { return nil }
  return byte
}
