// The costs of intervals of sorted values, to twice the digits of a double.
private import KMeansCLanes

/// What is before some starts costs, and the intervals from there to their ends, together.
///
/// As for `cheapestStart`, but in pairs of doubles (Dekker, A floating-point technique for
/// extending the available precision, Numerische Mathematik 18, 1971), without a fused multiply-add
/// so that every instruction set gives the same bits. An interval of one value costs nothing, and
/// neither does one that is too light to change the sum of the weights.
///
/// - Parameters:
///   - sums: IN, as for `cheapestStart`.
///   - costs: IN, two arrays `stride` values apart, a double and the rest of it.
///   - starts: IN, `count` places, ascending.
///   - end, step: the ends are `end`, `end + step` and so on, each behind its start.
///   - totals, rests: OUT, `count` values each: a double, and the rest of it.
/// - Error bound: relative 2^-100 of the sums that an interval is the difference of.
/// - Precondition: nothing overflows when it is multiplied by 2^27 + 1.
/// - Reference: whole numbers in `IntervalKernelTests`.
package func intervalCosts(
  _ sums: UnsafePointer<Double>, _ stride: Int, _ costs: UnsafePointer<Double>,
  _ starts: UnsafePointer<Int32>, _ count: Int, _ end: Int, _ step: Int,
  _ totals: UnsafeMutablePointer<Double>, _ rests: UnsafeMutablePointer<Double>
) {
  var item = 0
  while item < count {
    let begin = places(starts, item, count &- 1, stride)
    let close = places(end, step, item, count &- 1, stride)
    let linear = difference(sums + 2 &* stride, stride, begin, close)
    let weight = difference(sums + 4 &* stride, stride, begin, close)
    let share = product(linear, quotient(linear, weight))
    let squares = difference(sums, stride, begin, close)
    var cost = sum(squares, (high: -share.high, low: -share.low))
    let zero = SIMD8<Double>(repeating: 0)
    // What weighs nothing beside the rest costs nothing.
    cost.high = kmeans_where_positive_d8(weight.high, cost.high, zero)
    cost.low = kmeans_where_positive_d8(weight.high, cost.low, zero)
    let next = begin.lanes &+ SIMD8<Int64>(repeating: 1)
    cost.high = kmeans_select_equal_d8(next, close.lanes, zero, cost.high)
    cost.low = kmeans_select_equal_d8(next, close.lanes, zero, cost.low)
    let before = (high: gathered(costs, begin), low: gathered(costs + stride, begin))
    let total = sum(before, cost)
    if item &+ 8 <= count {
      UnsafeMutableRawPointer(totals + item).storeBytes(of: total.high, as: SIMD8<Double>.self)
      UnsafeMutableRawPointer(rests + item).storeBytes(of: total.low, as: SIMD8<Double>.self)
    } else {
      for lane in 0..<count &- item {
        totals[item &+ lane] = total.high[lane]
        rests[item &+ lane] = total.low[lane]
      }
    }
    item = item &+ 8
  }
}

/// A double and the rest of it, eight times.
private typealias Pair = (high: SIMD8<Double>, low: SIMD8<Double>)

/// Eight places, ascending; whether they are near each other, within two vectors of values.
private typealias Places = (lanes: SIMD8<Int64>, first: Int, areNear: Bool)

/// Eight of the starts, the last one again where there are fewer.
@inline(__always)
private func places(
  _ starts: UnsafePointer<Int32>, _ item: Int, _ last: Int, _ stride: Int
) -> Places {
  @inline(__always)
  func place(_ lane: Int) -> Int64 { Int64(starts[item &+ lane < last ? item &+ lane : last]) }
  return near(
    SIMD8(place(0), place(1), place(2), place(3), place(4), place(5), place(6), place(7)), stride)
}

/// The ends of the same.
@inline(__always)
private func places(
  _ end: Int, _ step: Int, _ item: Int, _ last: Int, _ stride: Int
) -> Places {
  @inline(__always)
  func place(_ lane: Int) -> Int64 {
    let number = item &+ lane < last ? item &+ lane : last
    return Int64(truncatingIfNeeded: end &+ number &* step)
  }
  return near(
    SIMD8(place(0), place(1), place(2), place(3), place(4), place(5), place(6), place(7)), stride)
}

@inline(__always)
private func near(_ lanes: SIMD8<Int64>, _ stride: Int) -> Places {
  let first = Int(truncatingIfNeeded: lanes[0])
  let last = Int(truncatingIfNeeded: lanes[7])
  return (
    lanes: lanes, first: first,
    areNear: kmeans_picks_lanes() == 1 && last &- first < 16 && first &+ 16 <= stride
  )
}

/// The values at some places.
@inline(__always)
private func gathered(_ values: UnsafePointer<Double>, _ places: Places) -> SIMD8<Double> {
  if places.areNear {
    let (low, high) = (values + places.first, values + places.first + 8)
    return kmeans_pick_d8(
      UnsafeRawPointer(low).loadUnaligned(as: SIMD8<Double>.self),
      UnsafeRawPointer(high).loadUnaligned(as: SIMD8<Double>.self),
      places.lanes &- SIMD8(repeating: Int64(truncatingIfNeeded: places.first)))
  }
  let lanes = places.lanes
  return SIMD8(
    values[Int(truncatingIfNeeded: lanes[0])], values[Int(truncatingIfNeeded: lanes[1])],
    values[Int(truncatingIfNeeded: lanes[2])], values[Int(truncatingIfNeeded: lanes[3])],
    values[Int(truncatingIfNeeded: lanes[4])], values[Int(truncatingIfNeeded: lanes[5])],
    values[Int(truncatingIfNeeded: lanes[6])], values[Int(truncatingIfNeeded: lanes[7])])
}

/// What sums before two places differ by.
@inline(__always)
private func difference(
  _ sums: UnsafePointer<Double>, _ stride: Int, _ begin: Places, _ close: Places
) -> Pair {
  sum(
    (high: gathered(sums, close), low: gathered(sums + stride, close)),
    (high: -gathered(sums, begin), low: -gathered(sums + stride, begin)))
}

/// A sum; its error is a share of both numbers, not of what they come to.
@inline(__always)
private func sum(_ a: Pair, _ b: Pair) -> Pair {
  let high = twoSum(a.high, b.high)
  return quickSum(high.high, high.low + (a.low + b.low))
}

@inline(__always)
private func product(_ a: Pair, _ b: Pair) -> Pair {
  let high = twoProduct(a.high, b.high)
  return quickSum(high.high, high.low + (a.high * b.low + a.low * b.high))
}

@inline(__always)
private func quotient(_ a: Pair, _ b: Pair) -> Pair {
  let first = a.high / b.high
  let zero = SIMD8<Double>(repeating: 0)
  let taken = product(b, (high: first, low: zero))
  // Both are the same but for some last bits: nothing is rounded.
  let left = (a.high - taken.high) + (a.low - taken.low)
  return quickSum(first, left / b.high)
}

/// A sum and its rounding error.
@inline(__always)
private func twoSum(_ a: SIMD8<Double>, _ b: SIMD8<Double>) -> Pair {
  let total = a + b
  let other = total - a
  return (high: total, low: (a - (total - other)) + (b - other))
}

/// The same where the first one is not smaller.
@inline(__always)
private func quickSum(_ a: SIMD8<Double>, _ b: SIMD8<Double>) -> Pair {
  let total = a + b
  return (high: total, low: b - (total - a))
}

/// A product and its rounding error.
@inline(__always)
private func twoProduct(_ a: SIMD8<Double>, _ b: SIMD8<Double>) -> Pair {
  let (first, second) = (split(a), split(b))
  let total = a * b
  let high = first.high * second.high - total
  let cross = (high + first.high * second.low) + first.low * second.high
  return (high: total, low: cross + first.low * second.low)
}

/// Two halves of 26 bits.
@inline(__always)
private func split(_ a: SIMD8<Double>) -> Pair {
  let large = a * SIMD8<Double>(repeating: 0x1p27 + 1)
  let high = large - (large - a)
  return (high: high, low: a - high)
}
