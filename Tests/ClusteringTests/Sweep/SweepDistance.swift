// What the checks of the sweep ask the naive reference, and bits to compare.
import Clustering
import KMeansReference

enum SweepDistance {
  /// The nearest center, the lowest on ties.
  static func nearest(_ point: [Double], _ centers: [[Double]]) -> Int {
    Reference.nearest(point, centers)
  }

  /// The weighted sum of squared distances to the centers that labels name.
  static func inertia(
    _ rows: [[Double]], _ labels: [Int32], _ centers: [[Double]], weights: [Double]?
  ) -> Double {
    Reference.inertia(rows, labels.map { Int($0) }, centers, weights: weights)
  }
}

extension Matrix where Scalar: ClusteringScalar {
  /// The bits of every value: -0 is not 0.
  var bits: [UInt64] { doubles.joined().map(\.bitPattern) }
}

extension [Double] {
  var bits: [UInt64] { map(\.bitPattern) }
}
