// Distances in Float, which rule out most of the pairs that the bytes did not.
private import KMeansCLanes

/// Drops the pairs of a list whose squared distance in Float proves already that `directDistance`
/// is above a limit.
///
/// **The bound.** Every term and every sum of the distance is rounded at most d/16 + 16 times, and
/// no term is negative: it is off by at most (d/16 + 16) 2^-23 of itself, and by d 2^-148 where
/// terms underflow; it is infinite where a Float cannot hold it. The limit is raised by twice as
/// much, which covers its own rounding, too.
///
/// - Parameters:
///   - rows: IN, sixteen places.
///   - centroids: IN, contiguous rows of `columns` values.
///   - limits: IN, a squared distance for each of the rows.
///   - lanes, candidates: IN/OUT, `count` rows and centroids; the pairs that are kept move to the
///     front, in their order.
/// - Returns: the number of pairs that are kept.
/// - Complexity: O(count x columns).
/// - Reference: `directDistance`, in `DropFartherTests`.
package func dropFarther(
  _ rows: UnsafePointer<UnsafePointer<Float>>, _ centroids: UnsafePointer<Float>, _ columns: Int,
  _ limits: UnsafePointer<Double>, _ lanes: UnsafeMutablePointer<Int32>,
  _ candidates: UnsafeMutablePointer<Int32>, _ count: Int
) -> Int {
  let factor = 1 + 2 * (Double(columns) / 16 + 16) * 0x1p-23
  let term = Double(columns) * 0x1p-140
  var kept = 0
  for place in 0..<count {
    let (lane, candidate) = (lanes[place], candidates[place])
    let row = Int(truncatingIfNeeded: lane)
    let distance = distance(
      rows[row], centroids + Int(truncatingIfNeeded: candidate) &* columns, columns)
    lanes[kept] = lane
    candidates[kept] = candidate
    kept = kept &+ (distance > Float(limits[row] * factor + term) ? 0 : 1)
  }
  return kept
}

@inline(__always)
private func distance(
  _ row: UnsafePointer<Float>, _ centroid: UnsafePointer<Float>, _ columns: Int
) -> Float {
  var a = SIMD16<Float>(repeating: 0)
  var (b, c, d) = (a, a, a)
  var column = 0
  while column &+ 64 <= columns {
    a = added(a, row, centroid, column)
    b = added(b, row, centroid, column &+ 16)
    c = added(c, row, centroid, column &+ 32)
    d = added(d, row, centroid, column &+ 48)
    column &+= 64
  }
  while column &+ 16 <= columns {
    a = added(a, row, centroid, column)
    column &+= 16
  }
  if column < columns {
    let rest = Int64(truncatingIfNeeded: columns &- column)
    let difference =
      kmeans_load_first_f16(row + column, rest) - kmeans_load_first_f16(centroid + column, rest)
    b = kmeans_plus_product_f16(b, difference, difference)
  }
  let sum = (a + b) + (c + d)
  let eight = sum.lowHalf + sum.highHalf
  let four = eight.lowHalf + eight.highHalf
  let two = four.lowHalf + four.highHalf
  return two[0] + two[1]
}

@inline(__always)
private func added(
  _ sum: SIMD16<Float>, _ row: UnsafePointer<Float>, _ centroid: UnsafePointer<Float>,
  _ column: Int
) -> SIMD16<Float> {
  let difference =
    UnsafeRawPointer(row + column).loadUnaligned(as: SIMD16<Float>.self)
    - UnsafeRawPointer(centroid + column).loadUnaligned(as: SIMD16<Float>.self)
  return kmeans_plus_product_f16(sum, difference, difference)
}
