// Products and argmin in one: scores of points against centroids that never leave the registers.
private import KMeansCLanes

/// How many points a tile has: lanes times registers.
package func fusedTileRowsDouble() -> Int {
  Int(truncatingIfNeeded: kmeans_doubles_count() &* kmeans_tile_registers())
}

/// The best of every point for doubles; the contract of `fusedNearestFloat`.
package func fusedNearestDouble(
  _ tiles: UnsafePointer<Double>, _ tileCount: Int, _ columns: Int,
  _ groups: UnsafePointer<Double>, _ groupCount: Int, _ low: UnsafePointer<Double>,
  _ labels: UnsafeMutablePointer<Int32>, _ best: UnsafeMutablePointer<Double>,
  _ second: UnsafeMutablePointer<Double>, _ sums: UnsafeMutablePointer<Double>,
  _ ahead: UnsafeRawPointer?, _ aheadBytes: Int
) {
  let (rows, block) = (fusedTileRowsDouble(), Int(truncatingIfNeeded: kmeans_block_columns()))
  let chunk = Int(truncatingIfNeeded: kmeans_chunk_groups())
  let steps = tileCount &* groupCount &* ((columns &+ block &- 1) / block)
  var lines = fetching(ahead, aheadBytes, steps: steps)
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
          fetchLines(&lines)
          let six: SixCentroidsDouble = (
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
  _ points: UnsafePointer<Double>, _ columns: Int, _ six: SixCentroidsDouble,
  _ labels: UnsafeMutablePointer<Int32>, _ best: UnsafeMutablePointer<Double>,
  _ second: UnsafeMutablePointer<Double>
) {
  if kmeans_tile_registers() == 4 {
    fourBySix(points, columns, six, labels, best, second)
  } else {
    twoBySix(points, columns, six, labels, best, second)
  }
}

private func clear(
  _ labels: UnsafeMutablePointer<Int32>, _ best: UnsafeMutablePointer<Double>,
  _ second: UnsafeMutablePointer<Double>, _ count: Int
) {
  for place in 0..<count {
    labels[place] = 0
    best[place] = .infinity
    second[place] = .infinity
  }
}
