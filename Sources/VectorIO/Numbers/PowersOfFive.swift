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
