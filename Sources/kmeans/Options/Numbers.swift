import ArgumentParser
import VectorIO

// Parsers of numbers in options: with an error that tells what was expected, and (by `parsing:
// .unconditional` at the option) with a minus sign that is not taken for another option.

/// A whole number.
func wholeNumber(_ text: String) throws -> Int {
  guard let number = Int(text) else {
    let isLong = text.count > 18 && text.allSatisfy(\.isWholeNumber)
    throw ValidationError("expected a whole number\(isLong ? " of at most \(Int.max)" : "")")
  }
  return number
}

/// A whole number that is not negative, of 64 bits.
func seedNumber(_ text: String) throws -> UInt64 {
  guard let number = UInt64(text) else {
    throw ValidationError("expected a whole number from 0 to \(UInt64.max)")
  }
  return number
}

/// A number of bytes: `1000000`, `512M`, `8G` (powers of 1,024).
func memorySize(_ text: String) throws -> Int {
  let units: [Character: Int] = ["K": 10, "M": 20, "G": 30, "T": 40]
  let shift = text.last.flatMap { units[$0] }
  let digits = shift == nil ? text[...] : text.dropLast()
  guard let number = Int(digits), number > 0, number <= Int.max >> (shift ?? 0) else {
    throw ValidationError("expected a number of bytes, such as 512M or 8G")
  }
  return number << (shift ?? 0)
}

/// A number; whether it may be negative or infinite is for others to say.
func number(_ text: String) throws -> Double {
  guard let number = Double(text) else { throw ValidationError("expected a number") }
  return number
}

/// A duration: `500ms`, `2s`, `1.5s`, `1m`.
func duration(_ text: String) throws -> Duration {
  guard let seconds = TimeUnits.seconds(text), seconds >= 1e-3, seconds <= 86_400 else {
    throw ValidationError("expected a time from 1ms to a day, such as 500ms, 1.5s or 2m")
  }
  return .seconds(seconds)
}

/// A number in a unit that another option says, or a time: `5`, `1h`.
enum NumberOrTime: Equatable {
  case number(Double)
  case seconds(Double)

  var isTime: Bool { if case .seconds = self { true } else { false } }
  /// The number, or the seconds.
  var value: Double {
    switch self {
    case .number(let value), .seconds(let value): value
    }
  }
}

/// A number, or a time.
func numberOrTime(_ text: String) throws -> NumberOrTime {
  if let number = Double(text) { return .number(number) }
  if let seconds = TimeUnits.seconds(text) { return .seconds(seconds) }
  throw ValidationError("expected a number, or a time such as 90s, 1h or 7d")
}

/// The units of times.
enum TimeUnits {
  private static let all: [(name: String, seconds: Double)] = [
    ("ms", 1e-3), ("s", 1), ("m", 60), ("h", 3600), ("d", 86_400),
  ]

  /// The seconds of a time such as `500ms` or `1.5h`; `nil` where a text is none.
  static func seconds(_ text: String) -> Double? {
    for unit in all where text.hasSuffix(unit.name) {
      let digits = text.dropLast(unit.name.count)
      if let number = Double(digits),
        digits.allSatisfy({ $0.isASCII && $0.isNumber || $0 == "." })
      {
        return number * unit.seconds
      }
    }
    return nil
  }

  /// A time as people read it, in the longest unit of which it is a whole number: `1h`, `90m`.
  static func text(_ seconds: Double) -> String {
    for unit in all.reversed() {
      let number = seconds / unit.seconds
      if number >= 1, number < 1e6, number == number.rounded() {
        return "\(Int(number))\(unit.name)"
      }
    }
    return "\(short(seconds))s"
  }
}

/// The number of rows that may be left out, or their share: `100`, `1%`.
func invalidRowLimit(_ text: String) throws -> InvalidRowLimit {
  if text.hasSuffix("%"), let share = Double(text.dropLast()), share >= 0, share <= 100 {
    return .share(share / 100)
  }
  guard let count = Int(text), count >= 0 else {
    throw ValidationError("expected a number of rows, or a share of them such as 1%")
  }
  return .count(count)
}
