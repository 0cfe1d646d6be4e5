// The two best scores of every row of a tile, for Float.
private import KMeansCLanes

/// For every row of a tile of products, the smallest and second smallest score `low[j] - tile[j]`
/// and the index of the smallest.
///
/// - Parameters:
///   - tile: IN, count rows of `width` products, `tileStride` apart; finite.
///   - width: a multiple of 16; columns that stand for no centroid have `low` = infinity.
///   - low: IN, width values, no NaN.
///   - labels: OUT, count indices; among equal scores the lowest.
///   - best, second: OUT, count scores each; `second` equals `best` where two scores are equal.
/// - Complexity: O(count width), one pass over the tile.
/// - Error bound: one rounding of the difference.
/// - Reference: a plain loop in `KernelTests`.
package func nearestTwoFloat(
  _ tile: UnsafePointer<Float>, _ tileStride: Int, _ count: Int, _ width: Int,
  _ low: UnsafePointer<Float>, _ labels: UnsafeMutablePointer<Int32>,
  _ best: UnsafeMutablePointer<Float>, _ second: UnsafeMutablePointer<Float>
) {
  let first = SIMD16<Int32>(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)
  let step = SIMD16<Int32>(repeating: 16)
  for row in 0..<count {
    let line = tile + row &* tileStride
    var least = SIMD16<Float>(repeating: .infinity)
    var runner = least
    var leastIndex = first
    var index = first
    var column = 0
    while column < width {
      let score =
        UnsafeRawPointer(low + column).loadUnaligned(as: SIMD16<Float>.self)
        - UnsafeRawPointer(line + column).loadUnaligned(as: SIMD16<Float>.self)
      leastIndex = kmeans_select_i16(kmeans_less_f16(score, least), index, leastIndex)
      runner = kmeans_min_f16(runner, kmeans_max_f16(score, least))
      least = kmeans_min_f16(score, least)
      index = index &+ step
      column &+= 16
    }
    let minimum = kmeans_reduce_min_f16(least)
    let label = kmeans_index_of_f16(least, leastIndex, minimum)
    labels[row] = label
    best[row] = minimum
    // Lane by lane the best but one; in the lane of the winner its own runner-up.
    second[row] = kmeans_reduce_min_f16(
      kmeans_select_equal_f16(leastIndex, SIMD16<Int32>(repeating: label), runner, least))
  }
}
