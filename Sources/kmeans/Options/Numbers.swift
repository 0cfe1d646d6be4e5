import ArgumentParser

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
  let units: [(name: String, seconds: Double)] = [("ms", 1e-3), ("s", 1), ("m", 60)]
  for unit in units where text.hasSuffix(unit.name) {
    let digits = text.dropLast(unit.name.count)
    guard let number = Double(digits), digits.allSatisfy({ $0.isASCII && $0.isNumber || $0 == "." })
    else { break }
    let seconds = number * unit.seconds
    guard seconds >= 1e-3, seconds <= 86_400 else { break }
    return .seconds(seconds)
  }
  throw ValidationError("expected a time from 1ms to a day, such as 500ms, 1.5s or 2m")
}
