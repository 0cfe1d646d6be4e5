// The sums of a tile over its columns, in the order of the kernels for two rows. What is summed is
// a number that is known when a kernel is compiled: 1 for |x - c|, 3 for its cube, 0 for another
// power of it, -1 for x c.
private import KMeansCLanes

/// The sums of eight points and four centroids, as the lanes of a sum for two rows are added.
///
/// - Parameters:
///   - tile: [columns x 8], in the order of columns that `PairTiles.swift` states.
///   - group: [columns x 4], in that order.
///   - exponent: the power where `terms` is 0.
@inline(__always)
func addFour(
  _ terms: Int, _ tile: UnsafePointer<Double>, _ group: UnsafePointer<Double>, _ columns: Int,
  _ exponent: Int
) -> FourSums {
  if columns < 8 { return addColumns(terms, tile, group, columns, exponent) }
  let ends = laneEnds(columns)
  let first = addColumns(terms, tile, group, ends.0, exponent)
  let low = added(first, addLane(terms, tile, group, ends.0, ends.1, exponent))
  let second = addLane(terms, tile, group, ends.1, ends.2, exponent)
  let high = added(second, addLane(terms, tile, group, ends.2, ends.3, exponent))
  let even = added(low, high)
  let third = addLane(terms, tile, group, ends.3, ends.4, exponent)
  let middle = added(third, addLane(terms, tile, group, ends.4, ends.5, exponent))
  let fourth = addLane(terms, tile, group, ends.5, ends.6, exponent)
  let last = added(fourth, addLane(terms, tile, group, ends.6, columns, exponent))
  return added(even, added(middle, last))
}

/// Where the columns of the lanes 0, 4, 2, 6, 1, 5 and 3 end; those of lane 7 end with all.
@inline(__always)
private func laneEnds(_ columns: Int) -> (Int, Int, Int, Int, Int, Int, Int) {
  let first = (columns &+ 7) &>> 3
  let second = first &+ ((columns &+ 3) &>> 3)
  let third = second &+ ((columns &+ 5) &>> 3)
  let fourth = third &+ ((columns &+ 1) &>> 3)
  let fifth = fourth &+ ((columns &+ 6) &>> 3)
  let sixth = fifth &+ ((columns &+ 2) &>> 3)
  return (first, second, third, fourth, fifth, sixth, sixth &+ ((columns &+ 4) &>> 3))
}

// Transparent: of functions of this size `@inline(__always)` leaves a weak symbol behind.

/// The sums over the columns of one lane.
@_transparent
private func addLane(
  _ terms: Int, _ tile: UnsafePointer<Double>, _ group: UnsafePointer<Double>, _ first: Int,
  _ end: Int, _ exponent: Int
) -> FourSums {
  addColumns(terms, tile + first &* 8, group + first &* 4, end &- first, exponent)
}

/// The sums over some columns.
@_transparent
private func addColumns(
  _ terms: Int, _ tile: UnsafePointer<Double>, _ group: UnsafePointer<Double>, _ columns: Int,
  _ exponent: Int
) -> FourSums {
  let zero = SIMD8<Double>(repeating: 0)
  var sums: FourSums = (zero, zero, zero, zero)
  var (x, c) = (tile, group)
  for _ in 0..<columns {
    let values = loadDoubles(x)
    sums.0 = sums.0 + term(terms, values, SIMD8<Double>(repeating: c[0]), exponent)
    sums.1 = sums.1 + term(terms, values, SIMD8<Double>(repeating: c[1]), exponent)
    sums.2 = sums.2 + term(terms, values, SIMD8<Double>(repeating: c[2]), exponent)
    sums.3 = sums.3 + term(terms, values, SIMD8<Double>(repeating: c[3]), exponent)
    x += 8
    c += 4
  }
  return sums
}

@inline(__always)
private func term(
  _ terms: Int, _ x: SIMD8<Double>, _ c: SIMD8<Double>, _ exponent: Int
) -> SIMD8<Double> {
  if terms == -1 { return x * c }
  let difference = kmeans_abs_d8(x - c)
  if terms == 1 { return difference }
  return power(difference, terms == 3 ? 3 : exponent)
}

@inline(__always)
private func added(_ a: FourSums, _ b: FourSums) -> FourSums {
  (a.0 + b.0, a.1 + b.1, a.2 + b.2, a.3 + b.3)
}
