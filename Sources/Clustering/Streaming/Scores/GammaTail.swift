// The incomplete gamma function of a large parameter.

private import KMeansCLibrary

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
    if let value = valueFarOut(y, difference, exponent) { return value }
    let root = exponent.squareRoot()
    let z = difference < 0 ? -root : root
    let eta = z * (2 / a).squareRoot()
    var sum = 0.0
    for coefficient in coefficients { sum = sum * eta + coefficient }
    return erfc(z) / 2 + exp(-exponent) * factor * sum
  }

  /// The same of eight values, operation by operation.
  func values(_ y: SIMD8<Double>) -> SIMD8<Double> {
    let difference = y - a
    let exponents = self.exponents(difference)
    let root = exponents.squareRoot()
    let z = root.replacing(with: -root, where: difference .< 0)
    let eta = z * (2 / a).squareRoot()
    var sum = SIMD8<Double>(repeating: 0)
    for coefficient in coefficients { sum = sum * eta + SIMD8(repeating: coefficient) }
    var values = sum
    for lane in 0..<8 {
      let exponent = exponents[lane]
      values[lane] =
        valueFarOut(y[lane], difference[lane], exponent)
        ?? (erfc(z[lane]) / 2 + exp(-exponent) * factor * sum[lane])
    }
    return values
  }

  /// Q(a, y) where the expansion is not needed; `nil` elsewhere.
  private func valueFarOut(_ y: Double, _ difference: Double, _ exponent: Double) -> Double? {
    if difference > 0 {
      // e^-760 and all that follow it are 0. From η = 1 the series in 1/y is shorter.
      if exponent > 760 { return 0 }
      if exponent > a / 2 { return exp(-exponent) * factor * a / y * seriesFarOut(y) }
    } else if exponent > 40 {
      return 1  // 1 - Q is below e^-40
    }
    return nil
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

  /// The same of eight values, operation by operation.
  private func exponents(_ difference: SIMD8<Double>) -> SIMD8<Double> {
    let mu = difference / a
    let s = mu / (2 + mu)
    let square = s * s
    var sum = SIMD8<Double>(repeating: 0)
    for coefficient in Self.artanhSeries { sum = sum * square + SIMD8(repeating: coefficient) }
    let logarithm = (2 * a) * s * square * sum
    var exponents = difference * s - logarithm
    for lane in 0..<8 where !(mu[lane] > -0.4 && mu[lane] < 0.8) {
      exponents[lane] = difference[lane] - a * log1p(mu[lane])
    }
    return exponents
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
