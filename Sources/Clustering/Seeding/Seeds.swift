/// The work that it took to find initial centroids: none of all this where no distance is computed
/// for that.
public struct SeedingReport: Sendable, Hashable, Codable {
  /// The number of times that the distances of the points were computed anew.
  public var rounds = 0
  /// The distances that were computed, in units of one assignment of all points to all k centroids.
  public var passes = 0.0
  /// The number of points that were drawn.
  public var drawn = 0
  /// The number of them that were refused, because points near them had been chosen since the
  /// distances were computed.
  public var refused = 0

  /// A report of no work yet.
  public init() {}
}

/// The start of a run.
struct Seeds<Scalar: ClusteringScalar>: Sendable {
  var centroids: Matrix<Scalar>
  /// The nearest of the centroids for each row and the squared distance to it, where they are
  /// known.
  var nearest: (labels: [Int32], distances: [Double])?
  var report = SeedingReport()
}

/// The method by which `KMeans` finds its initial centroids where none are given.
public enum CentroidInitialization: String, Sendable, Hashable, Codable, CaseIterable {
  /// k-means++: the next centroid is drawn among the points with a probability in proportion to its
  /// weight times the squared distance to the nearest centroid so far (Arthur and Vassilvitskii,
  /// 2007).
  case kMeansPlusPlus = "k-means++"
  /// Greedy k-means++: of 2 + floor(ln k) points drawn so, the one that lowers the inertia most.
  /// Costs a few more passes and starts better: scikit-learn's `k-means++`.
  case greedy
  /// Points drawn without replacement, in proportion to their weights.
  case randomRows = "random"
  /// The global optimum of points of one column, which nothing is drawn for: the means of the
  /// intervals of sorted values that have the least inertia (Wang and Song, Ckmeans.1d.dp, The R
  /// Journal 3(2), 2011; Gronlund et al., arXiv 1701.07204, 2017). O(n + k m log m) for m distinct
  /// values, some 140 bytes a value.
  case optimal

  /// What it keeps for each point while it looks for centroids.
  package var bytesAPoint: Int {
    switch self {
    case .kMeansPlusPlus, .greedy: 12
    case .randomRows: 0
    case .optimal: 140
    }
  }
}
