// What is done with the sums of a tile: distances of Tanimoto, and the search for the nearest.
private import KMeansCLanes

/// Makes the products of eight points and some centroids their distances of Tanimoto: 1 - x c /
/// (|x|^2 + |c|^2 - x c), never below 0.
///
/// - Parameters:
///   - products: IN/OUT, [count x 8].
///   - rowSquares: IN, the products of 8 points with themselves.
///   - squares: IN, those of `count` centroids.
/// - Precondition: no sum of a row's and a centroid's is 0, or so small that a product underflows.
/// - Error bound: 4 2^-53 beyond those of the products, of which the divisor is at least half the
///   sum of both squares.
/// - Reference: `PairwiseDistance`, bit for bit.
package func tanimotoTile(
  _ products: UnsafeMutablePointer<Double>, _ rowSquares: UnsafePointer<Double>,
  _ squares: UnsafePointer<Double>, _ count: Int
) {
  let one = SIMD8<Double>(repeating: 1)
  let zero = SIMD8<Double>(repeating: 0)
  let own = loadDoubles(rowSquares)
  for centroid in 0..<count {
    let place = products + centroid &* 8
    let product = loadDoubles(place)
    let divisor = (own + SIMD8<Double>(repeating: squares[centroid])) - product
    UnsafeMutableRawPointer(place).storeBytes(
      of: kmeans_max_d8(one - product / divisor, zero), as: SIMD8<Double>.self)
  }
}

/// The nearest of some centroids to each of eight points, and of those that came before; among
/// equal distances the lowest index.
///
/// - Parameters:
///   - distances: IN, [count x 8], no NaN.
///   - first: the index of the first of them.
///   - best: IN/OUT, 8 smallest distances; infinite at first.
///   - labels: IN/OUT, 8 indices.
/// - Complexity: O(count).
/// - Reference: a plain loop in `PairwiseKernelTests`.
package func nearestInTile(
  _ distances: UnsafePointer<Double>, _ count: Int, _ first: Int,
  _ best: UnsafeMutablePointer<Double>, _ labels: UnsafeMutablePointer<Int64>
) {
  let one = SIMD8<Int64>(repeating: 1)
  var least = loadDoubles(best)
  var nearest = UnsafeRawPointer(labels).loadUnaligned(as: SIMD8<Int64>.self)
  var index = SIMD8<Int64>(repeating: Int64(truncatingIfNeeded: first))
  for centroid in 0..<count {
    let distance = loadDoubles(distances + centroid &* 8)
    nearest = kmeans_select_d8(kmeans_less_d8(distance, least), index, nearest)
    least = kmeans_min_d8(distance, least)
    index = index &+ one
  }
  UnsafeMutableRawPointer(best).storeBytes(of: least, as: SIMD8<Double>.self)
  UnsafeMutableRawPointer(labels).storeBytes(of: nearest, as: SIMD8<Int64>.self)
}
