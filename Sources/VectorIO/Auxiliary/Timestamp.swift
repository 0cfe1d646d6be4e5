internal import KMeansFiles

/// The time in a field: a number of seconds, or a date and time of ISO 8601.
///
/// `2026-11-21T09:30:00Z` and the like: a date; then, behind `T` or a blank, hours and minutes, and
/// perhaps seconds with a fraction of any length; then `Z`, an offset (`+01:00`, `+0100`, `+01`),
/// or no offset for UTC. A date alone is its midnight. A leap second is the first one of the next
/// minute, as in POSIX. The calendar is the Gregorian one, also before 1582.
enum Timestamp {
  /// The seconds since 1970 of a date and time.
  ///
  /// - Throws: ``FieldProblem``, with the fault and the expected text.
  static func seconds(_ field: UnsafeBufferPointer<UInt8>) throws(FieldProblem) -> Double {
    var parser = TimestampParser(field)
    do throws(TimestampProblem) {
      return try parser.seconds()
    } catch {
      let found = field.isEmpty ? "an empty field" : quoted(UnsafeRawBufferPointer(field))
      switch error {
      case .form:
        throw FieldProblem(
          text: "expected a time, in seconds or such as 2026-11-21T09:30:00Z, found \(found)")
      case .outside(let name, let range):
        throw FieldProblem(
          text: "expected a time with \(name) from \(range.lowerBound) to \(range.upperBound), "
            + "found \(found)")
      }
    }
  }
}

/// The reason why a field is no time.
enum TimestampProblem: Error {
  /// The text does not look like a time.
  case form
  /// A part of it is a number that this part cannot be.
  case outside(String, ClosedRange<Int>)
}

/// Takes the parts of a date and time, one after another.
struct TimestampParser {
  private var rest: Slice<UnsafeBufferPointer<UInt8>>

  init(_ field: UnsafeBufferPointer<UInt8>) { rest = field[...] }

  /// Parses the whole text, into seconds since 1970.
  mutating func seconds() throws(TimestampProblem) -> Double {
    let days = try date()
    var whole = days * 86_400
    var fraction = 0.0
    if !rest.isEmpty {
      guard take(anyOf: "Tt ") else { throw .form }
      whole += try number("an hour", 0...23) * 3600
      guard take(anyOf: ":") else { throw .form }
      whole += try number("a minute", 0...59) * 60
      if take(anyOf: ":") {
        whole += try number("a second", 0...60)
        if take(anyOf: ".,") { fraction = try self.fraction() }
      }
      whole -= try offset()
    }
    return Double(whole) + fraction
  }

  /// A date, as days since 1970-01-01.
  private mutating func date() throws(TimestampProblem) -> Int {
    let year = try number("a year", 0...9999, digits: 4)
    guard take(anyOf: "-") else { throw .form }
    let month = try number("a month", 1...12)
    guard take(anyOf: "-") else { throw .form }
    let isLeap = year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400))
    let length =
      switch month {
      case 2: isLeap ? 29 : 28
      case 4, 6, 9, 11: 30
      default: 31
      }
    let day = try number("a day", 1...length)
    // Years from March on end with the day that only some of them have; their months from March on
    // have 31, 30, 31, 30, 31 days over and over, which (153 m + 2) / 5 counts.
    let shifted = month > 2 ? year : year - 1
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    // One cycle of 400 years more keeps the divisions away from negative numbers.
    let cycled = shifted + 400
    let leapDays = cycled / 4 - cycled / 100 + cycled / 400
    return cycled * 365 + leapDays + dayOfYear - 146_097 - 719_468
  }

  /// Reads `Z`, an offset from UTC [seconds], or no offset; it ends the field.
  private mutating func offset() throws(TimestampProblem) -> Int {
    if rest.isEmpty { return 0 }
    if take(anyOf: "Zz") {
      guard rest.isEmpty else { throw .form }
      return 0
    }
    let isWest = rest.first == UInt8(ascii: "-")
    guard take(anyOf: "+-") else { throw .form }
    var seconds = try number("an offset of hours", 0...23) * 3600
    if !rest.isEmpty {
      _ = take(anyOf: ":")
      seconds += try number("an offset of minutes", 0...59) * 60
    }
    guard rest.isEmpty else { throw .form }
    return isWest ? -seconds : seconds
  }

  private mutating func take(anyOf bytes: StaticString) -> Bool {
    guard let byte = rest.first else { return false }
    let isTaken = bytes.withUTF8Buffer { $0.contains(byte) }
    if isTaken { rest.removeFirst() }
    return isTaken
  }

  /// A number of so many digits within a range.
  private mutating func number(
    _ name: String, _ range: ClosedRange<Int>, digits count: Int = 2
  ) throws(TimestampProblem) -> Int {
    var value = 0
    for _ in 0..<count {
      guard let digit = digit() else { throw .form }
      value = value * 10 + digit
    }
    guard range.contains(value) else { throw .outside(name, range) }
    return value
  }

  private mutating func digit() -> Int? {
    guard let byte = rest.first, byte >= 0x30, byte <= 0x39 else { return nil }
    rest.removeFirst()
    return Int(byte) - 0x30
  }

  /// The digits of a fraction, at least one, of which nine count: a double of today's seconds has
  /// seven.
  private mutating func fraction() throws(TimestampProblem) -> Double {
    var (value, scale) = (0, 1)
    var count = 0
    while let digit = digit() {
      if count < 9 { (value, scale) = (value * 10 + digit, scale * 10) }
      count += 1
    }
    guard count > 0 else { throw .form }
    return Double(value) / Double(scale)
  }
}
