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

/// The natural logarithm with the bits of Java's `StrictMath.log`, which `nextGaussian` is made of:
/// the C library's differs in the last bit so often that 3 % of the deviates would be others.
///
/// The algorithm and its constants are those of fdlibm (Sun Microsystems, `e_log.c`, 1993), which
/// Java prescribes: x = 2^k (1 + f) with 1 + f between sqrt(1/2) and sqrt(2), s = f/(2 + f), and
/// log(1 + f) = f - s (f - R(s^2)) with a polynomial R. The order of the operations decides the
/// bits.
package enum JavaLogarithm {
  /// log(2) in two parts; the first has so few bits that k times it is exact.
  private static var highLog2: Double { 6.93147180369123816490e-01 }
  private static var lowLog2: Double { 1.90821492927058770002e-10 }

  /// The natural logarithm.
  ///
  /// - Precondition: `x` is a normal number above 0.
  package static func log(_ x: Double) -> Double {
    precondition(x.isNormal && x > 0)
    let fraction = Int32(truncatingIfNeeded: x.bitPattern >> 32) & 0xfffff
    // 1 where the significand is above sqrt(2): then it is halved and the exponent one more.
    let above = (fraction + 0x95f64) >> 20 & 1
    let f = (above == 1 ? x.significand / 2 : x.significand) - 1
    let k = Double(x.exponent + Int(above))
    if (fraction + 2) & 0xfffff < 3 { return nearOne(f, k) }

    let s = f / (2 + f)
    let z = s * s
    let w = z * z
    let even = w * (0.3999999999940941908 + w * (0.2222219843214978396 + w * 0.1531383769920937332))
    let odd =
      z
      * (0.6666666666666735130
        + w * (0.2857142874366239149 + w * (0.1818357216161805012 + w * 0.1479819860511658591)))
    let r = odd + even
    // Between about 1.38 and 1.42 above the half square is taken out, for its bits' sake.
    guard (fraction - 0x6147a) | (0x6b851 - fraction) > 0 else {
      if k == 0 { return f - s * (f - r) }
      return k * highLog2 - ((s * (f - r) - k * lowLog2) - f)
    }
    let halfSquare = 0.5 * f * f
    if k == 0 { return f - (halfSquare - s * (halfSquare + r)) }
    return k * highLog2 - ((halfSquare - (s * (halfSquare + r) + k * lowLog2)) - f)
  }

  /// k log(2) + log(1 + f) where f is below 2^-20.
  private static func nearOne(_ f: Double, _ k: Double) -> Double {
    if f == 0 { return k == 0 ? 0 : k * highLog2 + k * lowLog2 }
    let r = f * f * (0.5 - 0.33333333333333333 * f)
    return k == 0 ? f - r : k * highLog2 - ((r - k * lowLog2) - f)
  }
}
