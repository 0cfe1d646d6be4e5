internal import KMeansKernelTypes

extension NearestCentroids {
  /// The squared distance from each centroid below which points are in its ball: the square of
  /// `fraction` times the squared distance to the nearest other centroid, each product rounded.
  ///
  /// Twins are one centroid here: the ball of two equal ones would hold nothing. Where there are no
  /// others the ball is everything. A limit is never 0, so that what lies on a centroid is in its
  /// ball.
  ///
  /// - Complexity: O(k^2 d).
  func trimLimits(fraction: Double, threads: Int) -> [Double] {
    let k = centroids.rows
    let (representative, square) = (packed.representative, fraction * fraction)
    return [Double](unsafeUninitializedCapacity: k) { buffer, initialized in
      initialized = k
      // Workers write to entries of different centroids.
      nonisolated(unsafe) let limits = buffer.baseAddress!
      centroids.withRows { rows in
        Workers.share(k, among: threads) { turns in
          while let centroid = turns.next() {
            var least = Double.infinity
            for other in 0..<k where representative[other] != representative[centroid] {
              least = min(least, kernels.directDistance(rows[centroid], rows[other], rows.columns))
            }
            limits[centroid] = least.isFinite ? max(.leastNonzeroMagnitude, square * least) : least
          }
        }
      }
    }
  }
}
