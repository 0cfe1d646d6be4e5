/// The fault of a line.
struct LineProblem: Error {
  /// The kind of a fault, which decides on the advice in the message.
  enum Kind {
    case value(FieldKind), index, other
  }

  /// The byte of the line, from 1, where it shows; `nil` for the line as a whole.
  let column: Int?
  let text: String
  var kind = Kind.other

  /// The same fault with advice behind it.
  func explained(_ options: ReadingOptions) -> LineProblem {
    switch kind {
    case .value(let value): LineProblem(column: column, text: text + value.hint(options))
    case .index: LineProblem(column: column, text: text + options.indexHint)
    case .other: LineProblem(column: column, text: text + options.skippingHint)
    }
  }
}
