// The search for the scores of one row of a tile that are at most a limit.
private import KMeansCLanes

/// The indices, ascending, of the scores `low[j] - products[j]` that are at most `limit`.
///
/// - Parameters:
///   - products: IN, `width` values, finite.
///   - width: a multiple of the lanes, 16 or 8; columns without a centroid have `low` = infinity.
///   - low: IN, width values, no NaN.
///   - limit: no NaN.
///   - indices: OUT, room for width indices.
/// - Returns: the number of these indices.
/// - Complexity: O(width), and a step for each score found: meant for few of them.
/// - Error bound: one rounding of the difference.
/// - Reference: a plain loop in `KernelTests`.
package func scoresAtMost(
  _ products: UnsafePointer<Scalar>, _ width: Int, _ low: UnsafePointer<Scalar>, _ limit: Scalar,
  _ indices: UnsafeMutablePointer<Int32>
) -> Int {
  let limits = kmeans_lanes(repeating: limit)
  let lanes = Int(truncatingIfNeeded: kmeans_lanes_count())
  var count = 0
  var column = 0
  while column < width {
    let score =
      UnsafeRawPointer(low + column).loadUnaligned(as: kmeans_lanes.self)
      - UnsafeRawPointer(products + column).loadUnaligned(as: kmeans_lanes.self)
    var bits = kmeans_bits_at_most_lanes(score, limits)
    while bits != 0 {
      indices[count] = Int32(truncatingIfNeeded: column &+ bits.trailingZeroBitCount)
      count &+= 1
      bits &= bits &- 1
    }
    column &+= lanes
  }
  return count
}
