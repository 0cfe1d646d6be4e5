/// Whether the first record of a delimited text holds the names of its columns.
///
/// If the caller does not say so, the record itself does:
///
/// * one with no text in it is a row, for numbers and words that stand for a missing number
///   (an empty field, `NA`, `nan`, `null`, `?`) are no names;
/// * one with text over a column of numbers, and no number anywhere, holds names;
/// * one with text over a column of numbers and numbers beside it may be either, and is an error;
/// * one whose text stands over columns of text alone is a row, which
///   ``VectorFileInfo/remarks`` says.
///
/// A column that is asked for by a name which the record holds says that it holds names.
public enum HeaderRow: String, Sendable, Hashable, Codable, CaseIterable {
  /// The record itself decides, as above.
  case auto
  /// The record holds names, even if they look like numbers.
  case yes
  /// The record is a row.
  case no
}
