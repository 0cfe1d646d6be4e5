internal import KMeansKernelTypes

// The search for the nearest centroid, sixteen rows at a time, by a filter: what it leaves is
// decided by distances. What one centroid wins is not decided again.
extension PairwiseCentroids {
  /// Leaves the label of each row in `scratch.labels`, and where they are asked for its distance in
  /// `scratch.best`.
  func findFiltered(
    _ rows: Rows<Scalar>, _ filter: PairwiseFilter, _ scratch: PairwiseScratch,
    needsDistances: Bool
  ) {
    let lanes = PairwiseKernels.floatTileRows
    for first in stride(from: 0, to: rows.count, by: lanes) {
      let some = rows[first..<min(first + lanes, rows.count)]
      guard filter.turn(some, into: scratch.floats, scratch.errors) else {
        for row in first..<first + some.count { findAlone(rows, row, scratch) }
        continue
      }
      let found = findUndecided(filter, scratch)
      for lane in 0..<some.count {
        decide(rows, first + lane, lane, found, scratch, needsDistances: needsDistances)
      }
    }
  }

  /// Leaves the centroids that can still be the nearest in `scratch.undecided`.
  ///
  /// - Returns: the number of these.
  private func findUndecided(_ filter: PairwiseFilter, _ scratch: PairwiseScratch) -> Int {
    let lanes = PairwiseKernels.floatTileRows
    let limits = scratch.limits
    limits.update(repeating: .infinity, count: lanes)
    return filter.groups.withUnsafeBufferPointer { groups in
      filter.slacks.withUnsafeBufferPointer { slacks in
        distance.kernels.floatDifferenceTile(
          scratch.floats, filter.columns, groups.baseAddress!, filter.groupCount,
          slacks.baseAddress!, scratch.floatSums, limits)
        for lane in 0..<lanes { limits[lane] = filter.limit(limits[lane], scratch.errors[lane]) }
        return distance.kernels.undecidedInTile(
          scratch.floatSums, filter.count, slacks.baseAddress!, limits, scratch.undecided)
      }
    }
  }

  private func decide(
    _ rows: Rows<Scalar>, _ row: Int, _ lane: Int, _ found: Int, _ scratch: PairwiseScratch,
    needsDistances: Bool
  ) {
    let bit = UInt64(1) &<< UInt64(truncatingIfNeeded: lane)
    var (candidates, last) = (0, 0)
    for place in 0..<found where scratch.undecided[place] & bit != 0 {
      candidates += 1
      last = Int(truncatingIfNeeded: scratch.undecided[place] &>> 16)
    }
    if candidates == 1, !needsDistances {
      scratch.labels[row] = Int32(truncatingIfNeeded: last)
      return
    }
    let values = scratch.doubles(rows[row])
    var (label, least) = (0, Double.infinity)
    centroids.withRows { centroids in
      for place in 0..<found where scratch.undecided[place] & bit != 0 {
        let centroid = Int(truncatingIfNeeded: scratch.undecided[place] &>> 16)
        let distance = distance(values, centroids[centroid], centroids.columns)
        if distance < least { (label, least) = (centroid, distance) }
      }
    }
    scratch.labels[row] = Int32(truncatingIfNeeded: label)
    scratch.best[row] = least
  }
}
