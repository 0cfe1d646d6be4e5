// Powers by an exponent that is no whole number: by additions, multiplications and divisions alone,
// in a fixed order, so that every instruction set and machine gives the same bits.
private import KMeansCLanes

/// x^y for each lane: 2^(y log2 x), and 0 for powers below 2^-1000.
///
/// - log2 x = k + log2 m for x = 2^k m with m from sqrt(1/2) to sqrt(2), by the series 2 (s + s^3/3
///   + ...) of s = (m - 1) / (m + 1); its terms behind s^21 are below 2^-57 of it.
/// - 2^t = 2^n e^u for the whole number n next to t, by the series of e^u up to u^13 for |u| <=
///   ln(2) / 2, what follows being below 2^-57.
/// - Error bound: log2 x has a relative error of less than 8 roundings, y log2 x one more, so that
///   x^y has one of about (10 |y log2 x| + 4) 2^-53. For x from 0 to 1 that is at most 8 2^-53 of
///   1, the largest of the powers: t 2^-t is below 0.54.
/// - Precondition: x from 0 to 2^64, y above 0; x^y at most 2^1000.
@inline(__always)
func realPower(_ x: SIMD8<Double>, _ y: Double) -> SIMD8<Double> {
  let least = SIMD8<Double>(repeating: -1000)
  // What is nearly nothing counts as a number that has a logarithm, and then as nothing.
  let small = SIMD8<Double>(repeating: 0x1p-1000)
  let base = kmeans_max_d8(x, small)
  let exponent = SIMD8<Double>(repeating: y) * binaryLogarithm(base)
  let bounded = kmeans_max_d8(exponent, least)
  let power = powerOfTwo(bounded)
  let zero = SIMD8<Double>(repeating: 0)
  let counted = kmeans_where_positive_d8(exponent - least, power, zero)
  return kmeans_where_positive_d8(x - small, counted, zero)
}

@inline(__always)
private func binaryLogarithm(_ x: SIMD8<Double>) -> SIMD8<Double> {
  let one = SIMD8<Double>(repeating: 1)
  let m = kmeans_significands_d8(x)
  let s = (m - one) / (m + one)
  let z = s * s
  var sum = SIMD8<Double>(repeating: 1 / 21.0)
  sum = sum * z + SIMD8<Double>(repeating: 1 / 19.0)
  sum = sum * z + SIMD8<Double>(repeating: 1 / 17.0)
  sum = sum * z + SIMD8<Double>(repeating: 1 / 15.0)
  sum = sum * z + SIMD8<Double>(repeating: 1 / 13.0)
  sum = sum * z + SIMD8<Double>(repeating: 1 / 11.0)
  sum = sum * z + SIMD8<Double>(repeating: 1 / 9.0)
  sum = sum * z + SIMD8<Double>(repeating: 1 / 7.0)
  sum = sum * z + SIMD8<Double>(repeating: 1 / 5.0)
  sum = sum * z + SIMD8<Double>(repeating: 1 / 3.0)
  // 2 log2(e), and the first term by itself: it is most of the sum.
  let scaled = SIMD8<Double>(repeating: 0x1.71547652b82fep+1) * (s + s * (z * sum))
  return kmeans_exponents_d8(x) + scaled
}

/// 2^t for t from -1000 to 1000.
@inline(__always)
private func powerOfTwo(_ t: SIMD8<Double>) -> SIMD8<Double> {
  // Adding and subtracting so much rounds to the next whole number.
  let whole = SIMD8<Double>(repeating: 0x1.8p52)
  let n = (t + whole) - whole
  let u = (t - n) * SIMD8<Double>(repeating: 0x1.62e42fefa39efp-1)
  var sum = SIMD8<Double>(repeating: 1 / 6_227_020_800.0)
  sum = sum * u + SIMD8<Double>(repeating: 1 / 479_001_600.0)
  sum = sum * u + SIMD8<Double>(repeating: 1 / 39_916_800.0)
  sum = sum * u + SIMD8<Double>(repeating: 1 / 3_628_800.0)
  sum = sum * u + SIMD8<Double>(repeating: 1 / 362_880.0)
  sum = sum * u + SIMD8<Double>(repeating: 1 / 40_320.0)
  sum = sum * u + SIMD8<Double>(repeating: 1 / 5_040.0)
  sum = sum * u + SIMD8<Double>(repeating: 1 / 720.0)
  sum = sum * u + SIMD8<Double>(repeating: 1 / 120.0)
  sum = sum * u + SIMD8<Double>(repeating: 1 / 24.0)
  sum = sum * u + SIMD8<Double>(repeating: 1 / 6.0)
  sum = sum * u + SIMD8<Double>(repeating: 0.5)
  let rest = u + (u * u) * sum
  return (SIMD8<Double>(repeating: 1) + rest) * kmeans_powers_of_two_d8(n)
}
