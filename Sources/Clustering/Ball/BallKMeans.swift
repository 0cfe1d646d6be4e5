/// Ball k-means: Lloyd's algorithm in which a centroid moves to the mean of the points of a ball
/// around it, so that points between clusters, and far away, do not pull at it (Ostrovsky, Rabani,
/// Schulman, Swamy: The effectiveness of Lloyd-type methods for the k-means problem, FOCS 2006).
/// Meant for the few weighted centroids that a sketch leaves, as Mahout's BallKMeans is; any points
/// in memory will do.
///
/// ```swift
/// let fit = try BallKMeans(clusterCount: 20, seed: 7).fit(centroids.view, weights: weights.span)
/// fit.model.centroids    // 20 x d
/// ```
///
/// A run finds initial centroids, takes trimmed steps (``maxIterations``) as long as they do not
/// raise the cost, and is then brought to a fixed point of k-means by untrimmed ones
/// (``finalIterations``). The best of ``runs`` runs is returned: of more runs the first ones are
/// the same, so without points to test with more runs never cost more. The result is a function of
/// the points and these values alone: any number of threads and any instruction set give the same
/// bits.
public struct BallKMeans: Sendable, Hashable, Codable {
  /// How initial centroids are found. All go by the weights.
  public enum Initialization: String, Sendable, Hashable, Codable, CaseIterable {
    /// Greedy k-means++: of 2 + floor(ln k) points drawn as k-means++ draws them, the one that
    /// lowers the cost most.
    case greedy
    /// k-means++ (Arthur and Vassilvitskii, 2007).
    case kMeansPlusPlus = "k-means++"
    /// The first centroid as Ostrovsky et al. draw it, in proportion to w_i (D + W |x_i - c|^2),
    /// where c is the mean, W the weight and D the inertia of all points; the others as k-means++
    /// draws them.
    case ostrovsky
    /// Points drawn in proportion to their weights, without replacement; Mahout's random one.
    case uniform
  }

  /// k, the number of clusters: from 1 to the number of points.
  public var clusterCount: Int
  /// Decides every random draw.
  public var seed: UInt64
  /// How many times to start anew, each with draws of its own. The run of the smallest weighted
  /// cost on the points to test with wins, the earliest on ties; on those that it was trained with
  /// where there are none to test with. (Mahout's tool: 4.)
  public var runs: Int
  /// How initial centroids are found.
  public var initialization = Initialization.greedy
  /// The largest number of trimmed steps of a run; it stops when no point changes its cluster, and,
  /// where final ones follow, before a step that would raise the cost: trimmed means are good for
  /// what is left to find, or they are none.
  public var maxIterations = 10
  /// The radius of a cluster's ball in units of the distance (not its square) from its centroid to
  /// the nearest other one: only points strictly inside move it. Centroids that are equal to it do
  /// not count as others; where there are no others, nothing is trimmed. Mahout's 0.9 is of squared
  /// distances, hence sqrt(0.9); Ostrovsky et al. take 1/3.
  public var trimFraction = 0.9.squareRoot()
  /// The share of the points, rounded down, that runs are not trained with but compared by: at
  /// least 0, less than 1. Which points is drawn once for all runs. There are none where that share
  /// is no point, where fewer than k points of positive weight would be left to train with, and
  /// where none of the points drawn has a weight.
  public var testProbability = 0.0
  /// Whether the weights of the clusters are those of all points by their nearest centroid, which
  /// add up to the weight of all points; else those of the last trimmed step, without what it
  /// trimmed and without the points to test with.
  public var correctsWeights = true
  /// The largest number of untrimmed steps of Lloyd's algorithm that a run then takes, until no
  /// point changes its cluster; 0 for none, as in Mahout: the centroids are trimmed means, and all
  /// trimmed steps are taken. Where points are kept to test with, the best run takes as many again,
  /// on all points given.
  public var finalIterations = 300
  /// Whether a cluster without any weight, or of which all was trimmed, goes on from the point with
  /// the largest weight times squared distance; else it keeps its place, as in Mahout.
  public var refillsEmptyClusters = true
  /// The power of the distance, 1 or 2, by whose weighted sum runs are compared: 2 is the cost of
  /// k-means, 1 that of k-median. `nil` for that of the sketch that is clustered, or 2. Steps are
  /// those of k-means with both.
  public var power: Int?
  /// Where and how it runs; changes the speed, never the result.
  public var execution = Execution()

  /// Parameters with the defaults above.
  public init(clusterCount: Int, runs: Int = 10, seed: UInt64 = 0) {
    self.clusterCount = clusterCount
    self.runs = runs
    self.seed = seed
  }

  /// Checks the parameters that do not depend on points.
  ///
  /// - Throws: one case for each wrong value.
  public func validate() throws(ClusteringError) {
    try ClusteringError.check(clusterCount: clusterCount)
    guard runs > 0 else { throw .runsNotPositive(runs) }
    guard maxIterations > 0 else { throw .maxIterationsNotPositive(maxIterations) }
    guard trimFraction > 0, trimFraction.isFinite else {
      throw .ball(.invalidTrimFraction(trimFraction))
    }
    guard testProbability >= 0, testProbability < 1 else {
      throw .ball(.invalidTestProbability(testProbability))
    }
    if let power, power != 1, power != 2 { throw .ball(.invalidPower(power)) }
    guard finalIterations >= 0 else { throw .ball(.finalIterationsNegative(finalIterations)) }
    try execution.validate()
  }

  /// Checks the parameters for a number of points.
  func validate(points: Int) throws(ClusteringError) {
    try validate()
    try ClusteringError.check(clusterCount: clusterCount, of: points)
  }
}

/// What can be wrong with the parameters of ball k-means: one case a thing, with its numbers.
public enum BallError: SpecificError {
  /// The trim fraction is not a positive, finite number.
  case invalidTrimFraction(Double)
  /// The test probability is not at least 0 and below 1.
  case invalidTestProbability(Double)
  /// The power of the distance is neither 1 nor 2.
  case invalidPower(Int)
  /// The number of final iterations is negative.
  case finalIterationsNegative(Int)
}

extension ClusteringError {
  /// Something that only ball k-means has.
  public static func ball(_ error: BallError) -> ClusteringError { .specific(Specific(error)) }
}

extension BallError {
  public var kind: ClusteringError.Kind { .parameter }

  public var description: String {
    switch self {
    case .invalidTrimFraction(let fraction):
      "the trim fraction is \(fraction), expected a finite number above 0"
    case .invalidTestProbability(let probability):
      "the test probability is \(probability), expected a number of at least 0 and below 1"
    case .invalidPower(let power):
      "the power of the distance is \(power), expected 1 or 2"
    case .finalIterationsNegative(let iterations):
      "\(iterations) final iterations, expected a number that is not negative"
    }
  }
}
