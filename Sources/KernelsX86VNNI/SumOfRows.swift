// The sum of a few rows that lie anywhere: those of one cluster within one stripe.
private import KMeansCLanes

/// The sum of some rows, value by value in their order, each times its weight: the bits that `accumulateFloat` gives.
///
/// - Parameters:
///   - rows: IN, rows of `columns` values, `rowStride` apart.
///   - list: IN, `count` numbers of rows, and `ahead` more whose rows are read next: the last `count` of them are fetched.
///   - weights: IN, one a row of all, or nothing where every weight is 1.
///   - sum: OUT, `sumStride` values: sums, zeros, and in the last two places weight and number.
/// - Complexity: O(count x columns).
/// - Reference: `accumulateFloat`.
package func sumOfRowsFloat(
  _ rows: UnsafePointer<Float>, _ rowStride: Int, _ list: UnsafePointer<Int32>, _ count: Int,
  _ ahead: Int, _ columns: Int, _ weights: UnsafePointer<Double>?,
  _ sum: UnsafeMutablePointer<Double>, _ sumStride: Int
) {
  for place in ahead..<ahead &+ count {
    fetch(rows + number(list, place) &* rowStride, bytes: 4 &* columns)
  }
  var column = 0
  while column &+ 8 <= columns {
    var total = SIMD8<Double>(repeating: 0)
    for place in 0..<count {
      let row = number(list, place)
      let value = kmeans_widen_f8(
        UnsafeRawPointer(rows + (row &* rowStride &+ column)).loadUnaligned(as: SIMD8<Float>.self))
      total = total + weighted(value, weights, row)
    }
    UnsafeMutableRawPointer(sum + column).storeBytes(of: total, as: SIMD8<Double>.self)
    column &+= 8
  }
  finish(list, count, weights, sum, sumStride, from: column, columns) { row, column in
    Double(rows[row &* rowStride &+ column])
  }
}

/// The same for doubles; the bits that `accumulateDouble` gives.
package func sumOfRowsDouble(
  _ rows: UnsafePointer<Double>, _ rowStride: Int, _ list: UnsafePointer<Int32>, _ count: Int,
  _ ahead: Int, _ columns: Int, _ weights: UnsafePointer<Double>?,
  _ sum: UnsafeMutablePointer<Double>, _ sumStride: Int
) {
  for place in ahead..<ahead &+ count {
    fetch(rows + number(list, place) &* rowStride, bytes: 8 &* columns)
  }
  var column = 0
  while column &+ 8 <= columns {
    var total = SIMD8<Double>(repeating: 0)
    for place in 0..<count {
      let row = number(list, place)
      let value = UnsafeRawPointer(rows + (row &* rowStride &+ column)).loadUnaligned(
        as: SIMD8<Double>.self)
      total = total + weighted(value, weights, row)
    }
    UnsafeMutableRawPointer(sum + column).storeBytes(of: total, as: SIMD8<Double>.self)
    column &+= 8
  }
  finish(list, count, weights, sum, sumStride, from: column, columns) { row, column in
    rows[row &* rowStride &+ column]
  }
}

@inline(__always)
private func number(_ list: UnsafePointer<Int32>, _ place: Int) -> Int {
  Int(truncatingIfNeeded: list[place])
}

@inline(__always)
private func fetch(_ row: UnsafeRawPointer, bytes: Int) {
  var place = 0
  while place < bytes {
    kmeans_fetch_line(row + place)
    place &+= 64
  }
}

/// weight x value, rounded before it is added.
@inline(__always)
private func weighted(
  _ value: SIMD8<Double>, _ weights: UnsafePointer<Double>?, _ row: Int
) -> SIMD8<Double> {
  guard let weights else { return value }
  return SIMD8(repeating: weights[row]) * value
}

/// The columns that fill no vector, zeros, weight and number.
@inline(__always)
private func finish(
  _ list: UnsafePointer<Int32>, _ count: Int, _ weights: UnsafePointer<Double>?,
  _ sum: UnsafeMutablePointer<Double>, _ sumStride: Int, from first: Int, _ columns: Int,
  _ value: (_ row: Int, _ column: Int) -> Double
) {
  for column in first..<columns {
    var total = 0.0
    for place in 0..<count {
      let row = number(list, place)
      let value = value(row, column)
      total = total + (weights == nil ? value : weights.unsafelyUnwrapped[row] * value)
    }
    sum[column] = total
  }
  for column in columns..<sumStride &- 2 { sum[column] = 0 }
  var weight = 0.0
  for place in 0..<count {
    weight = weight + (weights == nil ? 1 : weights.unsafelyUnwrapped[number(list, place)])
  }
  sum[sumStride &- 2] = weight
  sum[sumStride &- 1] = Double(count)
}
