// Sums of powers of differences, of which the distance of Minkowski is the root. No function of the
// C library: its powers differ between machines in the last bit.
private import KMeansCLanes

/// The sum of (scale |a - b|)^p over `columns` values, for a whole p, by multiplication; in the
/// order of ``sumOfDifferences(_:_:_:)``.
///
/// - Parameters:
///   - scale: a power of two, so that nothing is rounded by it.
///   - exponent: p, from 1 on: squares of squares are multiplied in the order of the bits of p, the
///     lowest first.
/// - Error bound: relative (2 p + ceil(d/8) + 3) 2^-53 in first order, where no power underflows:
///   the difference is rounded once and multiplied p times, and fewer than p products are rounded.
/// - Reference: `Reference.sumOfPowers`.
package func sumOfPowers(
  _ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>, _ columns: Int, _ scale: Double,
  _ exponent: Int
) -> Double {
  let scales = SIMD8<Double>(repeating: scale)
  if columns < 8 {
    let powers = power(
      kmeans_abs_d8(loadRest(a, 0, columns) - loadRest(b, 0, columns)) * scales, exponent)
    return addFirst(powers, columns)
  }
  var lanes = SIMD8<Double>(repeating: 0)
  var column = 0
  while column &+ 8 <= columns {
    let difference = kmeans_abs_d8(loadDoubles(a + column) - loadDoubles(b + column))
    lanes = lanes + power(difference * scales, exponent)
    column &+= 8
  }
  if column < columns {
    let rest = kmeans_abs_d8(loadRest(a, column, columns) - loadRest(b, column, columns))
    lanes = lanes + power(rest * scales, exponent)
  }
  return addLanes(lanes)
}

/// The sum of (|a - b| / largest)^p over `columns` values, for any p, by `realPower`; in the order
/// of ``sumOfDifferences(_:_:_:)``.
///
/// - Parameter largest: the largest of the differences, above 0: no ratio is above 1, and that of
///   the largest difference is 1.
/// - Error bound: relative (ceil(d/8) + 8 + 2 p) 2^-53 in first order: the ratio is rounded twice,
///   which its power multiplies by p, and see `realPower`.
/// - Reference: a loop over `pow` in `PairwiseKernelTests`.
package func sumOfRealPowers(
  _ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>, _ columns: Int, _ largest: Double,
  _ exponent: Double
) -> Double {
  let divisor = SIMD8<Double>(repeating: largest)
  if columns < 8 {
    let ratio = kmeans_abs_d8(loadRest(a, 0, columns) - loadRest(b, 0, columns)) / divisor
    return addFirst(realPower(ratio, exponent), columns)
  }
  var lanes = SIMD8<Double>(repeating: 0)
  var column = 0
  while column &+ 8 <= columns {
    let difference = kmeans_abs_d8(loadDoubles(a + column) - loadDoubles(b + column))
    lanes = lanes + realPower(difference / divisor, exponent)
    column &+= 8
  }
  if column < columns {
    let rest = kmeans_abs_d8(loadRest(a, column, columns) - loadRest(b, column, columns))
    lanes = lanes + realPower(rest / divisor, exponent)
  }
  return addLanes(lanes)
}

/// The power x^y of one number: see `realPower`.
///
/// - Parameters:
///   - x: from 0 to 2^64.
///   - y: above 0.
package func powerOf(_ x: Double, _ y: Double) -> Double {
  realPower(SIMD8<Double>(repeating: x), y)[0]
}

/// The first lanes, fewer than 8, added one after another.
@inline(__always)
private func addFirst(_ lanes: SIMD8<Double>, _ count: Int) -> Double {
  var sum = 0.0
  for lane in 0..<count { sum = sum + lanes[lane] }
  return sum
}

/// The whole power of each lane: the squares of squares that the bits of the exponent name, the
/// lowest first.
@inline(__always)
func power(_ base: SIMD8<Double>, _ exponent: Int) -> SIMD8<Double> {
  if exponent == 3 { return base * (base * base) }
  var (square, rest) = (base, exponent)
  while rest & 1 == 0 {
    square = square * square
    rest &>>= 1
  }
  var result = square
  while rest > 1 {
    square = square * square
    rest &>>= 1
    if rest & 1 == 1 { result = result * square }
  }
  return result
}
