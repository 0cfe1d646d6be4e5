internal import KMeansKernelTypes

// Range search: all pairs of a row and a centroid that are nearer than the row's radius.
extension NearestCentroids {
  /// Calls a closure with every pair of a row of a block and a centroid that is nearer than the
  /// row's radius, by `directDistance`, row after row.
  ///
  /// One GEMM gives the scores of all pairs. With the names of ``ScoreErrorBound``, a centroid that
  /// `directDistance` finds nearer than D has S < (D - |x'|^2)/2, up to the errors that p and q
  /// hold, and so the score V <= (D - |x'|^2)/2 + p. |x'|^2 is at least the packed norm less its
  /// error.
  ///
  /// Of centroids with the same values the first one alone is found.
  ///
  /// If the strategy is `filtered`, bytes rule out instead; see `findThresholds`.
  ///
  /// - Precondition: the strategy is `filtered`, or `blas`, which has the scores of all pairs in
  ///   memory.
  /// - Parameters:
  ///   - squaredRadii: one for each row of the block.
  ///   - found: gets the row within the block, the centroid, and the squared distance.
  /// - Complexity: O(rows k d).
  package func rangeSearch(
    _ rows: Rows<Scalar>, squaredRadii: UnsafePointer<Double>, scratch: AssignmentScratch<Scalar>,
    _ found: (_ row: Int, _ cluster: Int, _ squaredDistance: Double) -> Void
  ) {
    if strategy == .filtered {
      _ = filteredRangeSearch(rows, squaredRadii: squaredRadii, scratch: scratch, found)
      return
    }
    precondition(strategy == .blas)
    multiply(rows, scratch)
    centroids.withRows { centroids in
      packed.low.withUnsafeBufferPointer { low in
        for row in 0..<rows.count {
          let count = candidates(
            row, squaredRadii[row], scratch, low.baseAddress!, scratch.indices)
          for place in 0..<count {
            let centroid = Int(scratch.indices[place])
            let distance = kernels.directDistance(rows[row], centroids[centroid], rows.columns)
            if distance < squaredRadii[row] { found(row, centroid, distance) }
          }
        }
      }
    }
  }

  /// The same search by products of bytes.
  ///
  /// - Returns: the number of pairs that these did not rule out.
  func filteredRangeSearch(
    _ rows: Rows<Scalar>, squaredRadii: UnsafePointer<Double>, scratch: AssignmentScratch<Scalar>,
    _ found: (Int, Int, Double) -> Void
  ) -> Int {
    guard let filter = scratch.filter else { preconditionFailure("scratch for another strategy") }
    let lanes = FilterShape.lanes
    return withFilterStep { step in
      withUnsafeTemporaryAllocation(of: UnsafePointer<Scalar>.self, capacity: lanes) { places in
        let here = places.baseAddress!
        var pairs = 0
        for first in stride(from: 0, to: rows.count, by: lanes) {
          for lane in 0..<lanes {
            here[lane] = rows[min(first + lane, rows.count - 1)]
            let next = first + lanes + lane
            if next < rows.count { filter.prefetch.add(rows[next], count: rows.columns) }
          }
          pairs += step.rangeSearch(
            here, filter, count: min(lanes, rows.count - first), limits: squaredRadii + first
          ) { lane, centroid, distance in found(first + lane, centroid, distance) }
        }
        return pairs
      }
    }
  }

  /// Leaves in `indices` the centroids, ascending, that may be nearer to a row than a limit.
  private func candidates(
    _ row: Int, _ limit: Double, _ scratch: AssignmentScratch<Scalar>,
    _ low: UnsafePointer<Scalar>, _ indices: UnsafeMutablePointer<Int32>
  ) -> Int {
    let norm = Double(scratch.norms[row])
    guard mayRuleOut(squaredNorm: norm) else { return collectDistinct(indices) }
    let score = bound.score(ofSquaredDistance: limit, squaredNorm: norm)
    return kernels.scoresAtMost(
      scratch.tile + row * packed.width, packed.width, low, Scalar(limitAtLeast: score), indices)
  }
}
