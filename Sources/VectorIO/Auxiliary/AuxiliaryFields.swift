internal import KMeansFiles

/// Takes the fields of the side columns out of the records of a delimited text.
struct AuxiliaryFields: RecordSides {
  /// The values that were read so far.
  var values = AuxiliaryValues()
  private let places: SidePlaces
  private let style: TextStyle
  /// The number of fields of a record that have to be looked at.
  private let fieldCount: Int
  /// Whether a field of the wrong kind becomes NaN instead of an error.
  private let allowsInvalid: Bool
  private let names: [String]?
  private let hint: String

  /// - Returns: `nil` where there is no such column.
  init?(
    _ places: SidePlaces, _ style: TextStyle, names: [String]?, _ options: ReadingOptions
  ) {
    if places.isEmpty { return nil }
    self.places = places
    self.style = style
    self.names = names
    allowsInvalid = options.onInvalid == .skip
    hint = options.skippingHint
    fieldCount = (places.all.max() ?? -1) + 1
  }

  /// Takes the fields of a record that is known to have enough of them; none where one is wrong.
  mutating func take(
    _ record: RecordScanner.Record, of input: InputBuffer
  ) throws(FileError) {
    var fields = FieldCursor(input.bytes(of: record), delimiter: style.delimiter)
    var (time, weight, key) = (Double.nan, Double.nan, "")
    for index in 0..<fieldCount {
      guard let field = fields.nextField() else { break }
      do throws(FieldProblem) {
        if index == places.time { time = try Timestamp.seconds(field, style) }
        if index == places.weight { weight = try number(field, in: names?[index]) }
      } catch {
        guard allowsInvalid else {
          throw input.malformed(
            .field(line: record.line, column: index + 1), error.text + hint)
        }
      }
      if index == places.key { key = FieldCursor.text(field, isQuoted: fields.isQuoted) }
    }
    append(time, weight, key)
  }

  /// Stands in for the fields of a record that has none.
  mutating func takeNothing() { append(.nan, .nan, "") }

  private mutating func append(_ time: Double, _ weight: Double, _ key: String) {
    if places.time != nil { values.times.append(time) }
    if places.weight != nil { values.weights.append(weight) }
    if places.key != nil { values.append(key: key) }
  }

  private func number(
    _ field: UnsafeBufferPointer<UInt8>, in column: String?
  ) throws(FieldProblem) -> Double {
    if let number = style.number(field, Double.self, PowersOfFive.base) { return number }
    throw FieldProblem(text: style.kind(field).problem(with: field, in: column, style))
  }
}

/// The fault of a field.
struct FieldProblem: Error {
  let text: String
}
