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
    allowsInvalid = options.leavesOut
    hint = options.skippingHint
    fieldCount = (places.all.max() ?? -1) + 1
  }

  /// Takes the fields of a record that is known to have enough of them; none where one is wrong.
  ///
  /// - Returns: what is wrong with the time, where such rows are left out.
  mutating func take(
    _ record: RecordScanner.Record, of input: InputBuffer
  ) throws(FileError) -> SkippedRows.Fault? {
    var fields = FieldCursor(input.bytes(of: record), delimiter: style.delimiter)
    var (time, weight, key) = (RowTime(line: record.line), Double.nan, "")
    var fault: SkippedRows.Fault?
    for index in 0..<fieldCount {
      guard let field = fields.nextField() else { break }
      do throws(FieldProblem) {
        if index == places.time { try time.take(field, style) }
        if index == places.weight { weight = try number(field, in: names?[index]) }
      } catch {
        let place = FileError.Place.field(line: record.line, column: index + 1)
        guard allowsInvalid else { throw input.malformed(place, error.text + hint) }
        if index == places.time { fault = SkippedRows.Fault(place, error.text) }
      }
      if index == places.key { key = FieldCursor.text(field, isQuoted: fields.isQuoted) }
    }
    append(time, weight, key)
    return fault
  }

  /// Stands in for the fields of a record that has none.
  mutating func takeNothing() { append(RowTime(line: 0), .nan, "") }

  private mutating func append(_ time: RowTime, _ weight: Double, _ key: String) {
    if places.time != nil { values.append(time) }
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

/// The time of a row of text, and how and where it stands there.
struct RowTime {
  let line: Int
  private(set) var seconds = Double.nan
  private(set) var isDate = false

  init(line: Int) { self.line = line }

  mutating func take(
    _ field: UnsafeBufferPointer<UInt8>, _ style: TextStyle
  ) throws(FieldProblem) {
    if let number = style.number(field, Double.self, PowersOfFive.base) {
      seconds = number
    } else {
      seconds = try Timestamp.seconds(field)
      isDate = true
    }
  }
}

/// The fault of a field.
struct FieldProblem: Error {
  let text: String
}
