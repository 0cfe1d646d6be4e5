// Times as people read them, where they were given so.

extension Timestamp {
  /// A time as ISO 8601 in UTC, such as `2026-11-21T09:30:00.25Z`, to the microsecond.
  ///
  /// - Parameter seconds: since 1970.
  /// - Returns: `nil` outside of the years 0 to 9999, which ISO 8601 does not write so.
  static func text(_ seconds: Double) -> String? {
    guard seconds >= -62_167_219_200, seconds < 253_402_300_799 else { return nil }
    let micros = Int((seconds * 1e6).rounded())
    let (whole, fraction) = divided(micros, by: 1_000_000)
    let (days, time) = divided(whole, by: 86_400)
    let (year, month, day) = date(days)
    let date = "\(digits(year, 4))-\(digits(month))-\(digits(day))"
    let clock = "\(digits(time / 3600)):\(digits(time / 60 % 60)):\(digits(time % 60))"
    var places = Substring(digits(fraction, 6))
    while places.last == "0" { places.removeLast() }
    return "\(date)T\(clock)\(places.isEmpty ? "" : ".")\(places)Z"
  }

  /// The date of a day since 1970-01-01, the inverse of ``TimestampParser``.
  private static func date(_ days: Int) -> (year: Int, month: Int, day: Int) {
    // Years from March on end with the day that only some of them have.
    let (cycle, day) = divided(days + 719_468, by: 146_097)
    let year = (day - day / 1460 + day / 36_524 - day / 146_096) / 365
    let dayOfYear = day - (365 * year + year / 4 - year / 100)
    let month = (5 * dayOfYear + 2) / 153
    let isNextYear = month >= 10
    return (
      cycle * 400 + year + (isNextYear ? 1 : 0), isNextYear ? month - 9 : month + 3,
      dayOfYear - (153 * month + 2) / 5 + 1
    )
  }

  /// The quotient, rounded down, and what is left, which is not negative.
  private static func divided(_ number: Int, by divisor: Int) -> (Int, Int) {
    let rest = number % divisor
    return rest < 0
      ? (number / divisor - 1, rest + divisor) : (number / divisor, rest)
  }

  private static func digits(_ number: Int, _ count: Int = 2) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, count - text.count)) + text
  }
}
