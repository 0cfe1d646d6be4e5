// The two best scores of every row of a tile, for Double.
private import KMeansCLanes

/// For every row of a tile of products, the smallest and second smallest score `low[j] - tile[j]`
/// and the index of the smallest. The contract of `nearestTwoFloat`; `width` is a multiple of 8.
///
/// - Reference: a plain loop in `KernelTests`.
package func nearestTwoDouble(
  _ tile: UnsafePointer<Double>, _ tileStride: Int, _ count: Int, _ width: Int,
  _ low: UnsafePointer<Double>, _ labels: UnsafeMutablePointer<Int32>,
  _ best: UnsafeMutablePointer<Double>, _ second: UnsafeMutablePointer<Double>
) {
  let first = SIMD8<Int64>(0, 1, 2, 3, 4, 5, 6, 7)
  let step = SIMD8<Int64>(repeating: 8)
  for row in 0..<count {
    let line = tile + row &* tileStride
    var least = SIMD8<Double>(repeating: .infinity)
    var runner = least
    var leastIndex = first
    var index = first
    var column = 0
    while column < width {
      let score =
        UnsafeRawPointer(low + column).loadUnaligned(as: SIMD8<Double>.self)
        - UnsafeRawPointer(line + column).loadUnaligned(as: SIMD8<Double>.self)
      leastIndex = kmeans_select_l8(kmeans_less_d8(score, least), index, leastIndex)
      runner = kmeans_min_d8(runner, kmeans_max_d8(score, least))
      least = kmeans_min_d8(score, least)
      index = index &+ step
      column &+= 8
    }
    let minimum = kmeans_reduce_min_d8(least)
    let label = kmeans_index_of_d8(least, leastIndex, minimum)
    labels[row] = Int32(truncatingIfNeeded: label)
    best[row] = minimum
    // Lane by lane the best but one; in the lane of the winner its own runner-up.
    second[row] = kmeans_reduce_min_d8(
      kmeans_select_equal_d8(leastIndex, SIMD8<Int64>(repeating: label), runner, least))
  }
}
