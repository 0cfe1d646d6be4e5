// A float for each cluster, in registers where the clusters are few.
internal import KMeansCLanes

/// One float for each cluster, looked up for sixteen labels at a time: fetching sixteen values from
/// memory takes longer than all else that is done with them.
struct ClusterTable {
  /// How many tables of registers hold the values; 0 where they stay in memory.
  private let count: Int
  private let first: (SIMD16<Float>, SIMD16<Float>)
  private let second: (SIMD16<Float>, SIMD16<Float>)

  /// - Parameter values: one for each of some clusters.
  @inline(__always)
  init(_ values: UnsafePointer<Float>, _ clusters: Int) {
    let (clusters, size) = (Int64(truncatingIfNeeded: clusters), kmeans_table_size())
    count = clusters <= size ? 1 : clusters <= 2 &* size ? 2 : 0
    let here = count > 0 ? clusters : 0
    let (behind, next) = (here &- size, values + Int(truncatingIfNeeded: size))
    first = (kmeans_load_first_f16(values, here), kmeans_load_first_f16(values + 16, here &- 16))
    second = (kmeans_load_first_f16(next, behind), kmeans_load_first_f16(next + 16, behind &- 16))
  }

  /// Whether the values are in registers.
  @inline(__always)
  var isHeld: Bool { count > 0 }

  /// The values of sixteen labels; any number will do for a label that is not looked at.
  ///
  /// - Precondition: the values are in registers.
  @inline(__always)
  func values(_ labels: SIMD16<Int32>) -> SIMD16<Float> {
    let low = kmeans_choose_f16(first.0, first.1, labels)
    if count == 1 { return low }
    let high = kmeans_choose_f16(second.0, second.1, labels)
    return kmeans_where_bit_f16(labels, kmeans_table_size(), low, high)
  }
}
