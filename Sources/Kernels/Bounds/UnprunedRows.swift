// The rows whose bounds no longer tell that their centroid is the nearest one.
private import KMeansCLanes

/// The rows whose gap is not above what their cluster has used up.
///
/// - Parameters:
///   - labels, gaps: IN, `count` of each; a gap that is no number never rules out.
///   - spent: IN, `clusters` values. Few of them stay in registers: fetching sixteen from memory
///     takes longer than all the rest.
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
  let tables = Tables(spent, clusters)
  var (found, row) = (0, 0)
  while row &+ 16 <= count {
    let some = UnsafeRawPointer(labels + row).loadUnaligned(as: SIMD16<Int32>.self)
    let gap = UnsafeRawPointer(gaps + row).loadUnaligned(as: SIMD16<Float>.self)
    let used = tables.values(spent, some)
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

/// What clusters have used up, in registers where they are few.
private struct Tables {
  private let count: Int
  private let first: (SIMD16<Float>, SIMD16<Float>)
  private let second: (SIMD16<Float>, SIMD16<Float>)

  @inline(__always)
  init(_ spent: UnsafePointer<Float>, _ clusters: Int) {
    let (clusters, size) = (Int64(truncatingIfNeeded: clusters), kmeans_table_size())
    count = clusters <= size ? 1 : clusters <= 2 &* size ? 2 : 0
    let here = count > 0 ? clusters : 0
    let (behind, next) = (here &- size, spent + Int(truncatingIfNeeded: size))
    first = (kmeans_load_first_f16(spent, here), kmeans_load_first_f16(spent + 16, here &- 16))
    second = (kmeans_load_first_f16(next, behind), kmeans_load_first_f16(next + 16, behind &- 16))
  }

  @inline(__always)
  func values(_ spent: UnsafePointer<Float>, _ labels: SIMD16<Int32>) -> SIMD16<Float> {
    if count == 0 { return kmeans_gather_f16(spent, labels) }
    let low = kmeans_choose_f16(first.0, first.1, labels)
    if count == 1 { return low }
    let high = kmeans_choose_f16(second.0, second.1, labels)
    return kmeans_where_bit_f16(labels, kmeans_table_size(), low, high)
  }
}
