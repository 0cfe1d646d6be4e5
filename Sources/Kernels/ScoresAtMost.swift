// Which scores of one row of a tile are at most a limit.
private import KMeansCLanes

/// The indices, ascending, of the scores `low[j] - products[j]` that are at most `limit`.
///
/// - Parameters:
///   - products: IN, `width` values, finite.
///   - width: a multiple of 16; columns that stand for no centroid have `low` = infinity.
///   - low: IN, width values, no NaN.
///   - limit: no NaN.
///   - indices: OUT, room for width indices.
/// - Returns: how many there are.
/// - Complexity: O(width), and a step for each score found: meant for few of them.
/// - Error bound: one rounding of the difference.
/// - Reference: a plain loop in `KernelTests`.
package func scoresAtMostFloat(
  _ products: UnsafePointer<Float>, _ width: Int, _ low: UnsafePointer<Float>, _ limit: Float,
  _ indices: UnsafeMutablePointer<Int32>
) -> Int {
  let limits = SIMD16<Float>(repeating: limit)
  var count = 0
  var column = 0
  while column < width {
    let score =
      UnsafeRawPointer(low + column).loadUnaligned(as: SIMD16<Float>.self)
      - UnsafeRawPointer(products + column).loadUnaligned(as: SIMD16<Float>.self)
    var bits = kmeans_bits_at_most_f16(score, limits)
    while bits != 0 {
      indices[count] = Int32(truncatingIfNeeded: column &+ bits.trailingZeroBitCount)
      count &+= 1
      bits &= bits &- 1
    }
    column &+= 16
  }
  return count
}

/// The same for doubles, of which `width` is a multiple of 8.
package func scoresAtMostDouble(
  _ products: UnsafePointer<Double>, _ width: Int, _ low: UnsafePointer<Double>, _ limit: Double,
  _ indices: UnsafeMutablePointer<Int32>
) -> Int {
  let limits = SIMD8<Double>(repeating: limit)
  var count = 0
  var column = 0
  while column < width {
    let score =
      UnsafeRawPointer(low + column).loadUnaligned(as: SIMD8<Double>.self)
      - UnsafeRawPointer(products + column).loadUnaligned(as: SIMD8<Double>.self)
    var bits = kmeans_bits_at_most_d8(score, limits)
    while bits != 0 {
      indices[count] = Int32(truncatingIfNeeded: column &+ bits.trailingZeroBitCount)
      count &+= 1
      bits &= bits &- 1
    }
    column &+= 8
  }
  return count
}
