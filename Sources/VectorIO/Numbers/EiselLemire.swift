/// The nearest binary number to `w * 10^q`, by two multiplications.
///
/// D. Lemire, "Number parsing at a gigabyte per second", Software: Practice and Experience 51
/// (2021), <https://arxiv.org/abs/2101.11408>; that 128 bits of the power of ten always decide is
/// shown in N. Mushtak, D. Lemire, "Fast number parsing without fallback" (2022),
/// <https://arxiv.org/abs/2212.06644>.
enum EiselLemire {
  /// The bits, without a sign, of the scalar that is nearest to `w * 10^q`, ties to even; those of
  /// infinity where it is too large.
  @inline(__always)
  static func bits<Scalar: ReadableScalar>(
    _ w: UInt64, _ q: Int, _ scalar: Scalar.Type, _ powers: UnsafePointer<UInt64>
  ) -> UInt64 {
    let stored = Scalar.significandBits
    let infinity = UInt64(Scalar.infiniteExponent) << UInt64(stored)
    if w == 0 || q < Scalar.powers.lowerBound { return 0 }
    if q > Scalar.powers.upperBound { return infinity }
    let leadingZeros = w.leadingZeroBitCount
    let product = multiply(w << UInt64(leadingZeros), q, precision: stored + 3, powers)
    let upperBit = Int(product.high >> 63)
    let shift = upperBit + 64 - stored - 3
    var significand = product.high >> UInt64(shift)
    // floor(log2(10^q)) is (217706 q) >> 16 in this range.
    var exponent = (217706 &* q) >> 16 + 63 + upperBit - leadingZeros - Scalar.minimumExponent
    if exponent <= 0 {
      // Denormal: the significand moves right until the exponent fits.
      if 1 - exponent >= 64 { return 0 }
      significand >>= UInt64(1 - exponent)
      significand += significand & 1
      return significand >> 1
    }
    // Exactly half-way, and not because bits were cut off: to even, hence down.
    if product.low <= 1, Scalar.tiePowers.contains(q), significand & 3 == 1,
      significand << UInt64(shift) == product.high
    {
      significand &= ~1
    }
    significand += significand & 1
    significand >>= 1
    if significand >= 2 << UInt64(stored) {
      significand = 1 << UInt64(stored)
      exponent += 1
    }
    if exponent >= Scalar.infiniteExponent { return infinity }
    return significand & ~(1 << UInt64(stored)) | UInt64(exponent) << UInt64(stored)
  }

  /// The upper 128 bits of `w * 5^q`, as exact as `precision` bits need.
  @inline(__always)
  private static func multiply(
    _ w: UInt64, _ q: Int, precision: Int, _ powers: UnsafePointer<UInt64>
  ) -> (high: UInt64, low: UInt64) {
    let power = powers + 2 * (q - PowersOfFive.exponents.lowerBound)
    var (high, low) = w.multipliedFullWidth(by: power[0])
    let mask = UInt64.max >> UInt64(precision)
    if high & mask == mask {
      // The bits below could still carry into those that count.
      let second = w.multipliedFullWidth(by: power[1]).high
      let (sum, overflow) = low.addingReportingOverflow(second)
      low = sum
      if overflow { high += 1 }
    }
    return (high, low)
  }
}
