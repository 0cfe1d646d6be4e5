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

/// The powers of five from 5^-342 to 5^308, cut to 128 bits with the highest bit set: the
/// factors of ``EiselLemire``. Made once, by exact arithmetic on long integers.
enum PowersOfFive {
  static let exponents = -342...308

  /// High and low 64 bits of each power, in turn.
  static let table: [UInt64] = {
    var negative: [(high: UInt64, low: UInt64)] = []
    // floor(2^B / 5^n) for all n at once: dividing a quotient again is dividing by the product.
    // 5^342 has 795 bits; 1024 bits leave more than the 128 that are kept.
    var reciprocal = [UInt64](repeating: 0, count: 16) + [1]
    for power in 1...342 {
      divideByFive(&reciprocal)
      var (high, low) = leading128Bits(reciprocal)
      // Rounded up where 5^n < 2^64: the product with such a reciprocal is then never too small.
      if power <= 27 {
        low &+= 1
        if low == 0 { high &+= 1 }
      }
      negative.append((high, low))
    }
    var positive: [(high: UInt64, low: UInt64)] = []
    var value: [UInt64] = [1]
    for _ in 0...308 {
      positive.append(leading128Bits(value))
      multiplyByFive(&value)
    }
    return (negative.reversed() + positive).flatMap { [$0.high, $0.low] }
  }()

  /// The address of the table, for readers without a check: never freed, never written.
  nonisolated(unsafe) static let base: UnsafePointer<UInt64> = {
    let memory = UnsafeMutablePointer<UInt64>.allocate(capacity: table.count)
    memory.initialize(from: table, count: table.count)
    return UnsafePointer(memory)
  }()

  /// Little-endian limbs.
  private static func divideByFive(_ limbs: inout [UInt64]) {
    var remainder: UInt64 = 0
    for index in limbs.indices.reversed() {
      (limbs[index], remainder) = UInt64(5).dividingFullWidth((remainder, limbs[index]))
    }
  }

  private static func multiplyByFive(_ limbs: inout [UInt64]) {
    var carry: UInt64 = 0
    for index in limbs.indices {
      let (high, low) = limbs[index].multipliedFullWidth(by: 5)
      let (sum, overflow) = low.addingReportingOverflow(carry)
      limbs[index] = sum
      carry = high + (overflow ? 1 : 0)
    }
    if carry > 0 { limbs.append(carry) }
  }

  /// The 128 bits from the highest set bit on; zeros follow a shorter number.
  private static func leading128Bits(_ limbs: [UInt64]) -> (high: UInt64, low: UInt64) {
    let top = limbs.lastIndex { $0 != 0 }!
    func limb(_ index: Int) -> UInt64 { index >= 0 ? limbs[index] : 0 }
    let shift = limbs[top].leadingZeroBitCount
    // Swift's shift by 64 gives zero.
    let high = limb(top) << shift | limb(top - 1) >> (64 - shift)
    let low = limb(top - 1) << shift | limb(top - 2) >> (64 - shift)
    return (high, low)
  }
}
