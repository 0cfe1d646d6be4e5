// Rows added to the sums of their clusters, in row order and in Double.
private import KMeansCLanes

/// Adds every row, times its weight, to the sum of the cluster that its label names, the weight to
/// the weight of the cluster, and 1 to its number of rows.
///
/// Value by value, sum = sum + weight * value with two roundings (never a fused multiply-add), so
/// that every instruction set gives the same bits; without weights, sum = sum + value.
///
/// - Parameters:
///   - rows: IN, count rows of `columns` values, `rowStride` apart.
///   - labels: IN, count indices of clusters.
///   - weights: IN, count weights; `nil` where every weight is 1.
///   - sums: IN/OUT, contiguous rows of `sumStride` values, one row a cluster: sums, zeros, and in
///     the last two places weight and number.
///   - sumStride: columns + 2, rounded up to whole vectors of 8.
/// - Reference: a plain loop in `KernelTests`.
package func accumulate(
  _ rows: UnsafePointer<Scalar>, _ rowStride: Int, _ count: Int, _ columns: Int,
  _ labels: UnsafePointer<Int32>, _ weights: UnsafePointer<Double>?,
  _ sums: UnsafeMutablePointer<Double>, _ sumStride: Int
) {
  let parts = parts(of: columns)
  // Two loops: the compiler would make one of them, slow for rows of either length.
  guard let weights else {
    if sumStride == 8 {
      var latest: LatestSum = (-1, SIMD8(repeating: 0))
      for row in 0..<count {
        let value = loadWithOnes(rows + row &* rowStride, parts.rest)
        add(value, label: labels[row], sums, &latest)
      }
      return
    }
    let ones = SIMD8<Double>(repeating: 1)
    for row in 0..<count {
      let sum = sums + Int(truncatingIfNeeded: labels[row]) &* sumStride
      addRow(rows + row &* rowStride, parts, ones, last: ones, sum)
    }
    return
  }
  for row in 0..<count {
    let factor = SIMD8(repeating: weights[row])
    let sum = sums + Int(truncatingIfNeeded: labels[row]) &* sumStride
    addRow(
      rows + row &* rowStride, parts, factor, last: kmeans_one_behind_seven(factor), sum)
  }
}

/// Adds a row; `last` is the factor of the values beside weight and number.
@inline(__always)
private func addRow(
  _ row: UnsafePointer<Scalar>, _ parts: Parts, _ factor: SIMD8<Double>, last: SIMD8<Double>,
  _ sum: UnsafeMutablePointer<Double>
) {
  var column = 0
  while column < parts.whole {
    add(factor * kmeans_load_eight(row + column), sum + column)
    column &+= 8
  }
  if parts.hasSeven {
    add(factor * loadFirst(row + parts.whole, 7), sum + parts.whole)
  }
  add(last * loadWithOnes(row + parts.last, parts.rest), sum + parts.last)
}

/// The division of the columns: those in whole vectors; whether the rest is too many to lie beside
/// weight and number; the first column of the last vector, and how many columns it has.
private typealias Parts = (whole: Int, hasSeven: Bool, last: Int, rest: Int)

@inline(__always)
private func parts(of columns: Int) -> Parts {
  let (whole, rest) = (columns & ~7, columns & 7)
  return rest == 7
    ? (whole, true, whole &+ 8, 0) : (whole, false, whole, rest)
}

/// Sums of one vector each, of which the one last written is kept: neighbouring rows often have the
/// same label, and a load from memory that was just stored takes longer than all the rest.
private typealias LatestSum = (label: Int32, sum: SIMD8<Double>)

@inline(__always)
private func add(
  _ value: SIMD8<Double>, label: Int32, _ sums: UnsafeMutablePointer<Double>,
  _ latest: inout LatestSum
) {
  let isSame = label == latest.label
  let place = sums + 8 &* Int(truncatingIfNeeded: label)
  let source = isSame ? kmeans_zeros().unsafelyUnwrapped : UnsafePointer(place)
  let old = UnsafeRawPointer(source).loadUnaligned(as: SIMD8<Double>.self)
  latest = (label, kmeans_choose_d8(isSame, latest.sum, old) + value)
  UnsafeMutableRawPointer(place).storeBytes(of: latest.sum, as: SIMD8<Double>.self)
}

@inline(__always)
private func add(_ values: SIMD8<Double>, _ sum: UnsafeMutablePointer<Double>) {
  let old = UnsafeRawPointer(sum).loadUnaligned(as: SIMD8<Double>.self)
  UnsafeMutableRawPointer(sum).storeBytes(of: old + values, as: SIMD8<Double>.self)
}
