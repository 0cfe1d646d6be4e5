// Distances in Float, which rule out most of what the bytes left.
private import KMeansCLanes

/// The squared distance of a row to a centroid, in Float.
///
/// Every term and every sum is rounded at most d/16 + 16 times, and no term is negative: the result is off by at most
/// (d/16 + 16) 2^-23 of itself, and by d 2^-148 where terms underflow. It is infinite where a Float cannot hold it.
///
/// - Parameters:
///   - row, centroid: IN, `columns` values.
/// - Complexity: O(columns).
/// - Reference: `directDistanceFloat`, in `RoughDistanceTests`.
package func roughDistanceFloat(
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
