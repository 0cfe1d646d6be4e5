// Products and argmin in one: scores of points against centroids that never leave the registers.
private import KMeansCLanes

/// The number of points of a tile: lanes times registers.
package func fusedTileRows() -> Int {
  Int(truncatingIfNeeded: kmeans_register_count() &* kmeans_tile_registers())
}

/// The smallest and second smallest score `low[j] - x.c[j]` of every point of some tiles, and the
/// index of the smallest.
///
/// - Parameters:
///   - tiles: IN, points as `packTiles` leaves them.
///   - tileCount: the number of tiles.
///   - columns: d.
///   - groups: IN, `groupCount` groups of six centroids: for each chunk of 8 groups, for each block
///     of 64 columns, for each group of the chunk, for each column of the block the six values in
///     turn. So they are read from first to last while a block of the tile stays in the fastest
///     cache.
///   - low: IN, six values a group, no NaN; infinite for a place without a centroid.
///   - labels: OUT, the index of the best of each point of the tiles; among equal scores the
///     lowest.
///   - best, second: OUT, one score a point each; `second` equals `best` where two scores are
///     equal.
///   - sums: room for 8 x 6 scores a point of a tile.
///   - ahead, aheadBytes: memory that the caller reads next, prefetched meanwhile; any address
///     will do.
/// - Complexity: O(points x centroids x d); only the results are written.
/// - Error bound: gamma(min(d, 64) + ceil(d/64)) (|low| + |x||c|): sums of up to 64 products, of
///   which the first begins with `low`, added one after another.
/// - Reference: a plain loop in `FusedKernelTests`.
package func fusedNearest(
  _ tiles: UnsafePointer<Scalar>, _ tileCount: Int, _ columns: Int,
  _ groups: UnsafePointer<Scalar>, _ groupCount: Int, _ low: UnsafePointer<Scalar>,
  _ labels: UnsafeMutablePointer<Int32>, _ best: UnsafeMutablePointer<Scalar>,
  _ second: UnsafeMutablePointer<Scalar>, _ sums: UnsafeMutablePointer<Scalar>,
  _ ahead: UnsafeRawPointer?, _ aheadBytes: Int
) {
  let (rows, block) = (fusedTileRows(), Int(truncatingIfNeeded: kmeans_block_columns()))
  let chunk = Int(truncatingIfNeeded: kmeans_chunk_groups())
  let steps = tileCount &* groupCount &* ((columns &+ block &- 1) / block)
  var lines = prefetching(ahead, aheadBytes, steps: steps)
  for tile in 0..<tileCount {
    let (points, place) = (tiles + tile &* rows &* columns, tile &* rows)
    clear(labels + place, best + place, second + place, rows)
    var (values, firstGroup) = (groups, 0)
    while firstGroup < groupCount {
      let endGroup = firstGroup &+ chunk < groupCount ? firstGroup &+ chunk : groupCount
      var column = 0
      while column < columns {
        let end = column &+ block < columns ? column &+ block : columns
        for group in firstGroup..<endGroup {
          prefetchLines(&lines)
          let six: SixCentroids = (
            values: values, low: low + 6 &* group, number: Int32(truncatingIfNeeded: 6 &* group),
            isBegun: column > 0, isDone: end == columns,
            sums: sums + 6 &* rows &* (group &- firstGroup)
          )
          enter(
            points + rows &* column, end &- column, six, labels + place, best + place,
            second + place)
          values += 6 &* (end &- column)
        }
        column = end
      }
      firstGroup = endGroup
    }
  }
}

@inline(__always)
private func enter(
  _ points: UnsafePointer<Scalar>, _ columns: Int, _ six: SixCentroids,
  _ labels: UnsafeMutablePointer<Int32>, _ best: UnsafeMutablePointer<Scalar>,
  _ second: UnsafeMutablePointer<Scalar>
) {
  if kmeans_tile_registers() == 4 {
    fourBySix(points, columns, six, labels, best, second)
  } else {
    twoBySix(points, columns, six, labels, best, second)
  }
}

private func clear(
  _ labels: UnsafeMutablePointer<Int32>, _ best: UnsafeMutablePointer<Scalar>,
  _ second: UnsafeMutablePointer<Scalar>, _ count: Int
) {
  for place in 0..<count {
    labels[place] = 0
    best[place] = .infinity
    second[place] = .infinity
  }
}
