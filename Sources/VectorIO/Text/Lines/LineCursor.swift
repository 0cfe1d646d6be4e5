internal import KMeansFiles

/// A place within a line, from which numbers and signs are taken one after another.
///
/// A byte that belongs to no number (a line end, a zero) stands behind the line, so looking at the
/// byte that comes next needs no check.
struct LineCursor {
  private let start: UnsafePointer<UInt8>
  let end: UnsafePointer<UInt8>
  private(set) var position: UnsafePointer<UInt8>

  init(_ line: UnsafeBufferPointer<UInt8>) {
    start = line.baseAddress!
    end = start + line.count
    position = start
  }

  /// The byte that comes next; `nil` at the end.
  @inline(__always)
  var next: UInt8? { position < end ? position.pointee : nil }

  /// The number of bytes before this place.
  var offset: Int { position - start }

  @inline(__always)
  mutating func skipBlanks() {
    while position < end, isBlank(position.pointee) { position += 1 }
  }

  @inline(__always)
  mutating func skip(_ count: Int) { position += count }

  /// Steps over a byte if it comes next.
  @inline(__always)
  mutating func take(_ byte: UInt8) -> Bool {
    guard position < end, position.pointee == byte else { return false }
    position += 1
    return true
  }

  /// The bytes up to one that a rule names as their end, or to the end of the line.
  @inline(__always)
  func text(until isEnd: (UInt8) -> Bool) -> UnsafeBufferPointer<UInt8> {
    var last = position
    while last < end, !isEnd(last.pointee) { last += 1 }
    return UnsafeBufferPointer(start: position, count: last - position)
  }

  /// A whole number without a sign, if digits come next; `nil`, too, for more than an `Int` holds.
  @inline(__always)
  mutating func wholeNumber() -> Int? {
    let first = position
    var (place, number) = (position, UInt(0))
    while true {
      let digit = place.pointee &- 0x30
      if digit > 9 { break }
      number = number &* 10 &+ UInt(digit)
      place += 1
    }
    // So many digits always fit.
    if place - first > 18 { return longNumber() }
    position = place
    return place > first ? Int(bitPattern: number) : nil
  }

  /// The same of many digits, of which the first may be zeros.
  @inline(never)
  private mutating func longNumber() -> Int? {
    let first = position
    var value = 0
    while position.pointee &- 0x30 <= 9 {
      let (shifted, isLong) = value.multipliedReportingOverflow(by: 10)
      let (sum, isLonger) = shifted.addingReportingOverflow(Int(position.pointee &- 0x30))
      if isLong || isLonger {
        position = first
        return nil
      }
      value = sum
      position += 1
    }
    return value
  }

  /// The value that comes next, up to a byte that ends it, a blank, or the end of the line.
  ///
  /// - Parameter invalid: what becomes of texts that are no finite numbers.
  @inline(__always)
  mutating func value<Scalar: ReadableScalar>(
    _ scalar: Scalar.Type, _ powers: UnsafePointer<UInt64>, _ invalid: InvalidValues,
    until isEnd: (UInt8) -> Bool
  ) throws(LineProblem) -> Scalar {
    let first = position
    if let decimal = Decimal(scanning: &position),
      position == end || isEnd(position.pointee) || isBlank(position.pointee)
    {
      let text = UnsafeBufferPointer(start: first, count: position - first)
      let value = decimal.value(scalar, text, powers)
      if value.isFinite { return value }
    }
    position = first
    let text = text(until: isEnd).trimmingBlanks
    guard let value: Scalar = invalid.standIn(isMissing: FieldKind(text).isMissing) else {
      throw problem(ofValue: text)
    }
    position += text.count
    return value
  }

  /// A fault of the next bytes, which it quotes.
  func unexpected(
    _ expected: String, until isEnd: (UInt8) -> Bool = { _ in false }
  ) -> LineProblem {
    let text = text(until: isEnd)
    let found = text.isEmpty ? "the end of the line" : quoted(UnsafeRawBufferPointer(text))
    return problem("expected \(expected), found \(found)")
  }

  /// A problem with a value at this place.
  private func problem(ofValue text: UnsafeBufferPointer<UInt8>) -> LineProblem {
    let kind = FieldKind(text)
    return LineProblem(
      column: offset + 1, text: kind.problem(with: text), kind: .value(kind))
  }

  /// A problem with an index at this place.
  func problem(ofIndex text: String) -> LineProblem {
    LineProblem(column: offset + 1, text: text, kind: .index)
  }

  /// A problem at this place.
  func problem(_ text: String) -> LineProblem { LineProblem(column: offset + 1, text: text) }
}

extension UnsafeBufferPointer<UInt8> {
  /// Without the blanks at the end.
  var trimmingBlanks: UnsafeBufferPointer<UInt8> {
    var count = count
    while count > 0, isBlank(self[count - 1]) { count -= 1 }
    return UnsafeBufferPointer(start: baseAddress, count: count)
  }
}

@inline(__always)
func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

/// A parser of a format in which each line is a row.
protocol LineParser: SparseRecordParser {
  /// The names that messages use.
  var options: ReadingOptions { get }
  /// The length of the first line in bytes.
  var firstLength: Int { get }

  /// Parses a line into a row.
  ///
  /// - Returns: false where the line holds no row, only a comment.
  func parse<Target: RowTarget>(
    _ line: LineCursor, into row: inout Target
  ) throws(LineProblem) -> Bool
}

extension LineParser {
  func begin(_ input: InputBuffer) throws(FileError) {
    try DelimitedText.skipMark(input, tabs: true)
  }
  var sample: (rows: Int, bytes: Int) { (1, firstLength) }
  /// What becomes of values that are no finite numbers.
  var invalid: InvalidValues { InvalidValues(options) }

  var leavesOutMalformed: Bool { options.leavesOut }

  func records(of input: InputBuffer) -> RecordScanner { options.lines(of: input) }

  func parseRow<Scalar: ReadableScalar>(
    _ line: RecordScanner.Record, of input: InputBuffer, into row: UnsafeMutablePointer<Scalar>
  ) throws(FileError) -> Bool {
    do throws(LineProblem) {
      var target = DenseTarget(row: row)
      return try parse(input.cursor(line), into: &target)
    } catch {
      throw input.malformed(line, error.explained(options))
    }
  }
}

extension InputBuffer {
  /// The start of a line that was found last.
  func cursor(_ line: RecordScanner.Record) -> LineCursor { LineCursor(bytes(of: line)) }

  /// A line's problem with the name of the file and the number of the line.
  func malformed(_ line: RecordScanner.Record, _ problem: LineProblem) -> FileError {
    let place = problem.column.map { FileError.Place.field(line: line.line, column: $0) }
    return malformed(place ?? .line(line.line), problem.text)
  }
}
