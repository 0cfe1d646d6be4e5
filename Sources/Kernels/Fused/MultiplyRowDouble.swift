// The products of one row with many, for Double.

/// The products of one row of doubles with others; the contract of `multiplyRowFloat`, with 8 lanes.
package func multiplyRowDouble(
  _ row: UnsafePointer<Double>, _ others: UnsafePointer<Double>, _ count: Int, _ columns: Int,
  _ products: UnsafeMutablePointer<Double>
) {
  if columns < 8 { return multiplyShortRow(row, others, count, columns, products) }
  let whole = columns & ~7
  // The last vector ends with the row; what the others have covered counts as 0 there.
  let last = columns &- 8
  var tail = UnsafeRawPointer(row + last).loadUnaligned(as: SIMD8<Double>.self)
  for lane in 0..<whole &- last { tail[lane] = 0 }
  var place = 0
  while place < count {
    let first = others + place &* columns
    let (second, third) = (first + columns, first + 2 &* columns)
    let fourth = third + columns
    var (sum1, sum2) = (SIMD8<Double>(repeating: 0), SIMD8<Double>(repeating: 0))
    var (sum3, sum4) = (sum1, sum2)
    var column = 0
    while column < whole {
      let x = UnsafeRawPointer(row + column).loadUnaligned(as: SIMD8<Double>.self)
      sum1 = sum1 + x * UnsafeRawPointer(first + column).loadUnaligned(as: SIMD8<Double>.self)
      sum2 = sum2 + x * UnsafeRawPointer(second + column).loadUnaligned(as: SIMD8<Double>.self)
      sum3 = sum3 + x * UnsafeRawPointer(third + column).loadUnaligned(as: SIMD8<Double>.self)
      sum4 = sum4 + x * UnsafeRawPointer(fourth + column).loadUnaligned(as: SIMD8<Double>.self)
      column &+= 8
    }
    if whole < columns {
      sum1 = sum1 + tail * UnsafeRawPointer(first + last).loadUnaligned(as: SIMD8<Double>.self)
      sum2 = sum2 + tail * UnsafeRawPointer(second + last).loadUnaligned(as: SIMD8<Double>.self)
      sum3 = sum3 + tail * UnsafeRawPointer(third + last).loadUnaligned(as: SIMD8<Double>.self)
      sum4 = sum4 + tail * UnsafeRawPointer(fourth + last).loadUnaligned(as: SIMD8<Double>.self)
    }
    products[place] = sumOfLanes(sum1)
    products[place &+ 1] = sumOfLanes(sum2)
    products[place &+ 2] = sumOfLanes(sum3)
    products[place &+ 3] = sumOfLanes(sum4)
    place &+= 4
  }
}

@inline(__always)
private func sumOfLanes(_ lanes: SIMD8<Double>) -> Double {
  let four = lanes.lowHalf + lanes.highHalf
  let two = four.lowHalf + four.highHalf
  return two[0] + two[1]
}

private func multiplyShortRow(
  _ row: UnsafePointer<Double>, _ others: UnsafePointer<Double>, _ count: Int, _ columns: Int,
  _ products: UnsafeMutablePointer<Double>
) {
  for place in 0..<count {
    let other = others + place &* columns
    var sum: Double = 0
    for column in 0..<columns { sum = sum + row[column] * other[column] }
    products[place] = sum
  }
}
