internal import KMeansKernelTypes

// The order in which rows are visited, and whether that is worthwhile at all.
extension RowMemory {
  /// Whether the filter rules out enough of what some vectors at equal distances are compared with.
  func isWorthwhile(_ nearest: NearestCentroids<Scalar>) -> Bool {
    nearest.withFilterStep { step in
      let scratch = FilterScratch<Scalar>(
        columns: step.centroids.columns, groupCount: step.quantized.groupCount)
      let visit = VectorVisit(self, step: step, scratch: scratch)
      let tried = min(vectors, Self.triedVectors)
      var (rows, candidates) = (0, 0)
      for place in 0..<tried {
        let vector = place * vectors / tried
        let count = count(vector)
        let here = visit.rows(vector)
        step.quantize(here, scratch, points: scratch.points, facts: scratch.facts)
        let found = step.assignUnknown(
          here, scratch, count: count, points: scratch.points, facts: scratch.facts)
        rows += count
        candidates += found.distances + count
      }
      return candidates <= nearest.mostCandidates * rows
    }
  }

  /// How many vectors are tried: about a hundredth of the points of a fit that takes long.
  private static var triedVectors: Int { 64 }

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

  /// Groups near centroids, visits the points in the order of their labels from now on, and forgets
  /// all bounds.
  package func sort(_ nearest: inout NearestCentroids<Scalar>, _ labels: UnsafePointer<Int32>) {
    let k = nearest.centroids.rows
    let grouped = nearest.centroids.withRows {
      CentroidGrouping.order($0, nearest.kernels.directDistance)
    }
    nearest.group(by: grouped)
    let byLabel = RowsByLabel(labels, count: points.count, clusters: k)
    var place = order
    for label in grouped {
      let rows = byLabel.rows[byLabel.starts[Int(label)]..<byLabel.starts[Int(label) + 1]]
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
      CarriedBounds<Scalar>.bytes(vectors: vectors, groups: groups) <= boundBytes
    {
      bounds = CarriedBounds(vectors: vectors, groups: groups)
    }
    plan.noteSort()
  }
}
