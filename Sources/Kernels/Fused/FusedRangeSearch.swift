// Products and a comparison in one: which points may be within their radius of a centroid.
private import KMeansCLanes

/// The points of a tile whose score `low[j] - x.c[j]` is not above their threshold, for each
/// centroid.
///
/// - Parameters:
///   - tile: IN, points as `packTiles` leaves them.
///   - columns: d.
///   - groups, low: IN, as for `fusedNearest`; `groupCount` groups.
///   - thresholds: IN, one a point of the tile. Infinity finds all centroids, whatever their scores
///     are; nothing else finds a place without a centroid.
///   - masks: OUT, for each of the 6 `groupCount` centroids one bit a point, the lowest for the
///     first.
///   - sums: room for 8 x 6 scores a point of a tile.
/// - Complexity: O(centroids x d) for each point; only the masks are written.
/// - Error bound: that of `fusedNearest`.
/// - Reference: a plain loop in `FusedKernelTests`.
package func fusedRangeSearch(
  _ tile: UnsafePointer<Scalar>, _ columns: Int, _ groups: UnsafePointer<Scalar>,
  _ groupCount: Int, _ low: UnsafePointer<Scalar>, _ thresholds: UnsafePointer<Scalar>,
  _ masks: UnsafeMutablePointer<UInt64>, _ sums: UnsafeMutablePointer<Scalar>
) {
  let (rows, block) = (fusedTileRows(), Int(truncatingIfNeeded: kmeans_block_columns()))
  let chunk = Int(truncatingIfNeeded: kmeans_chunk_groups())
  var (values, firstGroup) = (groups, 0)
  while firstGroup < groupCount {
    let endGroup = firstGroup &+ chunk < groupCount ? firstGroup &+ chunk : groupCount
    var column = 0
    while column < columns {
      let end = column &+ block < columns ? column &+ block : columns
      for group in firstGroup..<endGroup {
        let six: SixCentroids = (
          values: values, low: low + 6 &* group, number: 0, isBegun: column > 0,
          isDone: end == columns, sums: sums + 6 &* rows &* (group &- firstGroup)
        )
        compare(tile + rows &* column, end &- column, six, thresholds, masks + 6 &* group)
        values += 6 &* (end &- column)
      }
      column = end
    }
    firstGroup = endGroup
  }
}

@inline(__always)
private func compare(
  _ points: UnsafePointer<Scalar>, _ columns: Int, _ six: SixCentroids,
  _ thresholds: UnsafePointer<Scalar>, _ masks: UnsafeMutablePointer<UInt64>
) {
  let lanes = Int(truncatingIfNeeded: kmeans_register_count())
  if six.isDone { for place in 0..<6 { masks[place] = 0 } }
  if kmeans_tile_registers() == 4 {
    let start = start(six)
    var (s0, s1, s2, s3) = (start, start, start, start)
    subtractProducts(&s0, &s1, &s2, &s3, points, six.values, columns)
    finish(&s0, six, six.sums, thresholds, 0, masks)
    finish(&s1, six, six.sums + 6 &* lanes, thresholds, lanes, masks)
    finish(&s2, six, six.sums + 12 &* lanes, thresholds, 2 &* lanes, masks)
    finish(&s3, six, six.sums + 18 &* lanes, thresholds, 3 &* lanes, masks)
  } else {
    let start = start(six)
    var (s0, s1) = (start, start)
    subtractProducts(&s0, &s1, points, six.values, columns)
    finish(&s0, six, six.sums, thresholds, 0, masks)
    finish(&s1, six, six.sums + 6 &* lanes, thresholds, lanes, masks)
  }
}

/// Compares the scores of one register of points, or keeps their sums where columns follow.
@inline(__always)
private func finish(
  _ scores: inout SixRegisters, _ six: SixCentroids, _ sums: UnsafeMutablePointer<Scalar>,
  _ thresholds: UnsafePointer<Scalar>, _ first: Int, _ masks: UnsafeMutablePointer<UInt64>
) {
  if six.isBegun { add(sums, to: &scores) }
  guard six.isDone else { return store(scores, sums) }
  let limit = loadRegister(thresholds + first)
  let place = UInt64(truncatingIfNeeded: first)
  masks[0] |= bits(scores.0, limit) &<< place
  masks[1] |= bits(scores.1, limit) &<< place
  masks[2] |= bits(scores.2, limit) &<< place
  masks[3] |= bits(scores.3, limit) &<< place
  masks[4] |= bits(scores.4, limit) &<< place
  masks[5] |= bits(scores.5, limit) &<< place
}

@inline(__always)
private func bits(_ score: kmeans_register, _ limit: kmeans_register) -> UInt64 {
  UInt64(truncatingIfNeeded: kmeans_bits_not_above_register(score, limit))
}
