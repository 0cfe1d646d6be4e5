// The last interval of an optimal partition of sorted values, by costs that are rounded.
private import KMeansCLanes

/// The start of the interval up to one end for which the cost of what is before it and its own are
/// least, and how much the next one costs: costs by the upper halves of the sums alone. The caller
/// knows a bound of their error, and decides by `intervalCosts` where the two are too close.
///
/// The cost of values from j to i, their squares summed about their mean, is Q - S (S / W), with
/// the differences Q, S and W of the sums before i and before j of squares, values and weights.
///
/// - Parameters:
///   - sums: IN, six arrays `stride` values apart: the sums of squares, of values and of weights
///     before each place, each as a double and the rest of it.
///   - costs: IN, the cost of what is before each place.
///   - first, count: the starts, at least one of them.
///   - end: one past the interval, behind all starts.
///   - values: OUT, the least cost and the next one, infinite where there is none.
/// - Returns: the start, the first one on ties.
/// - Complexity: O(count).
/// - Reference: a plain loop in `IntervalKernelTests`, bit for bit.
package func cheapestStart(
  _ sums: UnsafePointer<Double>, _ stride: Int, _ costs: UnsafePointer<Double>,
  _ first: Int, _ count: Int, _ end: Int, _ values: UnsafeMutablePointer<Double>
) -> Int {
  let (squares, linear, weights) = (sums, sums + 2 &* stride, sums + 4 &* stride)
  let q = SIMD8(repeating: squares[end])
  let s = SIMD8(repeating: linear[end])
  let w = SIMD8(repeating: weights[end])
  let infinite = SIMD8<Double>(repeating: .infinity)
  var (best, second) = (infinite, infinite)
  var places = SIMD8<Int64>(repeating: Int64(truncatingIfNeeded: first))
  var place = places &+ SIMD8(0, 1, 2, 3, 4, 5, 6, 7)
  let last = first &+ count
  var start = first
  while start &+ 8 <= last {
    let total = totals(
      load(costs + start), q - load(squares + start), s - load(linear + start),
      w - load(weights + start))
    places = kmeans_select_d8(kmeans_less_d8(total, best), place, places)
    second = kmeans_min_d8(second, kmeans_max_d8(best, total))
    best = kmeans_min_d8(best, total)
    place = place &+ SIMD8(repeating: 8)
    start = start &+ 8
  }
  if start < last {
    let left = Int64(truncatingIfNeeded: last &- start)
    // Weights that are not there count as those before the end: nothing is divided by zero.
    let isThere = SIMD8<Double>(repeating: Double(left)) - SIMD8(0, 1, 2, 3, 4, 5, 6, 7)
    let weight = kmeans_where_positive_d8(
      isThere, w - kmeans_load_first_d8(weights + start, left), SIMD8(repeating: 1))
    let total = kmeans_where_positive_d8(
      isThere,
      totals(
        kmeans_load_first_d8(costs + start, left),
        q - kmeans_load_first_d8(squares + start, left),
        s - kmeans_load_first_d8(linear + start, left), weight), infinite)
    places = kmeans_select_d8(kmeans_less_d8(total, best), place, places)
    second = kmeans_min_d8(second, kmeans_max_d8(best, total))
    best = kmeans_min_d8(best, total)
  }
  let least = kmeans_reduce_min_d8(best)
  let found = kmeans_index_of_d8(best, places, least)
  values[0] = least
  values[1] = kmeans_reduce_min_d8(
    kmeans_select_equal_d8(places, SIMD8(repeating: found), second, best))
  return Int(truncatingIfNeeded: found)
}

/// The same for eight ends, one after another, of which some may be before some of the starts.
///
/// - Parameters:
///   - end: the first of the ends; some start is before it.
///   - starts: OUT, the start for each end, the first one on ties.
///   - values: OUT, the least costs of the eight ends, and then the next ones.
package func cheapestStarts(
  _ sums: UnsafePointer<Double>, _ stride: Int, _ costs: UnsafePointer<Double>,
  _ first: Int, _ count: Int, _ end: Int, _ starts: UnsafeMutablePointer<Int32>,
  _ values: UnsafeMutablePointer<Double>
) {
  let (squares, linear, weights) = (sums, sums + 2 &* stride, sums + 4 &* stride)
  let (q, s, w) = (load(squares + end), load(linear + end), load(weights + end))
  let infinite = SIMD8<Double>(repeating: .infinity)
  var (best, second) = (infinite, infinite)
  var place = SIMD8<Int64>(repeating: Int64(truncatingIfNeeded: first))
  var places = place
  for start in first..<first &+ count {
    let weight = w - SIMD8(repeating: weights[start])
    let total = kmeans_where_positive_d8(
      weight,
      totals(
        SIMD8(repeating: costs[start]), q - SIMD8(repeating: squares[start]),
        s - SIMD8(repeating: linear[start]),
        kmeans_where_positive_d8(weight, weight, SIMD8(repeating: 1))), infinite)
    places = kmeans_select_d8(kmeans_less_d8(total, best), place, places)
    second = kmeans_min_d8(second, kmeans_max_d8(best, total))
    best = kmeans_min_d8(best, total)
    place = place &+ SIMD8(repeating: 1)
  }
  UnsafeMutableRawPointer(values).storeBytes(of: best, as: SIMD8<Double>.self)
  UnsafeMutableRawPointer(values + 8).storeBytes(of: second, as: SIMD8<Double>.self)
  starts[0] = Int32(truncatingIfNeeded: places[0])
  starts[1] = Int32(truncatingIfNeeded: places[1])
  starts[2] = Int32(truncatingIfNeeded: places[2])
  starts[3] = Int32(truncatingIfNeeded: places[3])
  starts[4] = Int32(truncatingIfNeeded: places[4])
  starts[5] = Int32(truncatingIfNeeded: places[5])
  starts[6] = Int32(truncatingIfNeeded: places[6])
  starts[7] = Int32(truncatingIfNeeded: places[7])
}

@inline(__always)
private func totals(
  _ costs: SIMD8<Double>, _ squares: SIMD8<Double>, _ linear: SIMD8<Double>,
  _ weights: SIMD8<Double>
) -> SIMD8<Double> {
  costs + (squares - linear * (linear / weights))
}

@inline(__always)
private func load(_ place: UnsafePointer<Double>) -> SIMD8<Double> {
  UnsafeRawPointer(place).loadUnaligned(as: SIMD8<Double>.self)
}
