// Rows added to sums that are never rounded, or taken off them.
private import KMeansCLanes

/// Adds a row to the sum of its cluster, or takes it off, without any rounding.
///
/// Every value is split at a power of two g: into a multiple of g, which goes to `sum`, and the
/// rest, which goes to `rest` and is zero for most values. The caller chooses g so that neither is
/// ever rounded: then both are the same bits in whatever order rows come and go.
///
/// - Parameters:
///   - row: IN, `columns` values; doubles are such that floats could hold them.
///   - sign: 1 or -1.
///   - splitter: 3/2 2^52 g: adding and subtracting it rounds to a multiple of g.
///   - sum, rest: IN/OUT, `columns` values, rounded up to whole vectors of 8; values behind the
///     last column stay.
///   - next: IN, `columns` values that are read next, and prefetched meanwhile.
/// - Reference: whole numbers in `ExactSumsTests`.
package func addExactly(
  _ row: UnsafePointer<Scalar>, _ columns: Int, _ sign: Double, _ splitter: Double,
  _ sum: UnsafeMutablePointer<Double>, _ rest: UnsafeMutablePointer<Double>,
  _ next: UnsafePointer<Scalar>
) {
  let lanes = Int(truncatingIfNeeded: kmeans_lanes_count())
  var column = 0
  while column &+ 8 <= columns {
    // A line of memory is as many values as lanes.
    if column & (lanes &- 1) == 0 { kmeans_prefetch_line(next + column) }
    add(kmeans_load_eight(row + column), sign, splitter, sum + column, rest + column)
    column &+= 8
  }
  guard column < columns else { return }
  let last = loadFirst(row + column, columns &- column)
  add(last, sign, splitter, sum + column, rest + column)
}

/// Takes rows off the sums of the clusters that they left, and adds them to those they came to.
///
/// The sum of a cluster is `stride` values, of which the last two are its weight and its number of
/// rows; the rests lie `rests` values behind the sums. Otherwise as `addExactly`.
///
/// - Parameters:
///   - rows: IN, rows of `columns` values, `rowStride` apart.
///   - numbers, from, to: IN, the number of each of `count` rows, the cluster that it left, -1
///     where there was none, and the one that it came to, which is another.
///   - sums: IN/OUT.
/// - Complexity: O(count x columns).
/// - Reference: whole numbers in `ExactSumsTests`.
package func moveExactly(
  _ rows: UnsafePointer<Scalar>, _ rowStride: Int, _ numbers: UnsafePointer<Int32>,
  _ from: UnsafePointer<Int32>, _ to: UnsafePointer<Int32>, _ count: Int, _ columns: Int,
  _ splitter: Double, _ sums: UnsafeMutablePointer<Double>, _ stride: Int, _ rests: Int
) {
  let one = SIMD2<Double>(repeating: 1)
  for place in 0..<count {
    let row = rows + Int(truncatingIfNeeded: numbers[place]) &* rowStride
    let target = sums + Int(truncatingIfNeeded: to[place]) &* stride
    let left = Int(truncatingIfNeeded: from[place])
    let source = left < 0 ? nil : sums + left &* stride
    var column = 0
    while column &+ 8 <= columns {
      move(kmeans_load_eight(row + column), splitter, column, rests, target, source)
      column &+= 8
    }
    if column < columns {
      move(loadFirst(row + column, columns &- column), splitter, column, rests, target, source)
    }
    add(one, target + (stride &- 2))
    if let source { add(0 - one, source + (stride &- 2)) }
  }
}

@inline(__always)
private func move(
  _ values: SIMD8<Double>, _ splitter: Double, _ column: Int, _ rests: Int,
  _ target: UnsafeMutablePointer<Double>, _ source: UnsafeMutablePointer<Double>?
) {
  let splitters = SIMD8(repeating: splitter)
  let multiples = (values + splitters) - splitters
  let left = values - multiples
  add(multiples, target + column)
  if let source { add(0 - multiples, source + column) }
  guard kmeans_any_l8(kmeans_not_zero_d8(left)) else { return }
  add(left, target + (rests &+ column))
  if let source { add(0 - left, source + (rests &+ column)) }
}

@inline(__always)
private func add(_ values: SIMD2<Double>, _ sum: UnsafeMutablePointer<Double>) {
  let old = UnsafeRawPointer(sum).loadUnaligned(as: SIMD2<Double>.self)
  UnsafeMutableRawPointer(sum).storeBytes(of: old + values, as: SIMD2<Double>.self)
}

@inline(__always)
private func add(
  _ values: SIMD8<Double>, _ sign: Double, _ splitter: Double,
  _ sum: UnsafeMutablePointer<Double>, _ rest: UnsafeMutablePointer<Double>
) {
  let splitters = SIMD8(repeating: splitter)
  let multiples = (values + splitters) - splitters
  let left = values - multiples
  add(multiples * SIMD8(repeating: sign), sum)
  if kmeans_any_l8(kmeans_not_zero_d8(left)) { add(left * SIMD8(repeating: sign), rest) }
}

@inline(__always)
private func add(_ values: SIMD8<Double>, _ sum: UnsafeMutablePointer<Double>) {
  let old = UnsafeRawPointer(sum).loadUnaligned(as: SIMD8<Double>.self)
  UnsafeMutableRawPointer(sum).storeBytes(of: old + values, as: SIMD8<Double>.self)
}
