// Products and argmin in one: scores of points against centroids that never leave the registers.
private import KMeansCLanes

/// How many points a tile has: lanes times registers.
package func fusedTileRowsFloat() -> Int {
  Int(truncatingIfNeeded: kmeans_floats_count() &* kmeans_tile_registers())
}

/// For every point of some tiles the smallest and second smallest score `low[j] - x.c[j]` and the index
/// of the smallest.
///
/// - Parameters:
///   - tiles: IN, points as `packTilesFloat` leaves them.
///   - tileCount: how many tiles.
///   - columns: d.
///   - groups: IN, `groupCount` groups of six centroids: for each of the columns the six values in turn.
///   - low: IN, six values a group, no NaN; infinite for what stands for no centroid.
///   - labels: OUT, the index of the best of each point of the tiles; among equal scores the lowest.
///   - best, second: OUT, one score a point each; `second` equals `best` where two scores are equal.
/// - Complexity: O(points x centroids x d); nothing is written but the results.
/// - Error bound: gamma(d + 1) (|low| + |x||c|), as for any sum of d products that begins with `low`.
/// - Reference: a plain loop in `FusedKernelTests`.
package func fusedNearestFloat(
  _ tiles: UnsafePointer<Float>, _ tileCount: Int, _ columns: Int,
  _ groups: UnsafePointer<Float>, _ groupCount: Int, _ low: UnsafePointer<Float>,
  _ labels: UnsafeMutablePointer<Int32>, _ best: UnsafeMutablePointer<Float>,
  _ second: UnsafeMutablePointer<Float>
) {
  let rows = fusedTileRowsFloat()
  for tile in 0..<tileCount {
    let (first, place) = (tiles + tile &* rows &* columns, tile &* rows)
    clear(labels + place, best + place, second + place, rows)
    for group in 0..<groupCount {
      let number = 6 &* group
      if kmeans_tile_registers() == 4 {
        fourBySix(
          first, columns, groups + number &* columns, low + number,
          Int32(truncatingIfNeeded: number), labels + place, best + place, second + place)
      } else {
        twoBySix(
          first, columns, groups + number &* columns, low + number,
          Int32(truncatingIfNeeded: number), labels + place, best + place, second + place)
      }
    }
  }
}

/// The scores of one register of points with six centroids.
private typealias Six = (
  kmeans_floats, kmeans_floats, kmeans_floats, kmeans_floats, kmeans_floats, kmeans_floats
)

private func clear(
  _ labels: UnsafeMutablePointer<Int32>, _ best: UnsafeMutablePointer<Float>,
  _ second: UnsafeMutablePointer<Float>, _ count: Int
) {
  for place in 0..<count {
    labels[place] = 0
    best[place] = .infinity
    second[place] = .infinity
  }
}

@inline(__always)
private func load(_ place: UnsafePointer<Float>) -> kmeans_floats {
  UnsafeRawPointer(place).loadUnaligned(as: kmeans_floats.self)
}

@inline(__always)
private func start(_ low: UnsafePointer<Float>) -> Six {
  (
    kmeans_floats(repeating: low[0]), kmeans_floats(repeating: low[1]),
    kmeans_floats(repeating: low[2]), kmeans_floats(repeating: low[3]),
    kmeans_floats(repeating: low[4]), kmeans_floats(repeating: low[5])
  )
}

@inline(__always)
private func all(_ value: UnsafePointer<Float>) -> kmeans_floats {
  kmeans_floats(repeating: value.pointee)
}

@inline(__always)
private func fourBySix(
  _ tile: UnsafePointer<Float>, _ columns: Int, _ group: UnsafePointer<Float>,
  _ low: UnsafePointer<Float>, _ number: Int32, _ labels: UnsafeMutablePointer<Int32>,
  _ best: UnsafeMutablePointer<Float>, _ second: UnsafeMutablePointer<Float>
) {
  let lanes = Int(truncatingIfNeeded: kmeans_floats_count())
  var (s0, s1, s2, s3) = (start(low), start(low), start(low), start(low))
  var (x, c) = (tile, group)
  for _ in 0..<columns {
    let (x0, x1) = (load(x), load(x + lanes))
    let (x2, x3) = (load(x + 2 &* lanes), load(x + 3 &* lanes))
    let c0 = all(c + 0)
    s0.0 = kmeans_minus_product_fs(s0.0, x0, c0)
    s1.0 = kmeans_minus_product_fs(s1.0, x1, c0)
    s2.0 = kmeans_minus_product_fs(s2.0, x2, c0)
    s3.0 = kmeans_minus_product_fs(s3.0, x3, c0)
    let c1 = all(c + 1)
    s0.1 = kmeans_minus_product_fs(s0.1, x0, c1)
    s1.1 = kmeans_minus_product_fs(s1.1, x1, c1)
    s2.1 = kmeans_minus_product_fs(s2.1, x2, c1)
    s3.1 = kmeans_minus_product_fs(s3.1, x3, c1)
    let c2 = all(c + 2)
    s0.2 = kmeans_minus_product_fs(s0.2, x0, c2)
    s1.2 = kmeans_minus_product_fs(s1.2, x1, c2)
    s2.2 = kmeans_minus_product_fs(s2.2, x2, c2)
    s3.2 = kmeans_minus_product_fs(s3.2, x3, c2)
    let c3 = all(c + 3)
    s0.3 = kmeans_minus_product_fs(s0.3, x0, c3)
    s1.3 = kmeans_minus_product_fs(s1.3, x1, c3)
    s2.3 = kmeans_minus_product_fs(s2.3, x2, c3)
    s3.3 = kmeans_minus_product_fs(s3.3, x3, c3)
    let c4 = all(c + 4)
    s0.4 = kmeans_minus_product_fs(s0.4, x0, c4)
    s1.4 = kmeans_minus_product_fs(s1.4, x1, c4)
    s2.4 = kmeans_minus_product_fs(s2.4, x2, c4)
    s3.4 = kmeans_minus_product_fs(s3.4, x3, c4)
    let c5 = all(c + 5)
    s0.5 = kmeans_minus_product_fs(s0.5, x0, c5)
    s1.5 = kmeans_minus_product_fs(s1.5, x1, c5)
    s2.5 = kmeans_minus_product_fs(s2.5, x2, c5)
    s3.5 = kmeans_minus_product_fs(s3.5, x3, c5)
    x += 4 &* lanes
    c += 6
  }
  keep(s0, number, labels, best, second)
  keep(s1, number, labels + lanes, best + lanes, second + lanes)
  keep(s2, number, labels + 2 &* lanes, best + 2 &* lanes, second + 2 &* lanes)
  keep(s3, number, labels + 3 &* lanes, best + 3 &* lanes, second + 3 &* lanes)
}

@inline(__always)
private func twoBySix(
  _ tile: UnsafePointer<Float>, _ columns: Int, _ group: UnsafePointer<Float>,
  _ low: UnsafePointer<Float>, _ number: Int32, _ labels: UnsafeMutablePointer<Int32>,
  _ best: UnsafeMutablePointer<Float>, _ second: UnsafeMutablePointer<Float>
) {
  let lanes = Int(truncatingIfNeeded: kmeans_floats_count())
  var (s0, s1) = (start(low), start(low))
  var (x, c) = (tile, group)
  for _ in 0..<columns {
    let (x0, x1) = (load(x), load(x + lanes))
    let c0 = all(c + 0)
    s0.0 = kmeans_minus_product_fs(s0.0, x0, c0)
    s1.0 = kmeans_minus_product_fs(s1.0, x1, c0)
    let c1 = all(c + 1)
    s0.1 = kmeans_minus_product_fs(s0.1, x0, c1)
    s1.1 = kmeans_minus_product_fs(s1.1, x1, c1)
    let c2 = all(c + 2)
    s0.2 = kmeans_minus_product_fs(s0.2, x0, c2)
    s1.2 = kmeans_minus_product_fs(s1.2, x1, c2)
    let c3 = all(c + 3)
    s0.3 = kmeans_minus_product_fs(s0.3, x0, c3)
    s1.3 = kmeans_minus_product_fs(s1.3, x1, c3)
    let c4 = all(c + 4)
    s0.4 = kmeans_minus_product_fs(s0.4, x0, c4)
    s1.4 = kmeans_minus_product_fs(s1.4, x1, c4)
    let c5 = all(c + 5)
    s0.5 = kmeans_minus_product_fs(s0.5, x0, c5)
    s1.5 = kmeans_minus_product_fs(s1.5, x1, c5)
    x += 2 &* lanes
    c += 6
  }
  keep(s0, number, labels, best, second)
  keep(s1, number, labels + lanes, best + lanes, second + lanes)
}

/// Enters six scores of a register of points.
@inline(__always)
private func keep(
  _ scores: Six, _ number: Int32, _ labels: UnsafeMutablePointer<Int32>,
  _ best: UnsafeMutablePointer<Float>, _ second: UnsafeMutablePointer<Float>
) {
  var least = load(best)
  var runner = load(second)
  var index = UnsafeRawPointer(labels).loadUnaligned(as: kmeans_int32s.self)
  enter(scores.0, number, &least, &runner, &index)
  enter(scores.1, number &+ 1, &least, &runner, &index)
  enter(scores.2, number &+ 2, &least, &runner, &index)
  enter(scores.3, number &+ 3, &least, &runner, &index)
  enter(scores.4, number &+ 4, &least, &runner, &index)
  enter(scores.5, number &+ 5, &least, &runner, &index)
  UnsafeMutableRawPointer(best).storeBytes(of: least, as: kmeans_floats.self)
  UnsafeMutableRawPointer(second).storeBytes(of: runner, as: kmeans_floats.self)
  UnsafeMutableRawPointer(labels).storeBytes(of: index, as: kmeans_int32s.self)
}

@inline(__always)
private func enter(
  _ score: kmeans_floats, _ number: Int32, _ least: inout kmeans_floats,
  _ runner: inout kmeans_floats, _ index: inout kmeans_int32s
) {
  index = kmeans_select_fs(
    kmeans_less_fs(score, least), kmeans_int32s(repeating: number), index)
  runner = kmeans_min_fs(runner, kmeans_max_fs(score, least))
  least = kmeans_min_fs(score, least)
}
