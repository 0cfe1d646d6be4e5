// The distances of four sparse rows to one centroid.
private import KMeansCLanes

/// The squared distances of four sparse rows to a centroid: the bits of `directDistance` of the
/// rows with their zeros.
///
/// Where none of the four has a value they share the squares of the centroid; and four sums that do
/// not wait for each other take hardly longer than one.
///
/// - Parameters:
///   - indices, values, counts: IN, four of each: the columns of a row's values, ascending, the
///     values, and how many there are.
///   - centroid: IN, `columns` values.
///   - columns: at least 8.
///   - distances: OUT, four squared distances.
/// - Complexity: O(columns).
/// - Reference: `directDistance`.
package func sparseDirectDistances(
  _ indices: UnsafePointer<UnsafePointer<Int32>>, _ values: UnsafePointer<UnsafePointer<Scalar>>,
  _ counts: UnsafePointer<Int>, _ centroid: UnsafePointer<Scalar>, _ columns: Int,
  _ distances: UnsafeMutablePointer<Double>
) {
  var (lanes0, lanes1) = (SIMD8<Double>(repeating: 0), SIMD8<Double>(repeating: 0))
  var (lanes2, lanes3) = (lanes0, lanes0)
  var (place0, place1, place2, place3) = (0, 0, 0, 0)
  var column = 0
  while column < columns {
    let first = least(
      next(indices[0], counts[0], place0), next(indices[1], counts[1], place1))
    let second = least(
      next(indices[2], counts[2], place2), next(indices[3], counts[3], place3))
    let stop = least(least(first, second), columns) & ~7
    while column < stop {
      let block = kmeans_load_eight(centroid + column)
      let squares = block * block
      lanes0 = lanes0 + squares
      lanes1 = lanes1 + squares
      lanes2 = lanes2 + squares
      lanes3 = lanes3 + squares
      column &+= 8
    }
    guard column < columns else { break }
    let left = columns &- column
    let block =
      left >= 8 ? kmeans_load_eight(centroid + column) : loadFirst(centroid + column, left)
    lanes0 = add(block, column, indices[0], values[0], counts[0], &place0, lanes0)
    lanes1 = add(block, column, indices[1], values[1], counts[1], &place1, lanes1)
    lanes2 = add(block, column, indices[2], values[2], counts[2], &place2, lanes2)
    lanes3 = add(block, column, indices[3], values[3], counts[3], &place3, lanes3)
    column &+= 8
  }
  distances[0] = sum(lanes0)
  distances[1] = sum(lanes1)
  distances[2] = sum(lanes2)
  distances[3] = sum(lanes3)
}

@inline(__always)
private func least(_ a: Int, _ b: Int) -> Int { a < b ? a : b }

/// The column of a row's next value; the largest number where there is none left.
@inline(__always)
private func next(_ indices: UnsafePointer<Int32>, _ count: Int, _ place: Int) -> Int {
  place < count ? Int(truncatingIfNeeded: indices[place]) : Int.max
}

/// Adds the squares of a block of eight columns, in which the row may have values.
@inline(__always)
private func add(
  _ block: SIMD8<Double>, _ column: Int, _ indices: UnsafePointer<Int32>,
  _ values: UnsafePointer<Scalar>, _ count: Int, _ place: inout Int, _ lanes: SIMD8<Double>
) -> SIMD8<Double> {
  var row = SIMD8<Double>(repeating: 0)
  while place < count, Int(truncatingIfNeeded: indices[place]) < column &+ 8 {
    // A blend, for one lane that is written in memory makes the next read of all eight wait.
    let lane = Int64(truncatingIfNeeded: Int(truncatingIfNeeded: indices[place]) &- column)
    row.replace(
      with: Double(values[place]), where: SIMD8<Int64>(0, 1, 2, 3, 4, 5, 6, 7) .== lane)
    place &+= 1
  }
  let difference = row - block
  return lanes + difference * difference
}

@inline(__always)
private func sum(_ lanes: SIMD8<Double>) -> Double {
  let four = lanes.lowHalf + lanes.highHalf
  let two = four.lowHalf + four.highHalf
  return two[0] + two[1]
}
