internal import KMeansKernelTypes

// Which of several candidates is the nearest to a sparse row, without a look at all columns.
//
// Scores in Float leave doubts of some 2^-24 |x||c|. A row that shares no term with any centroid
// leaves all of them where centroids have one length, as those of the cosine have: it is as far
// from each but for the roundings of their values. The same score in Double leaves 2^-29 of the
// doubts.
//
// Let u = 2^-53, x a row of m values, c a centroid of d columns, X = |x|^2, C = |c|^2 and P = x.c.
// Sums of m products are off by gamma_(m+1) of the sum of their magnitudes, which for P is at most
// (X + C)/2. The estimate E = (X + C) - 2 P has two roundings more, of terms that are at most
// 2 (X + C). With m <= d it is off the true squared distance D by at most 2 gamma_(d+4) (X + C).
// D is at most 2 (X + C), and `directDistance` is off by delta of it, as `ScoreErrorBound` has it.
// So directDistance lies within 2 (gamma_(d+4) + delta) (X + C) of E:
// `ScoreErrorBound.doubleFactor`.
extension NearestCentroids {
  /// The nearest of some centroids to a sparse row, the lowest on ties.
  ///
  /// - Parameter candidates: ascending, at least one; changed.
  /// - Returns: its label, a number that is not below its distance, and one that is not above the
  ///   distance of the second nearest of the candidates.
  /// - Complexity: O(m) for each candidate, and O(d) for each one that is left where several are.
  func nearest(
    to row: CompressedRow<Scalar>, among candidates: UnsafeMutableBufferPointer<Int32>,
    _ scratch: AssignmentScratch<Scalar>
  ) -> (label: Int32, distance: Double, second: Double) {
    withUnsafeTemporaryAllocation(of: Double.self, capacity: candidates.count) { least in
      let limit = estimate(row, candidates, into: least.baseAddress!)
      var (left, beyond) = (0, Double.infinity)
      for place in candidates.indices {
        // Kept where nothing is known: an estimate that is not a number.
        if least[place] > limit {
          beyond = min(beyond, least[place])
        } else {
          candidates[left] = candidates[place]
          left &+= 1
        }
      }
      guard left > 1 || !limit.isFinite else { return (candidates[0], limit, max(0, beyond)) }
      let rest = UnsafeBufferPointer(rebasing: UnsafeBufferPointer(candidates)[..<left])
      var found = decide(row, among: rest, scratch)
      found.second = min(found.second, max(0, beyond))
      return found
    }
  }

  /// Leaves in `least` what the distances of a row to some centroids are not below.
  ///
  /// - Returns: what the smallest of them is not above.
  private func estimate(
    _ row: CompressedRow<Scalar>, _ candidates: UnsafeMutableBufferPointer<Int32>,
    into least: UnsafeMutablePointer<Double>
  ) -> Double {
    let own = row.squaredNorm
    // A row that has no term of any centroid need not look for them in each.
    let isApart = packed.index.map { !$0.hasTerm(of: row) } ?? false
    var limit = Double.infinity
    centroids.withRows { centroids in
      packed.norms.withUnsafeBufferPointer { norms in
        for place in candidates.indices {
          let centroid = Int(candidates[place])
          let sum = own + norms[centroid]
          let estimate = isApart ? sum : sum - 2 * row.product(with: centroids[centroid])
          let error = bound.doubleFactor * sum + bound.doubleUnderflow
          least[place] = estimate - error
          limit = min(limit, estimate + error)
        }
      }
    }
    return limit
  }

  /// Compares a row with some centroids by `directDistance`.
  private func decide(
    _ row: CompressedRow<Scalar>, among candidates: UnsafeBufferPointer<Int32>,
    _ scratch: AssignmentScratch<Scalar>
  ) -> (label: Int32, distance: Double, second: Double) {
    guard let terms = scratch.terms else { preconditionFailure("sparse rows without scratch") }
    return terms.withDense(row) { dense in
      nearest(among: candidates) { centroid in
        packed.compressed?.squaredDistance(row, centroid, columns: centroids.columns)
          ?? directDistance(dense, centroid)
      }
    }
  }
}
