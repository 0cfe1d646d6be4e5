/// The predictions of a stream for points, one entry a point in each list [n].
public struct Predictions: Sendable, Hashable {
  /// The nearest centroid: a row of the centroids, the lowest on ties.
  public internal(set) var labels: [Int32]
  /// The id of its cluster, which stays when centroids move.
  public internal(set) var ids: [Int]
  /// The squared Euclidean distance to it, of transformed points.
  public internal(set) var squaredDistances: [Double]
  /// The difference of the distances to the nearest and the second nearest centroid; infinite
  /// where there is one centroid only.
  public internal(set) var margins: [Double]
  /// The distance in units of the cluster's radius, the root of the mean squared distance of its
  /// own points by their decayed weights. About 1 for the cluster's own points. NaN where the
  /// cluster had no points yet, infinite off a cluster whose points are all equal.
  public internal(set) var outlierScores: [Double]
  /// The probability that a point of the cluster is at least as unlikely, were the cluster normal
  /// with independent columns: P(X >= D^2) for a chi-square variable X of as many degrees as the
  /// cluster has columns that vary, and D^2 the sum over the columns of squared deviation /
  /// variance. 0 off the value of a column that never varied; NaN where the cluster had no points
  /// yet.
  public internal(set) var tailProbabilities: [Double]

  /// Predictions for no points.
  static let none = Predictions(
    labels: [], ids: [], squaredDistances: [], margins: [], outlierScores: [],
    tailProbabilities: [])

  /// The number of points.
  public var count: Int { labels.count }
}
