// The two best scores of every row of a tile.
private import KMeansCLanes

/// The smallest and second smallest score `low[j] - tile[j]` of every row of a tile of products,
/// and the index of the smallest.
///
/// - Parameters:
///   - tile: IN, count rows of `width` products, `tileStride` apart; finite.
///   - width: a multiple of the lanes, 16 or 8; columns without a centroid have `low` = infinity.
///   - low: IN, width values, no NaN.
///   - labels: OUT, count indices; among equal scores the lowest.
///   - best, second: OUT, count scores each; `second` equals `best` where two scores are equal.
/// - Complexity: O(count width), one pass over the tile.
/// - Error bound: one rounding of the difference.
/// - Reference: a plain loop in `KernelTests`.
package func nearestTwo(
  _ tile: UnsafePointer<Scalar>, _ tileStride: Int, _ count: Int, _ width: Int,
  _ low: UnsafePointer<Scalar>, _ labels: UnsafeMutablePointer<Int32>,
  _ best: UnsafeMutablePointer<Scalar>, _ second: UnsafeMutablePointer<Scalar>
) {
  let lanes = Int(truncatingIfNeeded: kmeans_lanes_count())
  let first = kmeans_first_indices()
  let step = kmeans_indices(repeating: kmeans_index(truncatingIfNeeded: lanes))
  for row in 0..<count {
    let line = tile + row &* tileStride
    var least = kmeans_lanes(repeating: .infinity)
    var runner = least
    var leastIndex = first
    var index = first
    var column = 0
    while column < width {
      let score =
        UnsafeRawPointer(low + column).loadUnaligned(as: kmeans_lanes.self)
        - UnsafeRawPointer(line + column).loadUnaligned(as: kmeans_lanes.self)
      leastIndex = kmeans_select_lanes(kmeans_less_lanes(score, least), index, leastIndex)
      runner = kmeans_min_lanes(runner, kmeans_max_lanes(score, least))
      least = kmeans_min_lanes(score, least)
      index = index &+ step
      column &+= lanes
    }
    let minimum = smallest(of: least)
    let label = number(of: minimum, in: least, leastIndex)
    labels[row] = Int32(truncatingIfNeeded: label)
    best[row] = minimum
    // The best but one, lane by lane; in the lane of the winner its own runner-up.
    second[row] = smallest(
      of: kmeans_select_equal_lanes(leastIndex, kmeans_indices(repeating: label), runner, least))
  }
}
