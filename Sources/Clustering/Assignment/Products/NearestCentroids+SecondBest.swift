internal import KMeansKernelTypes

// The nearest and the second nearest centroid, both by directDistance.
extension NearestCentroids {
  /// Decides the two nearest centroids of a row.
  ///
  /// - Parameter line: its products with all centroids; those of best and second best in the
  ///   scratch.
  func decideTwo(
    _ row: Int, _ line: UnsafePointer<Scalar>, of rows: Rows<Scalar>,
    _ scratch: AssignmentScratch<Scalar>,
    _ low: UnsafeBufferPointer<Scalar>, _ result: Assignment
  ) {
    let count = collectTwoNearest(row, line, scratch, low)
    let found = withPoint(row, of: rows, scratch) {
      twoNearest($0, among: UnsafeBufferPointer(start: scratch.indices, count: count))
    }
    (scratch.labels[row], scratch.distances[row]) = (found.label, found.distance)
    result.secondLabels?[row] = found.secondLabel
    result.secondDistances?[row] = found.secondDistance
  }

  /// Leaves in `scratch.indices`, ascending, all centroids that can be first or second.
  ///
  /// The second smallest upper score U = V + 2q of any centroids, plus 2p, is a bound: at least two
  /// are certainly no farther. It is taken among those whose V is at most the second smallest V.
  private func collectTwoNearest(
    _ row: Int, _ line: UnsafePointer<Scalar>, _ scratch: AssignmentScratch<Scalar>,
    _ low: UnsafeBufferPointer<Scalar>
  ) -> Int {
    let norm = Double(scratch.norms[row])
    let indices = scratch.indices
    func collect(_ threshold: Double) -> Int {
      kernels.scoresAtMost(
        line, packed.width, low.baseAddress!, Scalar(limitAtLeast: threshold), indices)
    }
    // Only one of equal centroids has a score, and any of them may be the second.
    let isTrusted = mayRuleOut(squaredNorm: norm) && !packed.hasDuplicates
    let least = isTrusted ? collect(Double(scratch.second[row])) : 0
    guard least >= 2 else {
      for centroid in 0..<centroids.rows { indices[centroid] = Int32(centroid) }
      return centroids.rows
    }
    var upper = (first: Double.infinity, second: Double.infinity)
    for place in 0..<least {
      let centroid = Int(indices[place])
      let score = bound.threshold(
        score: Double(low[centroid] - line[centroid]), twiceParts: packed.twicePart[centroid])
      if score < upper.first {
        upper = (score, upper.first)
      } else if score < upper.second {
        upper.second = score
      }
    }
    let threshold = bound.threshold(
      score: upper.second, twiceParts: 2 * bound.pointPart(squaredNorm: norm))
    return collect(threshold)
  }

  private func twoNearest(
    _ point: UnsafePointer<Scalar>, among candidates: UnsafeBufferPointer<Int32>
  ) -> (label: Int32, distance: Double, secondLabel: Int32, secondDistance: Double) {
    centroids.withRows { centroids in
      var (label, second) = (Int32(0), Int32(-1))
      var (distance, secondDistance) = (Double.infinity, Double.infinity)
      for place in candidates.indices {
        let centroid = candidates[place]
        let candidate = kernels.directDistance(
          point, centroids[Int(centroid)], centroids.columns)
        if place == 0 || candidate < distance {
          (second, secondDistance) = place == 0 ? (-1, .infinity) : (label, distance)
          (label, distance) = (centroid, candidate)
        } else if place == 1 || candidate < secondDistance {
          (second, secondDistance) = (centroid, candidate)
        }
      }
      return (label, distance, second, secondDistance)
    }
  }
}
