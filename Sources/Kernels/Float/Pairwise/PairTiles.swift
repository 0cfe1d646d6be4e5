// Sums over the columns for eight points and all centroids: points lie in lanes, four centroids
// share what is loaded.
private import KMeansCLanes

// A tile holds eight points as [columns x 8], a group four centroids as [columns x 4]. Their
// columns come in the order in which the lanes of a sum are added: where there are 8 or more, first
// those with column mod 8 = 0, then 4, 2, 6, 1, 5, 3, 7, each ascending; else as they are. So each
// sum has the bits of the kernel for two rows.

/// The sums of |x - c| of eight points and some centroids.
///
/// - Parameters:
///   - tile: IN, [columns x 8].
///   - groups: IN, groupCount groups [columns x 4].
///   - sums: OUT, [4 groupCount x 8].
/// - Complexity: O(groupCount columns).
/// - Reference: ``sumOfDifferences(_:_:_:)``, bit for bit.
package func differenceTile(
  _ tile: UnsafePointer<Double>, _ columns: Int, _ groups: UnsafePointer<Double>,
  _ groupCount: Int, _ sums: UnsafeMutablePointer<Double>
) {
  for group in 0..<groupCount {
    let four = addFour(1, tile, groups + group &* 4 &* columns, columns, 1)
    store(four, sums + group &* 32)
  }
}

/// The sums of |x - c|^p, as ``differenceTile(_:_:_:_:_:)``.
///
/// - Parameter exponent: p, from 1 on.
/// - Reference: ``sumOfPowers(_:_:_:_:_:)`` of scale 1, bit for bit.
package func powerTile(
  _ tile: UnsafePointer<Double>, _ columns: Int, _ groups: UnsafePointer<Double>,
  _ groupCount: Int, _ exponent: Int, _ sums: UnsafeMutablePointer<Double>
) {
  for group in 0..<groupCount {
    let place = groups + group &* 4 &* columns
    let four =
      exponent == 3
      ? addFour(3, tile, place, columns, exponent)
      : addFour(0, tile, place, columns, exponent)
    store(four, sums + group &* 32)
  }
}

/// The products x c, as ``differenceTile(_:_:_:_:_:)``.
///
/// - Reference: ``sumOfProducts(_:_:_:)``, bit for bit.
package func productTile(
  _ tile: UnsafePointer<Double>, _ columns: Int, _ groups: UnsafePointer<Double>,
  _ groupCount: Int, _ sums: UnsafeMutablePointer<Double>
) {
  for group in 0..<groupCount {
    let four = addFour(-1, tile, groups + group &* 4 &* columns, columns, 1)
    store(four, sums + group &* 32)
  }
}

/// The largest |x - c|, as ``differenceTile(_:_:_:_:_:)``; the order of columns does not matter.
///
/// - Reference: ``largestDifference(_:_:_:)``, bit for bit.
package func largestTile(
  _ tile: UnsafePointer<Double>, _ columns: Int, _ groups: UnsafePointer<Double>,
  _ groupCount: Int, _ sums: UnsafeMutablePointer<Double>
) {
  let zero = SIMD8<Double>(repeating: 0)
  for group in 0..<groupCount {
    var (x, c) = (tile, groups + group &* 4 &* columns)
    var most: FourSums = (zero, zero, zero, zero)
    for _ in 0..<columns {
      let values = loadDoubles(x)
      most.0 = kmeans_max_d8(most.0, kmeans_abs_d8(values - SIMD8<Double>(repeating: c[0])))
      most.1 = kmeans_max_d8(most.1, kmeans_abs_d8(values - SIMD8<Double>(repeating: c[1])))
      most.2 = kmeans_max_d8(most.2, kmeans_abs_d8(values - SIMD8<Double>(repeating: c[2])))
      most.3 = kmeans_max_d8(most.3, kmeans_abs_d8(values - SIMD8<Double>(repeating: c[3])))
      x += 8
      c += 4
    }
    store(most, sums + group &* 32)
  }
}

/// One vector of sums, a point a lane, for each of four centroids.
typealias FourSums = (SIMD8<Double>, SIMD8<Double>, SIMD8<Double>, SIMD8<Double>)

@inline(__always)
private func store(_ four: FourSums, _ place: UnsafeMutablePointer<Double>) {
  let bytes = UnsafeMutableRawPointer(place)
  bytes.storeBytes(of: four.0, as: SIMD8<Double>.self)
  bytes.storeBytes(of: four.1, toByteOffset: 64, as: SIMD8<Double>.self)
  bytes.storeBytes(of: four.2, toByteOffset: 128, as: SIMD8<Double>.self)
  bytes.storeBytes(of: four.3, toByteOffset: 192, as: SIMD8<Double>.self)
}
