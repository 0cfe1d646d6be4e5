// How much farther the second nearest centroid of a row is than the nearest one, at least.
private import KMeansCLanes

/// The gap between the distances of rows to their best and to all other centroids, at least, plus
/// what their clusters have used up.
///
/// By the names of `ScoreErrorBound` the score S of a centroid whose computed score is V lies
/// between V - p and V + 2 q + p, and D = |x'|^2 + 2 S is its squared distance. So with V_b and V_s
/// the two best
///
///     D_b <= n (1 + e) + 2 V_b + 4 q_b + 2 p,   D_s >= n (1 - e) + 2 V_s - 2 p
///
/// where n is the computed squared norm and e its relative error. All of it is computed in the type
/// of the points: e covers the roundings, of which there are six of n, V and the parts each.
///
/// - Parameters:
///   - labels, best, second, squaredNorms: IN, one entry a row each, as `fusedNearest` and
///     `packTiles` leave them: whole registers.
///   - count: the number of rows.
///   - fourParts: IN, at least 4 q of each of `clusters` centroids.
///   - spent: IN, one value a cluster.
///   - error: 2 p for a norm n is at most `error.point` times n plus `error.underflow`;
///     `error.norm` is e; rows of a norm beyond `error.largestNorm` have no gap; `error.margin` is
///     a share of the distances that a gap has to spare.
///   - list: IN, the numbers of the rows, ascending; `nil` for those from 0 on.
///   - gaps: OUT, the entries of these rows, rounded down.
///   - radii: OUT, `count` distances to the best centroid, rounded up.
/// - Complexity: O(count).
/// - Reference: exact distances in `RowBoundsKernelTests`.
package func scoreGaps(
  _ labels: UnsafePointer<Int32>, _ best: UnsafePointer<Scalar>, _ second: UnsafePointer<Scalar>,
  _ squaredNorms: UnsafePointer<Scalar>, _ count: Int, _ fourParts: UnsafePointer<Scalar>,
  _ spent: UnsafePointer<Float>, _ clusters: Int,
  _ error: (point: Scalar, underflow: Scalar, norm: Scalar, largestNorm: Scalar, margin: Scalar),
  _ list: UnsafePointer<Int32>?, _ gaps: UnsafeMutablePointer<Float>,
  _ radii: UnsafeMutablePointer<Float>
) {
  let lanes = Int(truncatingIfNeeded: kmeans_lanes_count())
  let tables = Tables(fourParts, spent, clusters)
  let zero = kmeans_lanes(repeating: 0)
  var row = 0
  while row < count {
    let left = Int64(truncatingIfNeeded: count &- row)
    let norm = load(squaredNorms + row)
    let (twiceBest, twiceSecond) = (2 * load(best + row), 2 * load(second + row))
    let parts = tables.parts(labels + row, left)
    let point = error.point * norm + error.underflow
    let size = norm + kmeans_abs_lanes(twiceBest) + parts + point
    let slack = error.norm * (size + kmeans_abs_lanes(twiceSecond))
    let upper = norm + twiceBest + parts + point + slack
    let lower = norm + twiceSecond - point - slack
    let far = kmeans_root_lanes(kmeans_max_lanes(lower, zero)) * (1 - error.margin)
    let near = kmeans_root_lanes(kmeans_max_lanes(upper, zero)) * (1 + error.margin)
    kmeans_put_floats_lanes(
      near + 0x1p-22 * near, radii, nil, Int64(truncatingIfNeeded: row), left)
    let used = tables.used(labels + row, left)
    var gap = far - near + used
    gap = gap - 0x1p-21 * (kmeans_abs_lanes(gap) + used) - 0x1p-120
    // Written so that a norm that is no number has no gap.
    gap = kmeans_where_at_most_lanes(
      norm, kmeans_lanes(repeating: error.largestNorm), gap, kmeans_lanes(repeating: -.infinity))
    kmeans_put_floats_lanes(gap, gaps, list.map { $0 + row }, Int64(truncatingIfNeeded: row), left)
    row = row &+ lanes
  }
}

@inline(__always)
private func load(_ place: UnsafePointer<Scalar>) -> kmeans_lanes {
  UnsafeRawPointer(place).loadUnaligned(as: kmeans_lanes.self)
}

/// What is known of each cluster.
private struct Tables {
  private let fourParts: UnsafePointer<Scalar>
  private let spent: UnsafePointer<Float>
  #if !KMEANS_DOUBLE
    private let partTable: ClusterTable
    private let usedTable: ClusterTable
  #endif

  @inline(__always)
  init(_ fourParts: UnsafePointer<Scalar>, _ spent: UnsafePointer<Float>, _ clusters: Int) {
    (self.fourParts, self.spent) = (fourParts, spent)
    #if !KMEANS_DOUBLE
      (partTable, usedTable) = (ClusterTable(fourParts, clusters), ClusterTable(spent, clusters))
    #endif
  }

  @inline(__always)
  func parts(_ labels: UnsafePointer<Int32>, _ left: Int64) -> kmeans_lanes {
    #if !KMEANS_DOUBLE
      if partTable.isHeld { return partTable.values(sixteen(labels)) }
    #endif
    return kmeans_gather_lanes(fourParts, labels, left)
  }

  @inline(__always)
  func used(_ labels: UnsafePointer<Int32>, _ left: Int64) -> kmeans_lanes {
    #if !KMEANS_DOUBLE
      if usedTable.isHeld { return usedTable.values(sixteen(labels)) }
    #endif
    return kmeans_gather_floats_lanes(spent, labels, left)
  }
}

#if !KMEANS_DOUBLE
  @inline(__always)
  private func sixteen(_ labels: UnsafePointer<Int32>) -> SIMD16<Int32> {
    UnsafeRawPointer(labels).loadUnaligned(as: SIMD16<Int32>.self)
  }
#endif
