// How far one centroid is from all others, at least.
private import KMeansCLanes

/// At most the distance of a row from each point of some tiles.
///
/// - Parameters:
///   - row: IN, `columns` values.
///   - tiles: IN, points as `packTiles` leaves them without a shift.
///   - tileCount: the number of tiles.
///   - factor: 1 less the relative error of the root of a sum of squares of differences, and of
///     what it loses as a float.
///   - floor: what squares that underflow may add to the root.
///   - distances: OUT, one for each point of the tiles.
/// - Complexity: O(points x columns).
/// - Error bound: a sum of `columns` squares, added one after another, each of a difference that is
///   rounded once: gamma(columns + 2) of the squared distance, and half the smallest number for
///   each square that underflows. Squares that overflow count as the largest number.
/// - Reference: exact distances in `RowBoundsKernelTests`.
package func centroidDistances(
  _ row: UnsafePointer<Scalar>, _ columns: Int, _ tiles: UnsafePointer<Scalar>, _ tileCount: Int,
  _ factor: Scalar, _ floor: Scalar, _ distances: UnsafeMutablePointer<Float>
) {
  let rows = fusedTileRows()
  let lanes = Int(truncatingIfNeeded: kmeans_register_count())
  let largest = kmeans_register(repeating: .greatestFiniteMagnitude)
  for tile in 0..<tileCount {
    let points = tiles + tile &* rows &* columns
    var first = 0
    while first < rows {
      var sum = kmeans_register(repeating: 0)
      for column in 0..<columns {
        let difference =
          loadRegister(points + (column &* rows &+ first))
          - kmeans_register(repeating: row[column])
        sum = sum + difference * difference
      }
      let root = kmeans_root_register(kmeans_min_register(sum, largest))
      kmeans_put_floats_register(root * factor - floor, distances + (tile &* rows &+ first))
      first &+= lanes
    }
  }
}
