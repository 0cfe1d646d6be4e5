// Advice in messages, in the words of the command line where that asks for them: a program sets
// options by their names in ``ReadingOptions``, and needs no words for that.

extension ReadingOptions {
  /// The advice behind a value that is no number.
  var skippingHint: String {
    namesOptions && onInvalid == .error ? " (--on-invalid skip leaves such rows out)" : ""
  }

  /// The advice behind a number that a float cannot hold.
  var precisionHint: String { namesOptions ? " (--precision double holds it)" : "" }

  /// The advice behind a column in which numbers and texts are mixed.
  var mixedColumnHint: String {
    namesOptions
      ? "; --on-invalid skip leaves such rows out, --columns chooses other columns" : ""
  }

  /// The advice behind a first record that may be a header or a row.
  var headerHint: String {
    namesOptions
      ? "--header yes takes the line for names, --header no for a row"
      : "expected ReadingOptions.header to say whether it holds names"
  }

  /// The option that takes a first record for names.
  var headerYes: String { namesOptions ? "--header yes" : "ReadingOptions.header" }

  /// The advice behind an index of libsvm that is out of range.
  var indexHint: String {
    guard let indexSource else { return "" }
    let columns = dimension.map { ", where a row has \($0) \($0 == 1 ? "value" : "values")" } ?? ""
    let first = firstIndex.map { " and indices count from \($0)" } ?? ""
    return " as in \(indexSource)\(columns)\(first)"
  }

  /// The option that gives the number of values of a row.
  var dimensionHint: String { namesOptions ? "expected --dimension D" : "give a dimension" }

  /// The option that names an array.
  var arrayHint: String { namesOptions ? "--array NAME" : "the option array" }
}
