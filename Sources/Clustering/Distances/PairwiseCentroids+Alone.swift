internal import KMeansKernelTypes

// Rows that are compared one by one: where distances need roots, and where two centroids are asked
// for.
extension PairwiseCentroids {
  /// Finds the nearest centroid of a row by all distances.
  func findAlone(_ rows: Rows<Scalar>, _ row: Int, _ scratch: PairwiseScratch) {
    let values = scratch.doubles(rows[row])
    var (label, least) = (0, Double.infinity)
    centroids.withRows { centroids in
      for centroid in 0..<centroids.count {
        let distance = distance(values, centroids[centroid], centroids.columns)
        if distance < least { (label, least) = (centroid, distance) }
      }
    }
    scratch.labels[row] = Int32(truncatingIfNeeded: label)
    scratch.best[row] = least
  }

  /// Finds the two nearest centroids of a row.
  func findTwo(
    _ rows: Rows<Scalar>, _ row: Int, _ scratch: PairwiseScratch, _ result: Assignment
  ) {
    let values = scratch.doubles(rows[row])
    var first = (label: 0, distance: Double.infinity)
    var second = (label: -1, distance: Double.infinity)
    centroids.withRows { centroids in
      for centroid in 0..<centroids.count {
        let distance = distance(values, centroids[centroid], centroids.columns)
        if distance < first.distance {
          if centroid > 0 { second = first }
          first = (centroid, distance)
        } else if distance < second.distance {
          second = (centroid, distance)
        }
      }
    }
    scratch.labels[row] = Int32(truncatingIfNeeded: first.label)
    scratch.best[row] = first.distance
    result.secondLabels?[row] = Int32(truncatingIfNeeded: second.label)
    result.secondDistances?[row] = second.distance
  }

  /// Finds the nearest centroids of the rows of a tile by sums of powers: those whose sum is
  /// certainly larger than the smallest are ruled out, the distances of the others decide.
  func findByPowers(
    _ rows: Rows<Scalar>, _ first: Int, _ exponent: Int, _ scratch: PairwiseScratch
  ) {
    let lanes = PairwiseKernels.tileRows
    let (best, nearest) = (scratch.best + first, scratch.nearest + first)
    best.update(repeating: .infinity, count: lanes)
    nearest.update(repeating: 0, count: lanes)
    tiles.values.withUnsafeBufferPointer {
      distance.kernels.powerTile(
        scratch.tiles + first * tiles.columns, tiles.columns, $0.baseAddress!, tiles.groupCount,
        exponent, scratch.sums)
    }
    distance.kernels.nearestInTile(scratch.sums, tiles.count, 0, best, nearest)
    for lane in 0..<min(lanes, rows.count - first) {
      let least = best[lane]
      guard MinkowskiDistance.keepsDigits(least) else {
        findAlone(rows, first + lane, scratch)
        continue
      }
      decide(rows, first + lane, lane, least * MinkowskiDistance.certainlyMore, scratch)
    }
  }

  /// Decides among the centroids of which the sum is at most a limit.
  private func decide(
    _ rows: Rows<Scalar>, _ row: Int, _ lane: Int, _ limit: Double, _ scratch: PairwiseScratch
  ) {
    let lanes = PairwiseKernels.tileRows
    let values = scratch.doubles(rows[row])
    var (label, least) = (0, Double.infinity)
    centroids.withRows { centroids in
      for centroid in 0..<centroids.count
      where scratch.sums[centroid &* lanes &+ lane] <= limit {
        let distance = distance(values, centroids[centroid], centroids.columns)
        if distance < least { (label, least) = (centroid, distance) }
      }
    }
    scratch.labels[row] = Int32(truncatingIfNeeded: label)
    scratch.best[row] = least
  }
}
