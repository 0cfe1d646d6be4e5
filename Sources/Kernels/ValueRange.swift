// The largest and the smallest values of some rows.
private import KMeansCLanes

/// Widens the range of the values seen so far by those of some rows.
///
/// - Parameters:
///   - rows: IN, count rows of `columns` values, `rowStride` apart.
///   - limit: the largest magnitude that is allowed.
///   - range: IN/OUT, the largest magnitude, the smallest that is not zero, 1 while a float could
///     hold every value, and 1 while every value is a number within the limit; 0, infinity, 1 and 1
///     at first. If the last is 0, the others have no meaning.
/// - Complexity: O(count x columns).
/// - Reference: a plain loop in `ValueRangeTests`.
package func valueRange(
  _ rows: UnsafePointer<Scalar>, _ rowStride: Int, _ count: Int, _ columns: Int, _ limit: Double,
  _ range: UnsafeMutablePointer<Double>
) {
  var seen = begin(range)
  for row in 0..<count {
    let values = rows + row &* rowStride
    var column = 0
    while column &+ 8 <= columns {
      widen(&seen, kmeans_load_eight(values + column), limit)
      column &+= 8
    }
    let rest = columns &- column
    if rest > 0 { widen(&seen, loadFirst(values + column, rest), limit) }
  }
  finish(seen, range)
}

/// The range of the values of eight lanes.
private typealias Seen = (
  largest: SIMD8<Double>, smallest: SIMD8<Double>, noFloats: SIMD8<Int64>, beyond: SIMD8<Int64>
)

@inline(__always)
private func begin(_ range: UnsafeMutablePointer<Double>) -> Seen {
  (
    SIMD8(repeating: range[0]), SIMD8(repeating: range[1]), SIMD8(repeating: 0),
    SIMD8(repeating: 0)
  )
}

@inline(__always)
private func widen(_ seen: inout Seen, _ values: SIMD8<Double>, _ limit: Double) {
  #if KMEANS_DOUBLE
    seen.noFloats |= kmeans_not_floats_d8(values)
  #endif
  let sizes = kmeans_abs_d8(values)
  seen.beyond |= kmeans_not_at_most_d8(sizes, SIMD8(repeating: limit))
  seen.largest = kmeans_max_d8(sizes, seen.largest)
  seen.smallest = kmeans_min_d8(kmeans_nonzero_or_d8(sizes, seen.smallest), seen.smallest)
}

@inline(__always)
private func finish(_ seen: Seen, _ range: UnsafeMutablePointer<Double>) {
  range[0] = 0 - kmeans_reduce_min_d8(0 - seen.largest)
  range[1] = kmeans_reduce_min_d8(seen.smallest)
  if kmeans_any_l8(seen.noFloats) { range[2] = 0 }
  if kmeans_any_l8(seen.beyond) { range[3] = 0 }
}
