/// The parameters of the clustering of a stream of points: a plain value.
public struct StreamingParameters: Sendable, Hashable, Codable {
  /// The step by which the centroid of a cluster that got points moves towards their mean.
  public enum Gain: String, Sendable, Hashable, Codable, CaseIterable {
    /// The share of the points in the weight of the cluster, m / (a n + m): the centroid is the
    /// mean of all its points by their decayed weights. Spark's rule.
    case weighted
    /// The share that is forgotten in the time of the batch, 1 - (1/2)^(1/h), for any number of
    /// points and any weight of the cluster: the article's form. The same in a steady state with
    /// equal batches. The division of points into batches matters, and a batch that takes no time
    /// (in seconds, one that is not later than all before) moves no centroid.
    case fixed
  }

  /// The treatment of clusters that get no points.
  public enum Deaths: Sendable, Hashable, Codable {
    /// Such clusters stay where they are.
    case never
    /// Such clusters die after so many half-lives without data, and the cluster with the largest
    /// squared error is split: several in an update, along the first principal axis of its points.
    /// Never where weights are not forgotten; after one batch where none is kept. Not in batches
    /// without points.
    case afterHalfLives(Double)
    /// Spark's rule: the cluster of the smallest weight dies when that is below 1e-8 of the
    /// largest, one in an update, and the heaviest is split by 1e-14 in each column. For streams of
    /// Double.
    case spark
  }

  /// The origin of the centroids where none are given.
  public enum Start: Sendable, Hashable, Codable {
    /// Greedy k-means++ among the first rows, which are kept until there are so many; `nil` for 20
    /// a cluster. They are then learnt all at once.
    case firstRows(Int?)
    /// Drawn from a normal distribution of deviation 1 by the generator of Spark's
    /// `setRandomCenters`, with a weight each. Right for points round the origin only.
    case gaussian(dimension: Int, weight: Double)
  }

  /// The rules of the updates.
  public enum Rules: String, Sendable, Hashable, Codable, CaseIterable {
    /// The rules of this package.
    case own
    /// The rules of Spark MLlib's `StreamingKMeansModel.update`: its arithmetic and order, its
    /// sense of `points` (a whole batch decays at once), its dying rule. For streams of Double.
    /// The states are Spark's bit for bit below 8 columns, or below 4 where Spark runs on a
    /// processor without AVX-512; beyond that its Java vectors leave out one rounding, and the last
    /// bit or two may differ.
    case spark
  }

  /// k, the number of clusters.
  public var clusterCount: Int
  /// Decides every random draw.
  public var seed: UInt64
  /// The way in which old points are forgotten.
  public var forgetting: Forgetting
  /// The way in which centroids move.
  public var gain = Gain.weighted
  /// The treatment of clusters that get no points. By Spark's rules it is always Spark's.
  public var deaths = Deaths.afterHalfLives(8)
  /// The origin of the centroids where none are given.
  public var start = Start.firstRows(nil)
  /// The measure by which points are near to centroids: one of which means are the centers. A
  /// covariance that is not given is that of the first rows, for good.
  public var distance = DistanceMeasure.euclidean
  /// Whether columns are standardised by the mean and deviation of the first rows, for good.
  public var standardizes = false
  /// The largest step of time after the latest so far, in half-lives, where time is in seconds: one
  /// row in milliseconds must not erase the model.
  public var maxTimeJump = 100.0
  /// The rules of the updates.
  public var rules = Rules.own
  /// The alarms of a stream that drifts; `nil` where drift is not watched. What is learnt is the
  /// same with it and without.
  public var drift: DriftParameters?
  /// Whether rows that have no direction once they are standardised are left out: their label is
  /// -1, and the stream is as had they not come. Means and deviations are those of all first rows.
  package var leavesOutZeroRows: Bool?
  /// The threads and kernels; changes the speed, never the result.
  public var execution = Execution()

  /// Parameters with the defaults above.
  public init(clusterCount: Int, forgetting: Forgetting = .never, seed: UInt64 = 0) {
    self.clusterCount = clusterCount
    self.forgetting = forgetting
    self.seed = seed
  }

  /// The number of rows that a stream begins with where no centroids are given.
  public var firstRows: Int {
    if case .firstRows(let rows?) = start { return rows }
    return clusterCount.multipliedReportingOverflow(by: 20).partialValue
  }

  /// Checks the parameters.
  ///
  /// - Throws: one case for each wrong value.
  public func validate() throws(ClusteringError) {
    if rules == .spark { try validateForSpark() }
    try ClusteringError.check(clusterCount: clusterCount)
    try distance.checkMeans()
    if rules == .own { try forgetting.validate() }
    if gain == .fixed, forgetting.halfLivesPerUnit == 0 {
      throw .streaming(.fixedGainWithoutForgetting)
    }
    if case .afterHalfLives(let time) = deaths, !(time >= 0) {
      throw .streaming(.invalidLifetime(time))
    }
    try drift?.validate()
    guard maxTimeJump > 0 else { throw .streaming(.invalidTimeJump(maxTimeJump)) }
    switch start {
    case .firstRows:
      guard firstRows >= clusterCount else {
        throw .streaming(.tooFewFirstRows(rows: firstRows, clusters: clusterCount))
      }
    case .gaussian(let dimension, let weight):
      guard dimension > 0 else { throw .streaming(.dimensionNotPositive(dimension)) }
      let values = clusterCount.multipliedReportingOverflow(by: dimension)
      guard !values.overflow, values.partialValue <= 1 << 32 else {
        throw .streaming(.tooManyCentroidValues(clusters: clusterCount, columns: dimension))
      }
      guard weight >= 0, weight <= 1e150 else {
        throw .streaming(.invalidCentroidWeight(cluster: 0, weight: weight))
      }
      if standardizes { throw .streaming(.standardizingNeedsFirstRows) }
      if distance.isEstimated { throw .distance(.covarianceNeedsRows) }
    }
    try execution.validate()
  }
}
