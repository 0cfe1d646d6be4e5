internal import KMeansKernelTypes

// The nearest and the second nearest centroid, both by directDistance.
extension NearestCentroids {
  /// Decides the two nearest centroids of a row.
  ///
  /// The second smallest upper score U = V + 2q over all centroids, plus 2p, bounds what can be first
  /// or second: at least two centroids are certainly no farther.
  func decideTwo(
    _ row: Int, of rows: Rows<Scalar>, _ scratch: AssignmentScratch<Scalar>,
    _ low: UnsafeBufferPointer<Scalar>, _ result: Assignment
  ) {
    let norm = Double(scratch.norms[row])
    let trusted = mayRuleOut(squaredNorm: norm)
    let line = scratch.tile + row * packed.width
    var upper = (first: Double.infinity, second: Double.infinity)
    if trusted {
      for centroid in 0..<centroids.rows {
        let place = Int(packed.representative[centroid])
        let score = rule.threshold(
          score: Double(low[place] - line[place]), twiceParts: packed.twicePart[place])
        if score < upper.first {
          upper = (score, upper.first)
        } else if score < upper.second {
          upper.second = score
        }
      }
    }
    let threshold = rule.threshold(
      score: upper.second, twiceParts: 2 * rule.pointPart(squaredNorm: norm))
    let found = twoNearest(rows[row]) { centroid in
      let place = Int(packed.representative[centroid])
      return !trusted || !(Double(low[place] - line[place]) > threshold)
    }
    scratch.labels[row] = found.label
    result.secondLabels?[row] = found.secondLabel
    result.secondDistances?[row] = found.secondDistance
  }

  private func twoNearest(
    _ point: UnsafePointer<Scalar>, where isCandidate: (Int) -> Bool
  ) -> (label: Int32, secondLabel: Int32, secondDistance: Double) {
    centroids.withRows { centroids in
      var (label, second) = (Int32(0), Int32(-1))
      var (distance, secondDistance) = (Double.infinity, Double.infinity)
      var found = 0
      for centroid in 0..<centroids.count where isCandidate(centroid) {
        let candidate = kernels.directDistance(point, centroids[centroid], centroids.columns)
        if found == 0 || candidate < distance {
          (second, secondDistance) = found == 0 ? (-1, .infinity) : (label, distance)
          (label, distance) = (Int32(centroid), candidate)
        } else if found == 1 || candidate < secondDistance {
          (second, secondDistance) = (Int32(centroid), candidate)
        }
        found += 1
      }
      return (label, second, secondDistance)
    }
  }
}
