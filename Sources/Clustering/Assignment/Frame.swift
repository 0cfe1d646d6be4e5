/// The shift that is subtracted from points and centroids while they are packed for a filter: a value
/// that is fixed per fit, per stream, per sketch.
///
/// Distances do not change by it, and a filter's rounding errors, which grow with the norms of what
/// it multiplies, get small. Any shift is right; the mean of the data is best. What decides
/// (`directDistance`) never sees it.
package struct Frame<Scalar: ClusteringScalar>: Sendable, Hashable {
  package let shift: [Scalar]

  package init(shift: [Scalar]) { self.shift = shift }

  /// The frame around a mean.
  package init(means: [Double]) { shift = means.map { Scalar($0) } }

  /// The frame around the weighted mean of some centroids, where the data itself is not at hand.
  package init(centroids: Matrix<Scalar>, weights: [Double]) {
    let total = weights.reduce(0, +)
    let even = !(total > 0 && total.isFinite)
    let scale = even ? Double(centroids.rows) : total
    shift = (0..<centroids.columns).map { column in
      Scalar(
        (0..<centroids.rows).reduce(0.0) { sum, row in
          sum + Double(centroids[row, column]) * ((even ? 1 : weights[row]) / scale)
        })
    }
  }
}
