internal import KMeansKernelTypes

// The order in which rows are assigned, and whether that is worthwhile at all.
extension LloydCache {
  /// Whether the filter rules out enough of what some tiles at equal distances are compared with.
  func isWorthwhile(_ nearest: NearestCentroids<Scalar>) -> Bool {
    nearest.withFilterStep { step in
      let scratch = FilterScratch<Scalar>(
        columns: step.centroids.columns, groupCount: step.quantized.groupCount)
      let cursor = TileCursor(self, step: step, scratch: scratch)
      let tried = min(tiles, Self.triedTiles)
      var (rows, candidates) = (0, 0)
      for place in 0..<tried {
        let tile = place * tiles / tried
        let count = count(tile)
        let here = cursor.rows(tile)
        step.quantize(here, scratch, points: scratch.points, quantization: scratch.quantization)
        let found = step.assignUnknown(
          here, scratch, count: count, points: scratch.points, quantization: scratch.quantization)
        rows += count
        candidates += found.distances + count
      }
      return candidates <= nearest.mostCandidates * rows
    }
  }

  /// The number of tiles that are tried: about a hundredth of the points of a fit that takes long.
  private static var triedTiles: Int { 64 }

  /// The share of the centroids that bounds would keep alive for some points at equal distances, if
  /// centroids moved again as far as they just did.
  ///
  /// - Complexity: O(32 k d).
  func aliveShare(
    _ nearest: NearestCentroids<Scalar>, _ labels: UnsafePointer<Int32>
  ) -> Double {
    guard let before else { return 1 }
    let (k, columns, distance) = (
      nearest.centroids.rows, nearest.centroids.columns, nearest.kernels.directDistance
    )
    let sampled = min(points.count, Self.sampledRows)
    let memory = rows.makeMemory(rows: 1)
    var alive = 0
    nearest.centroids.withRows { centroids in
      let moves = before.withRows { before in
        (0..<k).map { distance(centroids[$0], before[$0], columns).squareRoot() }
      }
      for place in 0..<sampled {
        let row = place * points.count / sampled
        let values = rows.row(row, memory)
        let own = Int(labels[row])
        let reach = distance(values, centroids[own], columns).squareRoot() + moves[own]
        for centroid in 0..<k {
          let least = distance(values, centroids[centroid], columns).squareRoot()
          if least - moves[centroid] <= reach { alive += 1 }
        }
      }
    }
    return Double(alive) / Double(max(1, sampled * k))
  }

  private static var sampledRows: Int { 32 }

  /// Groups near centroids, takes the points in the order of their labels from now on, and forgets
  /// all bounds.
  package func sort(_ nearest: inout NearestCentroids<Scalar>, _ labels: UnsafePointer<Int32>) {
    let k = nearest.centroids.rows
    let grouped = nearest.centroids.withRows {
      CentroidGrouping.order($0, nearest.kernels.directDistance)
    }
    nearest.group(by: grouped)
    let byLabel = GroupedRows(labels, count: points.count, clusters: k)
    var place = order
    for label in grouped {
      let rows = byLabel.rows[byLabel[Int(label)]]
      rows.withUnsafeBufferPointer { rows in
        guard let base = rows.baseAddress else { return }
        place.update(from: base, count: rows.count)
      }
      place += rows.count
    }
    (isQuantized, isSorted) = (false, true)
    let groups = nearest.filter!.quantized.filledGroups
    bounds?.reset()
    if bounds == nil,
      GroupBounds<Scalar>.bytes(tiles: tiles, groups: groups) <= boundBytes
    {
      bounds = GroupBounds(tiles: tiles, groups: groups)
    }
    plan.noteSort()
  }
}

/// The plan of when rows are sorted by label, after which bounds begin to pay.
///
/// In the first iterations centroids move so far that no bound would survive; sorting and one full
/// pass cost about two passes. So rows are sorted once bounds would rule out most of what a few
/// points are compared with, if centroids moved again as far as they just did; and once more when
/// far fewer rows move and many groups are still alive.
struct SortingPlan {
  /// The share of the rows that moved when they were sorted last.
  private var movedAtSort: Double?
  private var moved = 1.0
  private var alive = 1.0

  mutating func note(_ counts: AssignmentCounts, clusters: Int) {
    moved = Double(counts.moved) / Double(max(1, counts.rows))
    alive = Double(counts.compared) / Double(max(1, counts.rows * clusters))
  }

  /// Whether to sort now.
  ///
  /// - Parameter sampled: the share of the centroids that would stay alive for a few points; asked
  ///   for only where it matters.
  func sortsNow(sampled: () -> Double) -> Bool {
    guard let movedAtSort else { return sampled() < 0.15 }
    return moved < movedAtSort / 5 && alive > 0.4
  }

  mutating func noteSort() { movedAtSort = moved }
}
