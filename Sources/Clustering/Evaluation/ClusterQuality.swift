/// The quality of a clustering, judged by the points alone: sizes, distances to the centroids, and
/// the usual indices.
///
/// ```swift
/// let quality = try fit.model.evaluate(points, seed: 0)
/// quality.silhouette           // -1 ... 1, larger is better
/// quality.clusters[3].count    // the points of cluster 3
/// ```
///
/// Distances are Euclidean, in the units of the points; only ``inertia`` is of squared ones. Those
/// of a model by another distance (Manhattan and its like) are that distance, also in ``inertia``,
/// and no index is defined. A weight is so many equal points; a point of weight 0 counts as absent.
/// A measure that is not defined is `nil`, never NaN. The same bits for every number of threads and
/// every instruction set.
public struct ClusterQuality: Sendable, Hashable, Codable {
  /// Points that were evaluated: those with a label and a weight above 0.
  public let points: Int
  /// Points that were not: those of label -1 or weight 0.
  public let leftOut: Int
  /// The columns of a point.
  public let dimension: Int
  /// The weight of the points that were evaluated.
  public let weight: Double
  /// The weighted sum of the squared distances of the points to the centroids of their labels.
  public let inertia: Double
  /// The clusters by ascending label: one for each centroid, or, where there are none, for each
  /// label that some point has.
  public let clusters: [Cluster]
  /// The index of Davies and Bouldin (A cluster separation measure, 1979): the mean over the
  /// clusters of the largest (s_i + s_j) / d_ij, where s is the mean distance of the points to the
  /// mean of their cluster and d the distance of two such means. From 0, smaller is better.
  ///
  /// As scikit-learn's `davies_bouldin_score`: clusters without points are left out, pairs with the
  /// same mean do not count; centroids do not enter. `nil` where ``undefined`` says why.
  public let daviesBouldin: Double?
  /// The index of Calinski and Harabasz (A dendrite method for cluster analysis, 1974): the
  /// variance between the means of the clusters over the variance within. Larger is better.
  ///
  /// As scikit-learn's `calinski_harabasz_score`, 1 where all points of each cluster are equal; the
  /// number of points is their weight. `nil` where ``undefined`` or ``calinskiHarabaszUndefined``
  /// gives the reason, or where the variance within is nearly 0.
  public let calinskiHarabasz: Double?
  /// The centroid form of the index of Dunn (1974): the smallest distance between two centroids
  /// over the largest mean distance of a cluster's points to its centroid. Larger is better.
  ///
  /// Twice the generalised index v43 of Bezdek and Pal (Some new indexes of cluster validity,
  /// 1998); the textbook index, of single points, costs n^2 distances and is decided by two of
  /// them. Mahout's takes squared distances and the largest median. `nil` for one cluster, or where
  /// every point lies on its centroid.
  public let centroidDunn: Double?
  /// The mean over the points of (b - a) / max(a, b), where a is the distance to the own centroid
  /// and b that to the nearest centroid of another cluster with points; 0 for a point that is alone
  /// in its cluster (Hruschka, de Castro and Campello, 2004). From -1 to 1, larger is better.
  ///
  /// Exact, over all points, weighted. `nil` where ``undefined`` says why.
  public let simplifiedSilhouette: Double?
  /// The silhouette (see ``Silhouette``) of a sample of the points. Weights do not enter: a point
  /// of weight 5 is drawn as often, and counts as much, as one of weight 1;
  /// ``simplifiedSilhouette`` is weighted.
  public let silhouette: Double?
  /// The number of points in the sample.
  public let silhouetteSample: Int
  /// The reason why ``daviesBouldin``, ``calinskiHarabasz`` and ``simplifiedSilhouette`` are `nil`;
  /// `nil` where they are not.
  public let undefined: UndefinedQuality?
  /// The reason why ``calinskiHarabasz`` is `nil` where the other two are not.
  public let calinskiHarabaszUndefined: UndefinedQuality?
  /// The reason why ``silhouette`` is `nil`; `nil` where it is not.
  public let silhouetteUndefined: UndefinedQuality?

  /// A cluster.
  public struct Cluster: Sendable, Hashable, Codable {
    /// The label of its points.
    public let label: Int32
    /// The number of its points.
    public let count: Int
    /// Their weight.
    public let weight: Double
    /// The distances of its points to its centroid; `nil` where it has none.
    public let distances: DistanceSummary?
  }
}

/// The reason why an index is not defined.
public enum UndefinedQuality: String, Sendable, Hashable, Codable, CustomStringConvertible {
  /// An index compares clusters, and there is one.
  case oneCluster
  /// An index looks at the points of a cluster, and all have one each.
  case everyPointAlone
  /// The points of the sample are of one cluster, those that were not drawn of others.
  case sampleOfOneCluster
  /// The points of the sample are of as many clusters as there are points.
  case sampleOfSinglePoints
  /// The weights count as points, and there is not more of them than there are clusters.
  case weightTooSmall
  /// An index goes by means and squares, and the distance is another one.
  case otherDistance

  public var description: String {
    switch self {
    case .oneCluster: "all points are in one cluster"
    case .everyPointAlone: "every point is alone in its cluster"
    case .sampleOfOneCluster:
      "all points of the sample are in one cluster; a larger sample has others"
    case .sampleOfSinglePoints:
      "every point of the sample is alone in its cluster; a larger sample has more"
    case .weightTooSmall: "the weights add up to no more than the number of clusters"
    case .otherDistance:
      "it goes by means or squared distances, and the distance of the model is no squared Euclidean one"
    }
  }

  /// The reason against the indices of scikit-learn, which need from 2 to n - 1 clusters; `nil`
  /// where there is none.
  init?(clusters: Int, points: Int) {
    if clusters < 2 {
      self = .oneCluster
    } else if clusters >= points {
      self = .everyPointAlone
    } else {
      return nil
    }
  }

  /// The reason against the silhouette of a sample; `nil` where there is none.
  init?(clusters: Int, sample: Int, of points: Int) {
    guard let undefined = UndefinedQuality(clusters: clusters, points: sample) else { return nil }
    self =
      switch undefined {
      case .oneCluster where sample < points: .sampleOfOneCluster
      case .everyPointAlone where sample < points: .sampleOfSinglePoints
      default: undefined
      }
  }
}

/// The distances of the points of a cluster to its centroid, in seven numbers.
///
/// Mean and deviation are weighted; the quartiles are of the points as they are, each once, and lie
/// between two distances as `numpy.percentile` has them by default (linear interpolation).
public struct DistanceSummary: Sendable, Hashable, Codable {
  /// The weighted mean.
  public let mean: Double
  /// The weighted standard deviation, divided by the weight (not by one less).
  public let standardDeviation: Double
  /// The smallest distance.
  public let minimum: Double
  /// The distance that a quarter of the points do not exceed.
  public let lowerQuartile: Double
  /// The distance that half of the points do not exceed.
  public let median: Double
  /// The distance that three quarters of the points do not exceed.
  public let upperQuartile: Double
  /// The largest distance.
  public let maximum: Double

  /// - Parameter sorted: all distances, ascending, at least one.
  init(mean: Double, standardDeviation: Double, sorted: UnsafeBufferPointer<Double>) {
    self.mean = mean
    self.standardDeviation = standardDeviation
    minimum = sorted[0]
    lowerQuartile = Self.quantile(0.25, sorted)
    median = Self.quantile(0.5, sorted)
    upperQuartile = Self.quantile(0.75, sorted)
    maximum = sorted[sorted.count - 1]
  }

  private static func quantile(_ share: Double, _ sorted: UnsafeBufferPointer<Double>) -> Double {
    let place = share * Double(sorted.count - 1)
    let below = Int(place)
    let above = min(below + 1, sorted.count - 1)
    return sorted[below] + (place - Double(below)) * (sorted[above] - sorted[below])
  }
}
