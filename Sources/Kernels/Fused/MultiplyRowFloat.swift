// The products of one row with many: for what is decided row by row.

/// The products of one row with each of `count` other rows, all of `columns` floats: a GEMV that keeps the
/// caches busy, for a point that comes alone.
///
/// - Parameters:
///   - row: IN, `columns` values.
///   - others: IN, contiguous rows of `columns` values; `count` is a multiple of 4.
///   - products: OUT, count products.
/// - Complexity: O(count columns), one pass over `others`.
/// - Error bound: gamma(columns) |x| |y|, as that of any order of summation; the order is that of 16 lanes.
/// - Reference: a plain loop in `SketchKernelTests`.
package func multiplyRowFloat(
  _ row: UnsafePointer<Float>, _ others: UnsafePointer<Float>, _ count: Int, _ columns: Int,
  _ products: UnsafeMutablePointer<Float>
) {
  if columns < 16 { return multiplyShortRow(row, others, count, columns, products) }
  let whole = columns & ~15
  // The last vector ends with the row; what the others have covered counts as 0 there.
  let last = columns &- 16
  var tail = UnsafeRawPointer(row + last).loadUnaligned(as: SIMD16<Float>.self)
  for lane in 0..<whole &- last { tail[lane] = 0 }
  var place = 0
  while place < count {
    let first = others + place &* columns
    let (second, third) = (first + columns, first + 2 &* columns)
    let fourth = third + columns
    var (sum1, sum2) = (SIMD16<Float>(repeating: 0), SIMD16<Float>(repeating: 0))
    var (sum3, sum4) = (sum1, sum2)
    var column = 0
    while column < whole {
      let x = UnsafeRawPointer(row + column).loadUnaligned(as: SIMD16<Float>.self)
      sum1 = sum1 + x * UnsafeRawPointer(first + column).loadUnaligned(as: SIMD16<Float>.self)
      sum2 = sum2 + x * UnsafeRawPointer(second + column).loadUnaligned(as: SIMD16<Float>.self)
      sum3 = sum3 + x * UnsafeRawPointer(third + column).loadUnaligned(as: SIMD16<Float>.self)
      sum4 = sum4 + x * UnsafeRawPointer(fourth + column).loadUnaligned(as: SIMD16<Float>.self)
      column &+= 16
    }
    if whole < columns {
      sum1 = sum1 + tail * UnsafeRawPointer(first + last).loadUnaligned(as: SIMD16<Float>.self)
      sum2 = sum2 + tail * UnsafeRawPointer(second + last).loadUnaligned(as: SIMD16<Float>.self)
      sum3 = sum3 + tail * UnsafeRawPointer(third + last).loadUnaligned(as: SIMD16<Float>.self)
      sum4 = sum4 + tail * UnsafeRawPointer(fourth + last).loadUnaligned(as: SIMD16<Float>.self)
    }
    products[place] = sumOfLanes(sum1)
    products[place &+ 1] = sumOfLanes(sum2)
    products[place &+ 2] = sumOfLanes(sum3)
    products[place &+ 3] = sumOfLanes(sum4)
    place &+= 4
  }
}

@inline(__always)
private func sumOfLanes(_ lanes: SIMD16<Float>) -> Float {
  let eight = lanes.lowHalf + lanes.highHalf
  let four = eight.lowHalf + eight.highHalf
  let two = four.lowHalf + four.highHalf
  return two[0] + two[1]
}

private func multiplyShortRow(
  _ row: UnsafePointer<Float>, _ others: UnsafePointer<Float>, _ count: Int, _ columns: Int,
  _ products: UnsafeMutablePointer<Float>
) {
  for place in 0..<count {
    let other = others + place &* columns
    var sum: Float = 0
    for column in 0..<columns { sum = sum + row[column] * other[column] }
    products[place] = sum
  }
}
