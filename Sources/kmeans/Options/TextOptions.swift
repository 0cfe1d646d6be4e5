import ArgumentParser
import VectorIO

// Parsers of what says how a text is written.

/// What stands between fields.
func fieldDelimiter(_ text: String) throws -> FieldDelimiter {
  guard let delimiter = FieldDelimiter(text) else {
    throw ValidationError(
      "expected one character that is no letter, digit, quote, sign or point, or one of comma, "
        + "semicolon, tab, pipe, space")
  }
  return delimiter
}

/// What comments begin with.
func commentMark(_ text: String) throws -> CommentMark {
  guard let mark = CommentMark(text) else {
    throw ValidationError(
      "expected one character that is no letter, digit, quote, sign, point or blank, such as '#'")
  }
  return mark
}

/// The mark before a fraction.
func decimalMark(_ text: String) throws -> DecimalMark {
  guard let mark = DecimalMark(rawValue: text) else {
    throw ValidationError("expected . or ,")
  }
  return mark
}
