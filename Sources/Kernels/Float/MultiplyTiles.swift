// Products of few rows with many that do not change, and are packed once: those of a sketch.
private import KMeansCLanes

/// The products of some rows with rows in tiles.
///
/// - Parameters:
///   - tiles: IN, rows as `packTiles` leaves them.
///   - tileCount: the number of tiles.
///   - columns: d.
///   - groups: IN, `count` rows in groups of six, all values negated, in the layout of the
///     centroids of `fusedNearest`.
///   - products: OUT, for each of the `count` rows one product with each row of the tiles, `stride`
///     apart.
///   - sums: room for 8 x 6 products a row of a tile.
/// - Complexity: O(tiles x groups x d).
/// - Error bound: gamma(min(d, 64) + ceil(d/64)) |x||y|.
/// - Reference: a plain loop in `SketchKernelTests`.
package func multiplyTiles(
  _ tiles: UnsafePointer<Float>, _ tileCount: Int, _ columns: Int,
  _ groups: UnsafePointer<Float>, _ count: Int, _ products: UnsafeMutablePointer<Float>,
  _ stride: Int, _ sums: UnsafeMutablePointer<Float>
) {
  let (rows, block) = (fusedTileRows(), Int(truncatingIfNeeded: kmeans_block_columns()))
  let chunk = Int(truncatingIfNeeded: kmeans_chunk_groups())
  let groupCount = (count &+ 5) / 6
  let zeros = UnsafeRawPointer(kmeans_zeros().unsafelyUnwrapped)
    .assumingMemoryBound(to: Float.self)
  for tile in 0..<tileCount {
    var (values, firstGroup) = (groups, 0)
    while firstGroup < groupCount {
      let endGroup = firstGroup &+ chunk < groupCount ? firstGroup &+ chunk : groupCount
      var column = 0
      while column < columns {
        let end = column &+ block < columns ? column &+ block : columns
        for group in firstGroup..<endGroup {
          let six: SixCentroids = (
            values: values, low: zeros, number: 0, isBegun: column > 0, isDone: end == columns,
            sums: sums + 6 &* rows &* (group &- firstGroup)
          )
          let target = products + tile &* rows + 6 &* group &* stride
          multiply(
            tiles + tile &* rows &* columns + rows &* column, end &- column, six, target, stride,
            count &- 6 &* group)
          values += 6 &* (end &- column)
        }
        column = end
      }
      firstGroup = endGroup
    }
  }
}

@inline(__always)
private func multiply(
  _ points: UnsafePointer<Float>, _ columns: Int, _ six: SixCentroids,
  _ products: UnsafeMutablePointer<Float>, _ stride: Int, _ count: Int
) {
  let lanes = Int(truncatingIfNeeded: kmeans_register_count())
  if kmeans_tile_registers() == 4 {
    let start = start(six)
    var (s0, s1, s2, s3) = (start, start, start, start)
    subtractProducts(&s0, &s1, &s2, &s3, points, six.values, columns)
    finish(&s0, six, six.sums, products, stride, count)
    finish(&s1, six, six.sums + 6 &* lanes, products + lanes, stride, count)
    finish(&s2, six, six.sums + 12 &* lanes, products + 2 &* lanes, stride, count)
    finish(&s3, six, six.sums + 18 &* lanes, products + 3 &* lanes, stride, count)
  } else {
    let start = start(six)
    var (s0, s1) = (start, start)
    subtractProducts(&s0, &s1, points, six.values, columns)
    finish(&s0, six, six.sums, products, stride, count)
    finish(&s1, six, six.sums + 6 &* lanes, products + lanes, stride, count)
  }
}

/// Writes the sums over a block of columns to their places.
@inline(__always)
private func finish(
  _ block: inout SixRegisters, _ six: SixCentroids, _ sums: UnsafeMutablePointer<Float>,
  _ products: UnsafeMutablePointer<Float>, _ stride: Int, _ count: Int
) {
  if six.isBegun { add(sums, to: &block) }
  guard six.isDone else { return store(block, sums) }
  store(block.0, products)
  if count > 1 { store(block.1, products + stride) }
  if count > 2 { store(block.2, products + 2 &* stride) }
  if count > 3 { store(block.3, products + 3 &* stride) }
  if count > 4 { store(block.4, products + 4 &* stride) }
  if count > 5 { store(block.5, products + 5 &* stride) }
}
