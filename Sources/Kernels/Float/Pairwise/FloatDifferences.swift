// Sums of differences in single precision, twice as many at once, that say which centroids can
// still be the nearest. The distances of those decide.
private import KMeansCLanes

/// The sums of |x - c| of sixteen points and some centroids in single precision, and the smallest
/// of them for each point, slacks included.
///
/// - Parameters:
///   - tile: IN, [columns x 16].
///   - groups: IN, groupCount groups of four centroids [columns x 4].
///   - slacks: IN, what is added to the sums of each centroid, [4 groupCount].
///   - sums: OUT, without slacks, [4 groupCount x 16].
///   - least: IN/OUT, 16 values; infinite at first.
/// - Complexity: O(groupCount columns).
/// - Error bound: relative, columns 2^-24 in first order: a difference is rounded once and passes
///   columns - 1 additions. Nothing underflows: sums of floats are exact there.
/// - Reference: a plain loop in `PairwiseFilterTests`, bit for bit.
package func floatDifferenceTile(
  _ tile: UnsafePointer<Float>, _ columns: Int, _ groups: UnsafePointer<Float>,
  _ groupCount: Int, _ slacks: UnsafePointer<Float>, _ sums: UnsafeMutablePointer<Float>,
  _ least: UnsafeMutablePointer<Float>
) {
  let zero = SIMD16<Float>(repeating: 0)
  var smallest = loadSixteen(least)
  for group in 0..<groupCount {
    var (x, c) = (tile, groups + group &* 4 &* columns)
    var (first, second, third, fourth) = (zero, zero, zero, zero)
    for _ in 0..<columns {
      let values = loadSixteen(x)
      first = first + kmeans_abs_f16(values - SIMD16<Float>(repeating: c[0]))
      second = second + kmeans_abs_f16(values - SIMD16<Float>(repeating: c[1]))
      third = third + kmeans_abs_f16(values - SIMD16<Float>(repeating: c[2]))
      fourth = fourth + kmeans_abs_f16(values - SIMD16<Float>(repeating: c[3]))
      x += 16
      c += 4
    }
    let (slack, place) = (slacks + group &* 4, UnsafeMutableRawPointer(sums + group &* 64))
    place.storeBytes(of: first, as: SIMD16<Float>.self)
    place.storeBytes(of: second, toByteOffset: 64, as: SIMD16<Float>.self)
    place.storeBytes(of: third, toByteOffset: 128, as: SIMD16<Float>.self)
    place.storeBytes(of: fourth, toByteOffset: 192, as: SIMD16<Float>.self)
    smallest = kmeans_min_f16(smallest, first + SIMD16<Float>(repeating: slack[0]))
    smallest = kmeans_min_f16(smallest, second + SIMD16<Float>(repeating: slack[1]))
    smallest = kmeans_min_f16(smallest, third + SIMD16<Float>(repeating: slack[2]))
    smallest = kmeans_min_f16(smallest, fourth + SIMD16<Float>(repeating: slack[3]))
  }
  UnsafeMutableRawPointer(least).storeBytes(of: smallest, as: SIMD16<Float>.self)
}

/// The centroids whose sums are at most the limit of a point and their own slack.
///
/// - Parameters:
///   - sums: IN, [count x 16], no NaN.
///   - slacks: IN, count values.
///   - limits: IN, 16 values, one a point.
///   - found: OUT, room for count values, ascending: 2^16 times the number of a centroid, and a bit
///     for each point that it can be the nearest of.
/// - Returns: the number of values in `found`.
/// - Complexity: O(count).
/// - Reference: a plain loop in `PairwiseFilterTests`.
package func undecidedInTile(
  _ sums: UnsafePointer<Float>, _ count: Int, _ slacks: UnsafePointer<Float>,
  _ limits: UnsafePointer<Float>, _ found: UnsafeMutablePointer<UInt64>
) -> Int {
  let limit = loadSixteen(limits)
  var number = 0
  for centroid in 0..<count {
    let bits = kmeans_bits_not_above_f16(
      loadSixteen(sums + centroid &* 16), limit + SIMD16<Float>(repeating: slacks[centroid]))
    // Written in any case: a branch would be guessed wrong.
    found[number] = UInt64(truncatingIfNeeded: centroid) &<< 16 | UInt64(truncatingIfNeeded: bits)
    number &+= bits == 0 ? 0 : 1
  }
  return number
}

@inline(__always)
private func loadSixteen(_ place: UnsafePointer<Float>) -> SIMD16<Float> {
  UnsafeRawPointer(place).loadUnaligned(as: SIMD16<Float>.self)
}
