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
  var (x, c) = (tile, group)
  let even = addLane(terms, &x, &c, (columns &+ 7) &>> 3, exponent)
  let low = added(even, addLane(terms, &x, &c, (columns &+ 3) &>> 3, exponent))
  let second = addLane(terms, &x, &c, (columns &+ 5) &>> 3, exponent)
  let third = added(second, addLane(terms, &x, &c, (columns &+ 1) &>> 3, exponent))
  let evens = added(low, third)
  let odd = addLane(terms, &x, &c, (columns &+ 6) &>> 3, exponent)
  let high = added(odd, addLane(terms, &x, &c, (columns &+ 2) &>> 3, exponent))
  let fourth = addLane(terms, &x, &c, (columns &+ 4) &>> 3, exponent)
  let last = added(fourth, addLane(terms, &x, &c, columns &>> 3, exponent))
  return added(evens, added(high, last))
}

/// The sums over the columns of one lane, of which there are so many; moves on behind them.
@inline(__always)
private func addLane(
  _ terms: Int, _ tile: inout UnsafePointer<Double>, _ group: inout UnsafePointer<Double>,
  _ columns: Int, _ exponent: Int
) -> FourSums {
  let sums = addColumns(terms, tile, group, columns, exponent)
  tile += columns &* 8
  group += columns &* 4
  return sums
}

@inline(__always)
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
