// How far rows are from the centers of their clusters, in units of the clusters' spread.
private import KMeansCLanes

/// The sum over the columns of (x - m)^2 / v of every row, m and v those of the cluster that its
/// label names.
///
/// The order of operations is part of the contract, so that every instruction set gives the same
/// bits: differences, squares and quotients in Double, added one after another. A square of 0 adds
/// 0, whatever v is; another one over a v of 0 adds infinity.
///
/// - Parameters:
///   - rows: IN, count rows of `columns` values, `rowStride` values apart.
///   - centers, variances: IN, contiguous rows of `columns` values, one a cluster.
///   - labels: IN, count numbers of clusters.
///   - sums: OUT, one a row.
/// - Complexity: O(count columns), four rows at a time, which do not wait for each other's sums.
/// - Error bound: relative (columns + 3) 2^-53 in first order.
/// - Reference: a plain loop in `StandardizedDistanceTests`.
package func standardizedDistances(
  _ rows: UnsafePointer<Scalar>, _ rowStride: Int, _ count: Int, _ columns: Int,
  _ centers: UnsafePointer<Double>, _ variances: UnsafePointer<Double>,
  _ labels: UnsafePointer<Int32>, _ sums: UnsafeMutablePointer<Double>
) {
  var first = 0
  while first < count {
    // The last row stands for those that are missing.
    let last = count &- 1
    let (second, third) = (first < last ? first &+ 1 : last, first &+ 2 < last ? first &+ 2 : last)
    let fourth = first &+ 3 < last ? first &+ 3 : last
    @inline(__always)
    func place(_ row: Int) -> RowAndCluster {
      let cluster = Int(truncatingIfNeeded: labels[row]) &* columns
      return (rows + row &* rowStride, centers + cluster, variances + cluster)
    }
    let four = sumsOfFour(place(first), place(second), place(third), place(fourth), columns)
    sums[first] = four[0]
    if first &+ 1 <= last { sums[second] = four[1] }
    if first &+ 2 <= last { sums[third] = four[2] }
    if first &+ 3 <= last { sums[fourth] = four[3] }
    first &+= 4
  }
}

/// A row, the center of its cluster and the cluster's variances.
private typealias RowAndCluster = (
  row: UnsafePointer<Scalar>, center: UnsafePointer<Double>, variances: UnsafePointer<Double>
)

@inline(__always)
private func sumsOfFour(
  _ a: RowAndCluster, _ b: RowAndCluster, _ c: RowAndCluster, _ d: RowAndCluster, _ columns: Int
) -> SIMD4<Double> {
  var sums = SIMD4<Double>(repeating: 0)
  var column = 0
  while column &+ 8 <= columns {
    let (first, second) = (ratios(a, column), ratios(b, column))
    let (third, fourth) = (ratios(c, column), ratios(d, column))
    sums = kmeans_add_columns_to_d4(
      sums, first.lowHalf, second.lowHalf, third.lowHalf, fourth.lowHalf)
    sums = kmeans_add_columns_to_d4(
      sums, first.highHalf, second.highHalf, third.highHalf, fourth.highHalf)
    column &+= 8
  }
  // Adding +0 for the columns that are missing changes no bit: no sum is -0.
  let rest = columns &- column
  if rest > 0 {
    let (first, second) = (lastRatios(a, column, rest), lastRatios(b, column, rest))
    let (third, fourth) = (lastRatios(c, column, rest), lastRatios(d, column, rest))
    sums = kmeans_add_columns_to_d4(
      sums, first.lowHalf, second.lowHalf, third.lowHalf, fourth.lowHalf)
    sums = kmeans_add_columns_to_d4(
      sums, first.highHalf, second.highHalf, third.highHalf, fourth.highHalf)
  }
  return sums
}

@inline(__always)
private func ratios(_ place: RowAndCluster, _ column: Int) -> SIMD8<Double> {
  let deviation = kmeans_load_eight(place.row + column) - loadEight(place.center + column)
  return kmeans_ratio_or_zero_d8(deviation * deviation, loadEight(place.variances + column))
}

@inline(__always)
private func lastRatios(_ place: RowAndCluster, _ column: Int, _ count: Int) -> SIMD8<Double> {
  let length = Int64(truncatingIfNeeded: count)
  let deviation =
    loadFirst(place.row + column, count) - kmeans_load_first_d8(place.center + column, length)
  return kmeans_ratio_or_zero_d8(
    deviation * deviation, kmeans_load_first_d8(place.variances + column, length))
}

@inline(__always)
private func loadEight(_ place: UnsafePointer<Double>) -> SIMD8<Double> {
  UnsafeRawPointer(place).loadUnaligned(as: SIMD8<Double>.self)
}
