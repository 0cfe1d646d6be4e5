// The products of one row with many, for decisions row by row.
private import KMeansCLanes

/// The products of one row with each of `count` other rows, all of `columns` values: a GEMV that
/// keeps the caches busy, for a point that comes alone.
///
/// - Parameters:
///   - row: IN, `columns` values.
///   - others: IN, contiguous rows of `columns` values; `count` is a multiple of 4.
///   - products: OUT, count products.
/// - Complexity: O(count columns), one pass over `others`.
/// - Error bound: gamma(columns) |x| |y|, as that of any order of summation; the order is that of
///   16 or 8 lanes.
/// - Reference: a plain loop in `SketchKernelTests`.
package func multiplyRow(
  _ row: UnsafePointer<Scalar>, _ others: UnsafePointer<Scalar>, _ count: Int, _ columns: Int,
  _ products: UnsafeMutablePointer<Scalar>
) {
  let lanes = Int(truncatingIfNeeded: kmeans_lanes_count())
  if columns < lanes { return multiplyShortRow(row, others, count, columns, products) }
  let whole = columns & ~(lanes &- 1)
  // The last vector ends with the row; values that others have covered count as 0 there.
  let last = columns &- lanes
  var tail = UnsafeRawPointer(row + last).loadUnaligned(as: kmeans_lanes.self)
  for lane in 0..<whole &- last { tail[lane] = 0 }
  var place = 0
  while place < count {
    let first = others + place &* columns
    let (second, third) = (first + columns, first + 2 &* columns)
    let fourth = third + columns
    var (sum1, sum2) = (kmeans_lanes(repeating: 0), kmeans_lanes(repeating: 0))
    var (sum3, sum4) = (sum1, sum2)
    var column = 0
    while column < whole {
      let x = UnsafeRawPointer(row + column).loadUnaligned(as: kmeans_lanes.self)
      sum1 = sum1 + x * UnsafeRawPointer(first + column).loadUnaligned(as: kmeans_lanes.self)
      sum2 = sum2 + x * UnsafeRawPointer(second + column).loadUnaligned(as: kmeans_lanes.self)
      sum3 = sum3 + x * UnsafeRawPointer(third + column).loadUnaligned(as: kmeans_lanes.self)
      sum4 = sum4 + x * UnsafeRawPointer(fourth + column).loadUnaligned(as: kmeans_lanes.self)
      column &+= lanes
    }
    if whole < columns {
      sum1 = sum1 + tail * UnsafeRawPointer(first + last).loadUnaligned(as: kmeans_lanes.self)
      sum2 = sum2 + tail * UnsafeRawPointer(second + last).loadUnaligned(as: kmeans_lanes.self)
      sum3 = sum3 + tail * UnsafeRawPointer(third + last).loadUnaligned(as: kmeans_lanes.self)
      sum4 = sum4 + tail * UnsafeRawPointer(fourth + last).loadUnaligned(as: kmeans_lanes.self)
    }
    products[place] = sumOfLanes(sum1)
    products[place &+ 1] = sumOfLanes(sum2)
    products[place &+ 2] = sumOfLanes(sum3)
    products[place &+ 3] = sumOfLanes(sum4)
    place &+= 4
  }
}

@inline(__always)
private func sumOfLanes(_ lanes: kmeans_lanes) -> Scalar {
  let four = addedToFour(lanes)
  let two = four.lowHalf + four.highHalf
  return two[0] + two[1]
}

private func multiplyShortRow(
  _ row: UnsafePointer<Scalar>, _ others: UnsafePointer<Scalar>, _ count: Int, _ columns: Int,
  _ products: UnsafeMutablePointer<Scalar>
) {
  for place in 0..<count {
    let other = others + place &* columns
    var sum: Scalar = 0
    for column in 0..<columns { sum = sum + row[column] * other[column] }
    products[place] = sum
  }
}
