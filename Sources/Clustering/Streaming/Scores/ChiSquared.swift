// The tail of the chi-square distribution: how improbable a squared distance is.

private import KMeansCLibrary

/// The chi-square distribution, for p-values: P(X > x) is the regularised upper incomplete gamma
/// function Q(a, y) with a = degrees / 2 and y = x / 2 (DLMF 8.2.4).
///
/// Up to 31 degrees Q is a finite sum; beyond, see
/// ``GammaTail``. Where Q is above 1e-300 its relative error stays below 1e-12. Uses no `lgamma`,
/// which writes to a global variable in glibc.
package struct ChiSquared: Sendable {
  /// The degrees of freedom.
  package let degrees: Int
  private let sum: FiniteSum?
  private let tail: GammaTail

  /// The distribution of the sum of the squares of this many independent standard normal variables.
  ///
  /// - Parameter degrees: at least 1.
  /// - Complexity: O(1).
  package init(degrees: Int) {
    precondition(degrees >= 1, "a chi-square variable has at least one degree of freedom")
    self.degrees = degrees
    sum = degrees < 32 ? FiniteSum(degrees: degrees) : nil
    tail = GammaTail(Double(degrees) / 2)
  }

  /// The probability that the variable is larger than `x`.
  ///
  /// - Returns: 1 for `x` of 0 or less, 0 for infinity, NaN for NaN.
  /// - Complexity: O(1), about 100 operations.
  package func upperTail(_ x: Double) -> Double {
    guard x > 0 else { return x.isNaN ? x : 1 }
    guard x < .infinity else { return 0 }
    return min(1, sum?.value(x / 2) ?? tail.value(x / 2))
  }

  /// The same for many values, in their place, with the same bits. Where a long series is summed,
  /// eight at a time.
  ///
  /// - Complexity: O(count).
  package func replaceWithUpperTails(_ values: UnsafeMutablePointer<Double>, count: Int) {
    // A short one is no matter: most of the time goes to `exp` and `erfc`.
    guard sum == nil else {
      for place in 0..<count { values[place] = upperTail(values[place]) }
      return
    }
    for first in stride(from: 0, to: count, by: 8) {
      replaceByTail(values + first, count: min(8, count - first))
    }
  }

  /// Eight values, or fewer.
  private func replaceByTail(_ values: UnsafeMutablePointer<Double>, count: Int) {
    var y = SIMD8<Double>(repeating: 1)
    for lane in 0..<count where values[lane] > 0 && values[lane] < .infinity {
      y[lane] = values[lane] / 2
    }
    let tails = tail.values(y)
    for lane in 0..<count {
      let x = values[lane]
      values[lane] = x > 0 && x < .infinity ? min(1, tails[lane]) : upperTail(x)
    }
  }

  /// The probability that a chi-square variable is larger than `x`; for many values of one
  /// distribution, make it once.
  package static func upperTail(_ x: Double, degrees: Int) -> Double {
    ChiSquared(degrees: degrees).upperTail(x)
  }
}

/// Q(a, y) where 2 a is a small integer, by the recurrence Q(a + 1, y) = Q(a, y) + y^a e^-y / Γ(a +
/// 1) (DLMF 8.8.6) from Q(1, y) = e^-y or Q(1/2, y) = erfc(√y). All terms are positive: no digit is
/// lost.
private struct FiniteSum: Sendable {
  private let isOdd: Bool
  /// The coefficients of the powers of y, the highest first.
  private let coefficients: [Double]

  init(degrees: Int) {
    isOdd = !degrees.isMultiple(of: 2)
    // Even: 1 / j!. Odd: Γ(3/2) / Γ(j + 3/2), so that √y / Γ(3/2) is the common factor.
    var terms: [Double] = []
    var term = 1.0
    for power in 0..<degrees / 2 {
      if power > 0 { term /= Double(power) + (isOdd ? 0.5 : 0) }
      terms.append(term)
    }
    coefficients = terms.reversed()
  }

  func value(_ y: Double) -> Double {
    // Q(16, 1000) is below 1e-400; the powers must not overflow.
    guard y < 1000 else { return 0 }
    var sum = 0.0
    for coefficient in coefficients { sum = sum * y + coefficient }
    // In two factors, since e^-y alone underflows before the product does.
    let root = exp(-y / 2)
    guard isOdd else { return root * (root * sum) }
    return erfc(y.squareRoot()) + root * (root * (sum * 2 * (y / .pi).squareRoot()))
  }
}
