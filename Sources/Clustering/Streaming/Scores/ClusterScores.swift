/// Scores of how usual points are within their clusters.
struct ClusterScores<Scalar: ClusteringScalar> {
  private let clusters: StreamClusters
  /// The mean squared deviation of each cluster's points from its center, by columns [k x d].
  private let squaredDeviations: [Double]
  /// The mean squared distance of each cluster's points from its centroid; NaN without points [k].
  private let squaredRadii: [Double]
  /// The distribution of squared deviations over variances, by clusters; `nil` without points [k].
  private let tails: [ChiSquared?]

  /// - Parameter centroids: the centers as points are compared with them.
  /// - Complexity: O(k d).
  init(_ clusters: StreamClusters, centroids: Matrix<Scalar>) {
    self.clusters = clusters
    var known: [Int: ChiSquared] = [:]
    var (squaredRadii, tails): ([Double], [ChiSquared?]) = ([], [])
    var squaredDeviations: [Double] = []
    for cluster in 0..<clusters.count {
      var (sum, degrees) = (0.0, 0)
      for column in 0..<clusters.columns {
        let offset = clusters.means[cluster, column] - Double(centroids[cluster, column])
        sum += clusters.variances[cluster, column] + offset * offset
        squaredDeviations.append(clusters.squaredDeviation(cluster, column))
        if squaredDeviations.last! > 0 { degrees += 1 }
      }
      squaredRadii.append(clusters.momentWeights[cluster] > 0 ? sum : .nan)
      if degrees > 0, known[degrees] == nil { known[degrees] = ChiSquared(degrees: degrees) }
      tails.append(known[degrees])
    }
    self.squaredDeviations = squaredDeviations
    self.squaredRadii = squaredRadii
    self.tails = tails
  }

  /// The distance of a point in units of its cluster's radius.
  func outlierScore(_ cluster: Int, squaredDistance: Double) -> Double {
    // Off a point without any radius: infinite; on it: 0.
    squaredDistance == 0 && squaredRadii[cluster] == 0
      ? 0 : (squaredDistance / squaredRadii[cluster]).squareRoot()
  }

  /// The share of the cluster's points that are as unlikely as a point, or more.
  ///
  /// - Complexity: O(d).
  func tailProbability(_ cluster: Int, _ point: UnsafePointer<Scalar>) -> Double {
    guard !squaredRadii[cluster].isNaN else { return .nan }
    let sum = clusters.centers.withRows { centers in
      squaredDeviations.withUnsafeBufferPointer { variances in
        let (center, variances) = (
          centers[cluster], variances.baseAddress! + cluster * centers.columns
        )
        var sum = 0.0
        for column in 0..<centers.columns {
          let deviation = Double(point[column]) - center[column]
          let square = deviation * deviation
          // In a column that never varied its own value adds 0, and any other value infinity.
          sum += square == 0 ? 0 : square / variances[column]
        }
        return sum
      }
    }
    guard let tail = tails[cluster] else { return sum == 0 ? 1 : 0 }
    return tail.upperTail(sum)
  }
}

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
