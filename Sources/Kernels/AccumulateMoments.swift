// Deviations of rows from the centroids of their clusters, and their squares, added to the sums of
// the clusters, in row order and in Double.
private import KMeansCLanes

/// Adds eight deviations to the sums and their squares.
@inline(__always)
private func add(
  _ deviation: SIMD8<Double>, _ weight: SIMD8<Double>, _ sum: UnsafeMutablePointer<Double>,
  _ square: UnsafeMutablePointer<Double>
) {
  let weighted = weight * deviation
  let oldSum = UnsafeRawPointer(sum).loadUnaligned(as: SIMD8<Double>.self)
  let oldSquare = UnsafeRawPointer(square).loadUnaligned(as: SIMD8<Double>.self)
  UnsafeMutableRawPointer(sum).storeBytes(of: oldSum + weighted, as: SIMD8<Double>.self)
  UnsafeMutableRawPointer(square)
    .storeBytes(of: oldSquare + weighted * deviation, as: SIMD8<Double>.self)
}

/// Adds, for every row, weight * (x - c) to the first and weight * (x - c)^2 to the second sum of
/// the cluster that its label names, where c is the centroid of that cluster.
///
/// Value by value: e = x - c, f = weight * e, sum = sum + f, square = square + f * e, each rounded
/// (never a fused multiply-add), so that every instruction set gives the same bits.
///
/// - Parameters:
///   - rows: IN, count rows of `columns` values, `rowStride` apart.
///   - centroids: IN, rows of `columns` values, `centroidStride` apart, one a cluster.
///   - labels: IN, count indices of clusters.
///   - weights: IN, count weights; `nil` where every weight is 1.
///   - sums, squares: IN/OUT, rows of sums, `sumStride` apart: `columns` of them, rounded up to
///     whole vectors of 8, of which those beyond `columns` get 0 added.
/// - Reference: a plain loop in `KernelTests`.
package func accumulateMoments(
  _ rows: UnsafePointer<Scalar>, _ rowStride: Int, _ count: Int, _ columns: Int,
  _ centroids: UnsafePointer<Scalar>, _ centroidStride: Int,
  _ labels: UnsafePointer<Int32>, _ weights: UnsafePointer<Double>?,
  _ sums: UnsafeMutablePointer<Double>, _ squares: UnsafeMutablePointer<Double>, _ sumStride: Int
) {
  for row in 0..<count {
    let source = rows + row &* rowStride
    let cluster = Int(labels[row])
    let centroid = centroids + cluster &* centroidStride
    let (sum, square) = (sums + cluster &* sumStride, squares + cluster &* sumStride)
    // A weight of 1 changes no bit of a product: one loop serves both.
    let weight = if let weights { weights[row] } else { 1.0 }
    let factor = SIMD8<Double>(repeating: weight)
    var column = 0
    while column &+ 8 <= columns {
      let deviation = kmeans_load_eight(source + column) - kmeans_load_eight(centroid + column)
      add(deviation, factor, sum + column, square + column)
      column &+= 8
    }
    if column < columns {
      let rest = columns &- column
      let deviation = loadFirst(source + column, rest) - loadFirst(centroid + column, rest)
      add(deviation, factor, sum + column, square + column)
    }
  }
}
