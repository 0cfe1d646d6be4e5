// Products and the search for the two smallest in one: scores that never leave the registers.
private import KMeansCLanes

/// The three smallest scores `low[j] - x.c[j]` of every point of some tiles, and the indices of the
/// first two.
///
/// - Parameters:
///   - tiles, tileCount, columns, groups, groupCount, low, sums: IN, as for `fusedNearest`.
///   - labels, secondLabels: OUT, the indices of the smallest score of each point and of the next
///     one; among equal scores the lowest comes first. 0 for a second that is infinite.
///   - best, second, third: OUT, one score a point each; infinite where there are fewer centroids.
/// - Complexity: O(points x centroids x d); only the results are written.
/// - Error bound: that of `fusedNearest`.
/// - Reference: a plain loop in `FusedPairKernelTests`.
package func fusedNearestPair(
  _ tiles: UnsafePointer<Scalar>, _ tileCount: Int, _ columns: Int,
  _ groups: UnsafePointer<Scalar>, _ groupCount: Int, _ low: UnsafePointer<Scalar>,
  _ labels: UnsafeMutablePointer<Int32>, _ secondLabels: UnsafeMutablePointer<Int32>,
  _ best: UnsafeMutablePointer<Scalar>, _ second: UnsafeMutablePointer<Scalar>,
  _ third: UnsafeMutablePointer<Scalar>, _ sums: UnsafeMutablePointer<Scalar>
) {
  let (rows, block) = (fusedTileRows(), Int(truncatingIfNeeded: kmeans_block_columns()))
  let chunk = Int(truncatingIfNeeded: kmeans_chunk_groups())
  for tile in 0..<tileCount {
    let (points, place) = (tiles + tile &* rows &* columns, tile &* rows)
    let found: PairPlaces = (
      labels + place, secondLabels + place, best + place, second + place, third + place
    )
    clear(found, rows)
    var (values, firstGroup) = (groups, 0)
    while firstGroup < groupCount {
      let endGroup = firstGroup &+ chunk < groupCount ? firstGroup &+ chunk : groupCount
      var column = 0
      while column < columns {
        let end = column &+ block < columns ? column &+ block : columns
        for group in firstGroup..<endGroup {
          let six: SixCentroids = (
            values: values, low: low + 6 &* group, number: Int32(truncatingIfNeeded: 6 &* group),
            isBegun: column > 0, isDone: end == columns,
            sums: sums + 6 &* rows &* (group &- firstGroup)
          )
          enter(points + rows &* column, end &- column, six, found)
          values += 6 &* (end &- column)
        }
        column = end
      }
      firstGroup = endGroup
    }
  }
}

/// The places of what is found for the points of a tile.
private typealias PairPlaces = (
  labels: UnsafeMutablePointer<Int32>, secondLabels: UnsafeMutablePointer<Int32>,
  best: UnsafeMutablePointer<Scalar>, second: UnsafeMutablePointer<Scalar>,
  third: UnsafeMutablePointer<Scalar>
)

/// The same for one register of points.
private typealias PairRegisters = (
  label: kmeans_register_indices, secondLabel: kmeans_register_indices, best: kmeans_register,
  second: kmeans_register, third: kmeans_register
)

private func clear(_ found: PairPlaces, _ count: Int) {
  for place in 0..<count {
    found.labels[place] = 0
    found.secondLabels[place] = 0
    found.best[place] = .infinity
    found.second[place] = .infinity
    found.third[place] = .infinity
  }
}

/// Enters the scores of a tile with six centroids, or keeps their sums where columns follow.
@inline(__always)
private func enter(
  _ points: UnsafePointer<Scalar>, _ columns: Int, _ six: SixCentroids, _ found: PairPlaces
) {
  let lanes = Int(truncatingIfNeeded: kmeans_register_count())
  let start = start(six)
  if kmeans_tile_registers() == 4 {
    var (s0, s1, s2, s3) = (start, start, start, start)
    subtractProducts(&s0, &s1, &s2, &s3, points, six.values, columns)
    finish(&s0, six, six.sums, found, 0)
    finish(&s1, six, six.sums + 6 &* lanes, found, lanes)
    finish(&s2, six, six.sums + 12 &* lanes, found, 2 &* lanes)
    finish(&s3, six, six.sums + 18 &* lanes, found, 3 &* lanes)
  } else {
    var (s0, s1) = (start, start)
    subtractProducts(&s0, &s1, points, six.values, columns)
    finish(&s0, six, six.sums, found, 0)
    finish(&s1, six, six.sums + 6 &* lanes, found, lanes)
  }
}

@inline(__always)
private func finish(
  _ scores: inout SixRegisters, _ six: SixCentroids, _ sums: UnsafeMutablePointer<Scalar>,
  _ found: PairPlaces, _ first: Int
) {
  if six.isBegun { add(sums, to: &scores) }
  guard six.isDone else { return store(scores, sums) }
  var pair: PairRegisters = (
    label: loadLabels(found.labels + first), secondLabel: loadLabels(found.secondLabels + first),
    best: loadRegister(found.best + first), second: loadRegister(found.second + first),
    third: loadRegister(found.third + first)
  )
  keep(scores.0, six.number, &pair)
  keep(scores.1, six.number &+ 1, &pair)
  keep(scores.2, six.number &+ 2, &pair)
  keep(scores.3, six.number &+ 3, &pair)
  keep(scores.4, six.number &+ 4, &pair)
  keep(scores.5, six.number &+ 5, &pair)
  store(pair.label, found.labels + first)
  store(pair.secondLabel, found.secondLabels + first)
  store(pair.best, found.best + first)
  store(pair.second, found.second + first)
  store(pair.third, found.third + first)
}

@inline(__always)
private func keep(_ score: kmeans_register, _ number: Int32, _ pair: inout PairRegisters) {
  let here = kmeans_register_indices(repeating: kmeans_index(number))
  let isBest = kmeans_less_register(score, pair.best)
  let isNext = kmeans_less_register(score, pair.second)
  pair.secondLabel = kmeans_select_register(
    isBest, pair.label, kmeans_select_register(isNext, here, pair.secondLabel))
  pair.label = kmeans_select_register(isBest, here, pair.label)
  pair.third = kmeans_min_register(pair.third, kmeans_max_register(score, pair.second))
  pair.second = kmeans_min_register(pair.second, kmeans_max_register(score, pair.best))
  pair.best = kmeans_min_register(score, pair.best)
}

@inline(__always)
private func loadLabels(_ place: UnsafePointer<Int32>) -> kmeans_register_indices {
  kmeans_widen_labels(UnsafeRawPointer(place).loadUnaligned(as: kmeans_register_labels.self))
}

@inline(__always)
private func store(_ labels: kmeans_register_indices, _ place: UnsafeMutablePointer<Int32>) {
  UnsafeMutableRawPointer(place).storeBytes(
    of: kmeans_narrow_labels(labels), as: kmeans_register_labels.self)
}
