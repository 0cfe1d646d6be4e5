internal import KMeansFiles

/// What a field holds, as far as numbers go.
enum FieldKind {
  case number
  /// What is no finite number: `nan`, `inf`, `1e999`.
  case notFinite
  /// What stands where a number is missing: nothing, `NA`, `N/A`, `n/a`, `null`, `?`.
  case missing
  case text

  /// - Precondition: a byte that belongs to no number stands behind the field: a delimiter, a quote,
  ///   a line end.
  init(_ field: UnsafeBufferPointer<UInt8>) {
    guard var p = field.baseAddress, !field.isEmpty else {
      self = .missing
      return
    }
    if let decimal = Decimal(scanning: &p), p == field.baseAddress! + field.count {
      let value = decimal.value(Double.self, field, PowersOfFive.base)
      self = value.isFinite ? .number : .notFinite
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

  /// What is wrong with a field of this kind that could not be read as a scalar.
  ///
  /// - Parameter column: the name of its column, if that has one.
  func problem(
    with field: UnsafeBufferPointer<UInt8>, in column: String? = nil
  ) -> String {
    let expected =
      switch self {
      case .number: "a number that a 32-bit float can hold"
      case .notFinite: "a finite number"
      case .missing, .text: "a number"
      }
    let found = field.isEmpty ? "an empty field" : quoted(UnsafeRawBufferPointer(field))
    let place = column.map { $0.isEmpty ? "" : " for \(quoted($0))" } ?? ""
    return "expected \(expected)\(place), found \(found)"
  }

  /// What would help.
  func hint(_ options: ReadingOptions) -> String {
    self == .number ? options.precisionHint : options.skippingHint
  }
}
