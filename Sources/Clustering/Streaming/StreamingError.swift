internal import KMeansFiles

/// An error of a stream of points, beyond the errors of points alone.
public enum StreamingError: SpecificError {
  /// A decay factor is below 0, above 1 or NaN.
  case invalidDecayFactor(Double)
  /// A forgetfulness is below 0, above 1 or NaN.
  case invalidForgetfulness(Double)
  /// A half-life is 0, negative or NaN.
  case invalidHalfLife(Double)
  /// A fixed gain needs forgetting: without it, no centroid would move.
  case fixedGainWithoutForgetting
  /// The number of half-lives until a cluster dies is negative or NaN.
  case invalidLifetime(Double)
  /// A parameter of the alarms for drift is out of its range.
  case invalidDriftParameter(String, Double, expected: String)
  /// The largest jump of time is not above 0.
  case invalidTimeJump(Double)
  /// The number of rows to begin with is below the number of clusters.
  case tooFewFirstRows(rows: Int, clusters: Int)
  /// The dimension of Gaussian centroids is below 1.
  case dimensionNotPositive(Int)
  /// The weight of an initial centroid is negative, NaN or beyond 1e150.
  case invalidCentroidWeight(cluster: Int, weight: Double)
  /// The number of weights is not the number of initial centroids.
  case centroidWeightCountMismatch(weights: Int, centroids: Int)
  /// Two initial centroids are equal: the second would never get a point.
  case duplicateCentroids(Int, Int)
  /// Centroids are found among the first rows, of which there are not enough yet.
  case notStarted(rows: Int, needed: Int)
  /// The unit is seconds, and the points have no times.
  case timesMissing
  /// The number of times is not the number of points.
  case timeCountMismatch(times: Int, points: Int)
  /// A time is NaN or infinite.
  case invalidTime(row: Int, time: Double)
  /// A time is so much later than all before it that it would erase the model.
  case timeJump(row: Int, time: Double, latest: Double, halfLives: Double)
  /// The weights of the clusters, times the share that is kept, would be more than a Double holds.
  case weightsOverflow(times: Double)
  /// Gaussian centroids of so many clusters and columns are too many.
  case tooManyCentroidValues(clusters: Int, columns: Int)
  /// Spark's arithmetic is Double, for the points, too.
  case sparkNeedsDouble
  /// A requirement of Spark for a parameter is not met, in Spark's own words.
  case sparkRequirement(String)
  /// Spark's rules do not have a feature that was asked for.
  case notInSpark(String)
  /// Columns are standardised by the first rows, or by a model, not where centroids are given.
  case standardizingNeedsFirstRows
  /// The unit of time of a stream does not change.
  case unitChange(from: Forgetting.Unit, to: Forgetting.Unit)
  /// Streams of different parameters, or that have not begun, cannot be merged.
  case mergeOfDifferent(String)
  /// The clusters of two streams are not the same ones: they began in other places, or have died
  /// since.
  case mergeOfOtherClusters(cluster: Int, ids: [Int])
}

extension ClusteringError {
  /// An error that only streams have.
  public static func streaming(_ error: StreamingError) -> ClusteringError {
    .specific(Specific(error))
  }
}

extension StreamingError {
  /// Times and centroids come with the data; the rest are parameters.
  public var kind: ClusteringError.Kind {
    switch self {
    case .invalidTime, .timeJump, .timeCountMismatch, .duplicateCentroids,
      .centroidWeightCountMismatch, .notStarted, .mergeOfDifferent, .mergeOfOtherClusters:
      .data
    default: .parameter
    }
  }

  public var row: Int? {
    switch self {
    case .invalidTime(let row, _), .timeJump(let row, _, _, _): row
    default: nil
    }
  }

  public func mappingRows(_ number: (Int) -> Int) -> StreamingError {
    switch self {
    case .invalidTime(let row, let time): .invalidTime(row: number(row), time: time)
    case .timeJump(let row, let time, let latest, let halfLives):
      .timeJump(row: number(row), time: time, latest: latest, halfLives: halfLives)
    default: self
    }
  }

  public var description: String {
    switch self {
    case .invalidDecayFactor(let factor):
      "the decay factor is \(factor), expected a number from 0 to 1"
    case .invalidForgetfulness(let share):
      "the forgetfulness is \(share), expected a number from 0 to 1"
    case .invalidHalfLife(let time):
      "the half-life is \(time), expected a number above 0"
    case .fixedGainWithoutForgetting:
      "a fixed gain is what is forgotten in a unit of time, and nothing is: expected a half-life, or a "
        + "decay factor below 1"
    case .invalidLifetime(let halfLives):
      "clusters die after \(halfLives) half-lives, expected a number that is not negative"
    case .invalidDriftParameter(let name, let value, let expected):
      "the \(name) of the alarms for drift is \(value), expected \(expected)"
    case .invalidTimeJump(let halfLives):
      "the largest jump of time is \(halfLives) half-lives, expected a number above 0"
    case .tooFewFirstRows(let rows, let clusters):
      "centroids are to be found among the first \(counted(rows, "row")), expected at least \(clusters), one a "
        + "cluster"
    case .dimensionNotPositive(let dimension):
      "Gaussian centroids of \(counted(dimension, "column")), expected at least 1"
    case .invalidCentroidWeight(let cluster, let weight):
      "the weight of initial centroid \(cluster) is \(weight), expected a number from 0 to "
        + "1e150"
    case .centroidWeightCountMismatch(let weights, let centroids):
      "\(counted(weights, "weight")) for \(centroids) initial centroids, expected one each"
    case .duplicateCentroids(let first, let second):
      "initial centroids \(first) and \(second) are equal, expected different ones: the second would "
        + "never get a point (they count from 0)"
    case .notStarted(let rows, let needed):
      "there are no centroids yet: they are found among the first \(counted(needed, "row")), of which \(rows) are "
        + "here"
    case .timesMissing:
      "points are forgotten by seconds, expected the time of each"
    case .timeCountMismatch(let times, let points):
      "\(counted(times, "time")) for \(counted(points, "point")), expected one each"
    case .invalidTime(let row, let time):
      "the time of row \(row) is \(time), expected a finite number (rows count from 0)"
    case .timeJump(let row, let time, let latest, let halfLives):
      "the time of row \(row) is \(time), more than \(halfLives) half-lives after \(latest), the latest "
        + "before it: that would erase the model (rows count from 0)"
    case .weightsOverflow(let factor):
      "the weights of the clusters, times \(factor), would be more than a Double holds"
    case .tooManyCentroidValues(let clusters, let columns):
      "\(clusters) Gaussian centroids of \(counted(columns, "column")), expected at most 2^32 values"
    case .sparkNeedsDouble:
      "Spark computes in Double: expected points of that type"
    case .sparkRequirement(let message):
      message
    case .notInSpark(let what):
      "Spark has no \(what)"
    case .standardizingNeedsFirstRows:
      "columns are standardised by the first rows, expected no initial centroids"
    case .unitChange(let old, let new):
      "time is counted in \(old.rawValue), it cannot become \(new.rawValue)"
    case .mergeOfDifferent(let what):
      "streams of \(what) cannot be merged"
    case .mergeOfOtherClusters(let cluster, let ids):
      "cluster \(cluster) has the ids \(ids.map(String.init).joined(separator: ", ")) in the streams to "
        + "merge, expected the same one, which began in the same place"
    }
  }
}
