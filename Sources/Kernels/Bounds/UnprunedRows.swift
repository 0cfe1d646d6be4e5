// The rows whose bounds no longer tell that their centroid is the nearest one.
private import KMeansCLanes

/// The rows whose gap is not above what their cluster has used up.
///
/// - Parameters:
///   - labels, gaps: IN, `count` of each; a gap that is no number never rules out.
///   - spent: IN, `clusters` values.
///   - count: the number of rows.
///   - first: the number of the first row.
///   - list: OUT, room for `count` numbers: those of the rows, ascending.
/// - Returns: how many there are.
/// - Complexity: O(count), of which nothing is written for a row that is left out.
/// - Reference: a plain loop in `RowBoundsKernelTests`.
package func unprunedRows(
  _ labels: UnsafePointer<Int32>, _ gaps: UnsafePointer<Float>, _ spent: UnsafePointer<Float>,
  _ clusters: Int, _ count: Int, _ first: Int32, _ list: UnsafeMutablePointer<Int32>
) -> Int {
  let lanes = SIMD16<Int32>(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)
  let table = ClusterTable(spent, clusters)
  var (found, row) = (0, 0)
  while row &+ 16 <= count {
    let some = UnsafeRawPointer(labels + row).loadUnaligned(as: SIMD16<Int32>.self)
    let gap = UnsafeRawPointer(gaps + row).loadUnaligned(as: SIMD16<Float>.self)
    let used = table.isHeld ? table.values(some) : kmeans_gather_f16(spent, some)
    let bits = kmeans_bits_not_above_f16(gap, used)
    if bits != 0 {
      let number = SIMD16(repeating: first &+ Int32(truncatingIfNeeded: row)) &+ lanes
      found = found &+ Int(truncatingIfNeeded: kmeans_append_lanes(number, bits, list + found))
    }
    row = row &+ 16
  }
  while row < count {
    let isLeftOut = gaps[row] > spent[Int(truncatingIfNeeded: labels[row])]
    list[found] = first &+ Int32(truncatingIfNeeded: row)
    found = found &+ (isLeftOut ? 0 : 1)
    row = row &+ 1
  }
  return found
}
