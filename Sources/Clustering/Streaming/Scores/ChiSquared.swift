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

// The incomplete gamma function of a large parameter.

/// Q(a, y), the regularised upper incomplete gamma function, for one a of at least 16.
///
/// Temme's uniform expansion (DLMF 8.12; Gil, Segura, Temme, "Efficient and accurate algorithms for
/// the computation and inversion of the incomplete gamma function ratios", 2012, section 2.5). With
/// λ = y / a and η²/2 = λ - 1 - ln λ, η of the sign of λ - 1,
///
///     Q(a, y) = erfc(η √(a/2)) / 2 + e^(-a η²/2) / √(2πa) S(η).
///
/// Both sides have the derivative of Q by η, where f(η) = η / (λ - 1), if
///
///     η S - S' / a = f / Γ* - 1,    Γ*(a) = Γ(a) √(a / 2π) (e / a)^a.
///
/// So S = Σ t_n η^n / Γ* has t_n-1 = f_n + (n + 1) / a t_n+1, taken downwards from 0, and the
/// coefficient of η^0 says Γ* = 1 + t_1 / a. The t_n depend on a alone and are made once.
struct GammaTail: Sendable {
  private let a: Double
  /// t_n, the highest n first.
  private let coefficients: [Double]
  /// 1 / (√(2πa) Γ*).
  private let factor: Double

  init(_ a: Double) {
    self.a = a
    let f = Self.ratioSeries
    var t = [Double](repeating: 0, count: f.count + 2)
    for n in stride(from: f.count - 1, through: 1, by: -1) {
      t[n - 1] = f[n] + Double(n + 1) / a * t[n + 1]
    }
    factor = 1 / ((2 * .pi * a).squareRoot() * (1 + t[1] / a))
    coefficients = t[0..<f.count - 1].reversed()
  }

  /// Q(a, y) for a finite y above 0.
  func value(_ y: Double) -> Double {
    let difference = y - a
    let exponent = self.exponent(difference)
    if difference > 0 {
      // e^-760 and all that follow it are 0. From η = 1 the series in 1/y is shorter.
      if exponent > 760 { return 0 }
      if exponent > a / 2 { return exp(-exponent) * factor * a / y * seriesFarOut(y) }
    } else if exponent > 40 {
      return 1  // 1 - Q is below e^-40
    }
    let root = exponent.squareRoot()
    let z = difference < 0 ? -root : root
    let eta = z * (2 / a).squareRoot()
    var sum = 0.0
    for coefficient in coefficients { sum = sum * eta + coefficient }
    return erfc(z) / 2 + exp(-exponent) * factor * sum
  }

  /// a η²/2 = (y - a) - a ln(y / a), without cancellation where y is near a.
  private func exponent(_ difference: Double) -> Double {
    let mu = difference / a
    guard mu > -0.4, mu < 0.8 else { return difference - a * log1p(mu) }
    // With s = μ / (2 + μ): ln(1 + μ) = 2 artanh s, and μ - 2 s = μ s.
    let s = mu / (2 + mu)
    let square = s * s
    var sum = 0.0
    for coefficient in Self.artanhSeries { sum = sum * square + coefficient }
    return difference * s - 2 * a * s * square * sum
  }

  /// Γ(a, y) e^y y^(1-a) = 1 + (a-1)/y + (a-1)(a-2)/y² + ... (DLMF 8.11.2).
  ///
  /// Here y > 2.35 a. Before the factors change their sign, the error is at most the first
  /// term left out divided by 1 - a/y; after it, at most that term (DLMF 8.11.3): stopping by the
  /// size of the term is safe, and 48 terms are enough, since (1 / 2.35)^48 < 2^-59.
  private func seriesFarOut(_ y: Double) -> Double {
    var sum = 1.0
    var term = 1.0
    for n in 1...48 where term.magnitude > 0x1p-56 {
      term *= (a - Double(n)) / y
      sum += term
    }
    return sum
  }

  /// 1/3, 1/5, 1/7, ..., the last first: with s² < 0.09 the terms left out are below 2^-53.
  private static let artanhSeries: [Double] = (1...15).reversed().map { 1 / Double(2 * $0 + 1) }

  /// f_n of f(η) = η / (λ - 1) = 1 - η/3 + η²/12 - ...; since λ' = η λ / (λ - 1), f - η f' = f³ + η
  /// f². The radius of convergence is 2 √π. Made in exact fractions by
  ///
  ///     f = [Fraction(1)]
  ///     for n in range(1, 32):
  ///         g = f + [Fraction(0)]
  ///         sq = [sum(g[i] * g[k - i] for i in range(k + 1)) for k in range(n + 1)]
  ///         f.append((sum(sq[i] * g[n - i] for i in range(n + 1)) + sq[n - 1]) / Fraction(-n - 2))
  private static let ratioSeries: [Double] = [
    1.0, -0.3333333333333333, 0.08333333333333333, -0.014814814814814815,
    0.0011574074074074073, 0.0003527336860670194, -0.0001787551440329218, 3.919263178522438e-05,
    -2.185448510679992e-06, -1.85406221071516e-06, 8.296711340953087e-07, -1.7665952736826078e-07,
    6.707853543401498e-09, 1.0261809784240309e-08, -4.382036018453353e-09, 9.14769958223679e-10,
    -2.5514193994946248e-11, -5.830772132550426e-11, 2.4361948020667415e-11,
    -5.0276692801141755e-12,
    1.1004392031956135e-13, 3.371763262400985e-13, -1.392388722418162e-13, 2.8534893807047445e-14,
    -5.139111834242572e-16, -1.9752288294349442e-15, 8.099521156704561e-16, -1.6522531216398162e-16,
    2.5305430097478883e-18, 1.1686939738559576e-17, -4.770037049820485e-18, 9.699126059056237e-19,
  ]
}
