/// The natural logarithm with the bits of Java's `StrictMath.log`, the same on every machine: the C
/// library's differs in the last bit, by what the processor has. Spark's `nextGaussian` is made of
/// it, and so are the factors of terms.
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
