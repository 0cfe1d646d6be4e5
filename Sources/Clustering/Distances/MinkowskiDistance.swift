internal import KMeansKernelTypes

/// The p-th root of the sum of |x - y|^p, without overflow, the same bits on every machine.
///
/// Powers by whole exponents up to 64 are products; where their sum is too large or too small for
/// its digits, differences are multiplied by a power of two that makes the largest nearly 1. Other
/// powers are of ratios to the largest difference (`realPower`).
struct MinkowskiDistance: Sendable {
  private let exponent: Double
  private let kernels: PairwiseKernels
  /// The exponent, where its powers are products.
  let wholeExponent: Int?

  /// - Precondition: a finite exponent above 1.
  init(exponent: Double, _ kernels: PairwiseKernels) {
    self.exponent = exponent
    self.kernels = kernels
    wholeExponent = exponent <= 64 && exponent.rounded() == exponent ? Int(exponent) : nil
  }

  /// The distance of two rows. Differences that are all below 2^-1000 count as the largest of them.
  ///
  /// - Complexity: O(columns).
  func callAsFunction(
    _ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>, _ columns: Int
  ) -> Double {
    guard let wholeExponent else {
      let largest = kernels.largestDifference(a, b, columns)
      if largest == 0 { return 0 }
      let sum = kernels.sumOfRealPowers(a, b, columns, largest, exponent)
      return largest * kernels.powerOf(sum, 1 / exponent)
    }
    let sum = kernels.sumOfPowers(a, b, columns, 1, wholeExponent)
    if Self.keepsDigits(sum) { return root(sum, wholeExponent) }
    let largest = kernels.largestDifference(a, b, columns)
    if largest < 0x1p-1000 { return largest }
    let scale = Double(sign: .plus, exponent: -largest.exponent, significand: 1)
    let scaled = kernels.sumOfPowers(a, b, columns, scale, wholeExponent)
    return root(scaled, wholeExponent) / scale
  }

  /// Whether nothing that counts in a sum of powers has overflown or lost digits.
  static func keepsDigits(_ sum: Double) -> Bool { sum >= 0x1p-700 && sum <= 0x1p1000 }

  /// The p-th root: the number is 2^pq t for a t from 1 to 2^p, whose root from 1 to 2 one step of
  /// Newton's brings to the next number or one beside it.
  private func root(_ sum: Double, _ p: Int) -> Double {
    if p == 2 { return sum.squareRoot() }
    let (quotient, rest) = Int(sum.exponent).quotientAndRemainder(dividingBy: p)
    let whole = rest < 0 ? quotient - 1 : quotient
    let part = Double(sign: .plus, exponent: -p * whole, significand: sum)
    let first = kernels.powerOf(part, 1 / exponent)
    let power = Self.power(first, p - 1)
    let better = first - (power * first - part) / (exponent * power)
    return Double(sign: .plus, exponent: whole, significand: better)
  }

  private static func power(_ base: Double, _ exponent: Int) -> Double {
    var (result, square, rest) = (1.0, base, exponent)
    while rest > 0 {
      if rest & 1 == 1 { result *= square }
      square *= square
      rest >>= 1
    }
    return result
  }
}

extension MinkowskiDistance {
  /// The share by which a sum of powers must be above another one, so that its root certainly is,
  /// too: roots have errors of a few roundings each, and a share of 2^-30 of the sum is one of
  /// 2^-36 of the root at least, for exponents up to 64.
  static var certainlyMore: Double { 1 + 0x1p-30 }
}
