// What distances that are no squared Euclidean ones are made of: sums of differences, the largest
// difference, products. Rows are Doubles, whatever the points are.
private import KMeansCLanes

/// The sum of |a - b| over `columns` values: the Manhattan distance.
///
/// The order is that of `directDistance`: element i goes to lane i mod 8, the lanes are added as
/// ((0+4)+(2+6)) + ((1+5)+(3+7)), fewer than 8 columns one after another. The same bits on every
/// instruction set.
///
/// - Error bound: relative (ceil(d/8) + 4) 2^-53 in first order: a difference is rounded once and
///   passes ceil(d/8) + 3 additions at most.
/// - Reference: `Reference.manhattan`.
package func sumOfDifferences(
  _ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>, _ columns: Int
) -> Double {
  if columns < 8 {
    var sum = 0.0
    for column in 0..<columns { sum = sum + (a[column] - b[column]).magnitude }
    return sum
  }
  var lanes = SIMD8<Double>(repeating: 0)
  var column = 0
  while column &+ 8 <= columns {
    lanes = lanes + kmeans_abs_d8(loadDoubles(a + column) - loadDoubles(b + column))
    column &+= 8
  }
  // Adding +0 to the other lanes changes no bit: the sums are never -0.
  if column < columns {
    lanes = lanes + kmeans_abs_d8(loadRest(a, column, columns) - loadRest(b, column, columns))
  }
  return addLanes(lanes)
}

/// The largest |a - b| of `columns` values: the distance of Chebyshev.
///
/// - Error bound: one rounding of the difference.
/// - Reference: `Reference.chebyshev`.
package func largestDifference(
  _ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>, _ columns: Int
) -> Double {
  var lanes = SIMD8<Double>(repeating: 0)
  var column = 0
  while column &+ 8 <= columns {
    lanes = kmeans_max_d8(
      lanes, kmeans_abs_d8(loadDoubles(a + column) - loadDoubles(b + column)))
    column &+= 8
  }
  if column < columns {
    lanes = kmeans_max_d8(
      lanes, kmeans_abs_d8(loadRest(a, column, columns) - loadRest(b, column, columns)))
  }
  let four = lanes.lowHalf, others = lanes.highHalf
  let first = largest(largest(four[0], four[1]), largest(four[2], four[3]))
  return largest(first, largest(largest(others[0], others[1]), largest(others[2], others[3])))
}

@inline(__always)
private func largest(_ a: Double, _ b: Double) -> Double { a > b ? a : b }

/// The sum of a b over `columns` values, in the order of ``sumOfDifferences(_:_:_:)``, never a
/// fused multiply-add.
///
/// - Error bound: (ceil(d/8) + 4) 2^-53 times the sum of |a b|.
/// - Reference: `Reference.product`.
package func sumOfProducts(
  _ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>, _ columns: Int
) -> Double {
  if columns < 8 {
    var sum = 0.0
    for column in 0..<columns { sum = sum + a[column] * b[column] }
    return sum
  }
  var lanes = SIMD8<Double>(repeating: 0)
  var column = 0
  while column &+ 8 <= columns {
    lanes = lanes + loadDoubles(a + column) * loadDoubles(b + column)
    column &+= 8
  }
  if column < columns {
    lanes = lanes + loadRest(a, column, columns) * loadRest(b, column, columns)
  }
  return addLanes(lanes)
}

@inline(__always)
func loadDoubles(_ place: UnsafePointer<Double>) -> SIMD8<Double> {
  UnsafeRawPointer(place).loadUnaligned(as: SIMD8<Double>.self)
}

/// The values from `column` on, fewer than 8, then zeros; nothing behind them is read.
@inline(__always)
func loadRest(_ row: UnsafePointer<Double>, _ column: Int, _ columns: Int) -> SIMD8<Double> {
  kmeans_load_first_d8(row + column, Int64(truncatingIfNeeded: columns &- column))
}

/// The sum of the lanes as ((0+4)+(2+6)) + ((1+5)+(3+7)).
@inline(__always)
func addLanes(_ lanes: SIMD8<Double>) -> Double {
  let four = lanes.lowHalf + lanes.highHalf
  let two = four.lowHalf + four.highHalf
  return two[0] + two[1]
}
