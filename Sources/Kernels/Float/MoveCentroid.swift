// The move of one centroid of a sketch towards a point, and of its products with the points that
// follow.
private import KMeansCLanes

/// Moves a centroid by a share of the way to a point: c = c + share (x - c), each operation
/// rounded, never a fused multiply-add: the same bits on every instruction set.
///
/// - Parameters:
///   - centroid: IN/OUT, `columns` values.
///   - point: IN, `columns` values.
///   - share: from 0 to 1.
///   - rounded: OUT, the centroid rounded to Float.
/// - Returns: the squared norm of the moved centroid, in the order of `directDistance`.
/// - Reference: a plain loop in `SketchKernelTests`.
package func moveCentroid(
  _ centroid: UnsafeMutablePointer<Double>, _ point: UnsafePointer<Double>, _ share: Double,
  _ columns: Int, _ rounded: UnsafeMutablePointer<Float>
) -> Double {
  let shares = SIMD8<Double>(repeating: share)
  var lanes = SIMD8<Double>(repeating: 0)
  var column = 0
  while column &+ 8 <= columns {
    let old = UnsafeRawPointer(centroid + column).loadUnaligned(as: SIMD8<Double>.self)
    let target = UnsafeRawPointer(point + column).loadUnaligned(as: SIMD8<Double>.self)
    let new = old + shares * (target - old)
    UnsafeMutableRawPointer(centroid + column).storeBytes(of: new, as: SIMD8<Double>.self)
    UnsafeMutableRawPointer(rounded + column)
      .storeBytes(of: kmeans_narrow_d8(new), as: SIMD8<Float>.self)
    lanes = lanes + new * new
    column &+= 8
  }
  let tail = column
  var sum = 0.0
  while column < columns {
    let new = centroid[column] + share * (point[column] - centroid[column])
    centroid[column] = new
    rounded[column] = Float(new)
    sum = sum + new * new
    column &+= 1
  }
  if columns < 8 { return sum }
  if tail < columns {
    let rest = kmeans_load_first_d8(centroid + tail, Int64(columns &- tail))
    lanes = lanes + rest * rest
  }
  let four = lanes.lowHalf + lanes.highHalf
  let two = four.lowHalf + four.highHalf
  return two[0] + two[1]
}

/// Copies one column of a tile of products, as doubles.
///
/// - Parameters:
///   - column: IN, `count` values, `stride` apart.
///   - products: OUT, count values.
/// - Reference: a plain loop in `SketchKernelTests`.
package func gatherProducts(
  _ column: UnsafePointer<Float>, _ stride: Int, _ count: Int,
  _ products: UnsafeMutablePointer<Double>
) {
  for row in 0..<count { products[row] = Double(column[row &* stride]) }
}

/// Moves the products of a centroid with some points, as the centroid moves by a share of the way
/// to another point: g = g + share (k - g).
///
/// - Parameters:
///   - products: IN/OUT, `count` products of the centroid.
///   - row: IN, count products of the point that it moves to.
/// - Error bound: three roundings in Double, 2^-29 of those of the products themselves.
/// - Reference: a plain loop in `SketchKernelTests`.
package func moveProducts(
  _ products: UnsafeMutablePointer<Double>, _ row: UnsafePointer<Float>, _ share: Double,
  _ count: Int
) {
  let shares = SIMD8<Double>(repeating: share)
  var place = 0
  while place &+ 8 <= count {
    let old = UnsafeRawPointer(products + place).loadUnaligned(as: SIMD8<Double>.self)
    let target = kmeans_load_eight(row + place)
    UnsafeMutableRawPointer(products + place)
      .storeBytes(of: old + shares * (target - old), as: SIMD8<Double>.self)
    place &+= 8
  }
  while place < count {
    products[place] = products[place] + share * (Double(row[place]) - products[place])
    place &+= 1
  }
}

/// The smallest and second smallest score `low[q] - products[q]` of one point among the centroids
/// that moved, and the index of the smallest.
///
/// - Parameters:
///   - column: IN, `count` products, `stride` apart; finite.
///   - count: a multiple of 8, may be 0; entries without a centroid have `low` = infinity.
///   - low: IN, count values, no NaN.
///   - best, second: OUT, one score each; infinity where there is none.
/// - Returns: the lowest index with the smallest score.
/// - Reference: a plain loop in `SketchKernelTests`.
package func nearestTwoMoved(
  _ column: UnsafePointer<Double>, _ stride: Int, _ count: Int, _ low: UnsafePointer<Double>,
  _ best: UnsafeMutablePointer<Double>, _ second: UnsafeMutablePointer<Double>
) -> Int {
  let first = SIMD8<Int64>(0, 1, 2, 3, 4, 5, 6, 7)
  var least = SIMD8<Double>(repeating: .infinity)
  var runner = least
  var leastIndex = first
  var index = first
  var place = 0
  while place < count {
    let source = column + place &* stride
    let products = SIMD8<Double>(
      source[0], source[stride], source[2 &* stride], source[3 &* stride], source[4 &* stride],
      source[5 &* stride], source[6 &* stride], source[7 &* stride])
    let score =
      UnsafeRawPointer(low + place).loadUnaligned(as: SIMD8<Double>.self) - products
    leastIndex = kmeans_select_d8(kmeans_less_d8(score, least), index, leastIndex)
    runner = kmeans_min_d8(runner, kmeans_max_d8(score, least))
    least = kmeans_min_d8(score, least)
    index = index &+ SIMD8<Int64>(repeating: 8)
    place &+= 8
  }
  let minimum = kmeans_reduce_min_d8(least)
  let label = kmeans_index_of_d8(least, leastIndex, minimum)
  best.pointee = minimum
  // The best but one, lane by lane; in the lane of the winner its own runner-up.
  second.pointee = kmeans_reduce_min_d8(
    kmeans_select_equal_d8(leastIndex, SIMD8<Int64>(repeating: label), runner, least))
  return Int(truncatingIfNeeded: label)
}
