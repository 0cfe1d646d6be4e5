/// Doubles as Java prints them, for messages that are Spark's to the letter: `Double.toString`,
/// with the fewest digits that mean the number, as since JDK 19 (numbers below 1e-300 aside); JDK
/// 17 has a digit too many now and then.
package enum JavaNumber {
  /// The text of a number: `0.0`, `-1.0`, `1.0E-4`, `1.0E7`.
  package static func text(_ number: Double) -> String {
    if number.isNaN { return "NaN" }
    let sign = number.sign == .minus ? "-" : ""
    if number.isInfinite { return sign + "Infinity" }
    if number == 0 { return sign + "0.0" }
    let (digits, exponent) = digits(of: number.magnitude)
    return sign + text(digits, exponent)
  }

  /// Plain from 0.001 up to 10^7, with an exponent beyond.
  private static func text(_ digits: String, _ exponent: Int) -> String {
    switch exponent {
    case -3..<0:
      return "0." + String(repeating: "0", count: -exponent - 1) + digits
    case 0..<7:
      let missing = String(repeating: "0", count: max(0, exponent + 2 - digits.count))
      let padded = digits + missing
      return padded.prefix(exponent + 1) + "." + padded.dropFirst(exponent + 1)
    default:
      let rest = digits.count > 1 ? String(digits.dropFirst()) : "0"
      return "\(digits.prefix(1)).\(rest)E\(exponent)"
    }
  }

  /// The significant digits, and the power of ten of the first one.
  private static func digits(of number: Double) -> (digits: String, exponent: Int) {
    // Swift prints the same digits, but has its own places for the point and the exponent.
    let parts = number.description.split(separator: "e")
    let places = parts[0].split(separator: ".")
    var digits = places.joined()
    var exponent = places[0].count - 1 + (parts.count > 1 ? Int(parts[1]) ?? 0 : 0)
    while digits.count > 1, digits.hasPrefix("0") {
      digits.removeFirst()
      exponent -= 1
    }
    while digits.count > 1, digits.hasSuffix("0") { digits.removeLast() }
    return (digits, exponent)
  }
}
