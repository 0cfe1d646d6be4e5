/// A number of about 106 bits: a double and the rest of it, at most half of its last bit (Dekker,
/// A floating-point technique for extending the available precision, Numerische Mathematik 18,
/// 1971). No fused multiply-add, as in the kernel `intervalCosts`.
struct DoubleDouble {
  var high: Double
  var low: Double

  init(_ value: Double) { (high, low) = (value, 0) }

  private init(_ high: Double, _ low: Double) { (self.high, self.low) = (high, low) }

  /// - Precondition: the first number is not smaller than the second.
  private init(quickSum high: Double, _ low: Double) {
    self.high = high + low
    self.low = low - (self.high - high)
  }

  private init(exactSum a: Double, _ b: Double) {
    let total = a + b
    let other = total - a
    self.init(total, (a - (total - other)) + (b - other))
  }

  private init(exactProduct a: Double, _ b: Double) {
    let ((aHigh, aLow), (bHigh, bLow)) = (Self.halves(a), Self.halves(b))
    let total = a * b
    let cross = (aHigh * bHigh - total + aHigh * bLow) + aLow * bHigh
    self.init(total, cross + aLow * bLow)
  }

  private static func halves(_ a: Double) -> (Double, Double) {
    let large = a * (0x1p27 + 1)
    let high = large - (large - a)
    return (high, a - high)
  }

  /// The difference of two doubles, without any error.
  static func difference(_ a: Double, _ b: Double) -> DoubleDouble {
    DoubleDouble(exactSum: a, -b)
  }

  static func + (a: DoubleDouble, b: DoubleDouble) -> DoubleDouble {
    let high = DoubleDouble(exactSum: a.high, b.high)
    let low = DoubleDouble(exactSum: a.low, b.low)
    let once = DoubleDouble(quickSum: high.high, high.low + low.high)
    return DoubleDouble(quickSum: once.high, once.low + low.low)
  }

  static prefix func - (a: DoubleDouble) -> DoubleDouble { DoubleDouble(-a.high, -a.low) }

  static func * (a: DoubleDouble, b: DoubleDouble) -> DoubleDouble {
    let high = DoubleDouble(exactProduct: a.high, b.high)
    return DoubleDouble(quickSum: high.high, high.low + (a.high * b.low + a.low * b.high))
  }

  static func / (a: DoubleDouble, b: DoubleDouble) -> DoubleDouble {
    let first = a.high / b.high
    let left = a + -(b * DoubleDouble(first))
    let second = left.high / b.high
    let more = left + -(b * DoubleDouble(second))
    return DoubleDouble(quickSum: first, second) + DoubleDouble(more.high / b.high)
  }

  /// The number times a power of two.
  func scaled(by exponent: Int) -> DoubleDouble {
    DoubleDouble(
      Double(sign: .plus, exponent: exponent, significand: high),
      Double(sign: .plus, exponent: exponent, significand: low))
  }

  /// The nearest number of a type, rounded once: where the double lies halfway between two floats,
  /// the rest decides.
  func rounded<Scalar: ClusteringScalar>(to type: Scalar.Type = Scalar.self) -> Scalar {
    let near = Scalar(high)
    let error = high - Double(near)
    guard error != 0, low != 0 else { return near }
    let other = error > 0 ? near.nextUp : near.nextDown
    guard Double(other) - high == error else { return near }
    return low > 0 ? max(near, other) : min(near, other)
  }
}
