internal import KMeansFiles

/// A fault of a sketch or of its parameters: one case a thing, with its numbers.
public enum SketchError: SpecificError {
  /// A distance cutoff is not a positive, finite number.
  case invalidDistanceCutoff(Double)
  /// The number of points that a cutoff is computed from is below 1.
  case pointsOfCutoffNotPositive(Int)
  /// The number of centroids of the sketch is not larger than that of the clusters.
  case numClustersTooSmall(Int, clusters: Int)
  /// The factor by which the cutoff grows is not above 1 or not finite.
  case invalidBeta(Double)
  /// The factor of the logarithm is negative or not finite.
  case invalidClusterLogFactor(Double)
  /// The factor by which the sketch may be too large is below 1 or not finite.
  case invalidClusterOvershoot(Double)
  /// The number of projections that centroids are searched by is not from 1 to the most.
  case invalidProjections(Int, most: Int)
  /// The number of centroids that are looked at is below 1.
  case searchSizeNotPositive(Int)
  /// The power of the distance is neither 1 nor 2.
  case invalidPower(Int)
  /// Two sketches are to be merged whose rows were transformed in different ways.
  case transformsDiffer
  /// Two sketches are to be merged whose rows were compared by different distances.
  case distancesDiffer(DistanceMeasure.Kind, other: DistanceMeasure.Kind)
  /// Two sketches are to be merged whose points counted by different powers of the distance.
  case powersDiffer(Int, other: Int)
  /// Two sketches are to be merged that have more points together than can be counted.
  case tooManyPoints(Int, other: Int)
  /// A sketch has fewer centroids than clusters are wanted, and why.
  case tooFewCentroids(Int, clusters: Int, because: SketchShortage)
}

extension ClusteringError {
  /// The error of what only sketches have.
  public static func sketch(_ error: SketchError) -> ClusteringError { .specific(Specific(error)) }
}

extension SketchError {
  public var kind: ClusteringError.Kind {
    switch self {
    case .tooFewCentroids, .transformsDiffer, .distancesDiffer, .powersDiffer, .tooManyPoints: .data
    default: .parameter
    }
  }

  public var description: String {
    switch self {
    case .invalidDistanceCutoff(let cutoff):
      "the distance cutoff is \(cutoff), expected a finite number above 0"
    case .pointsOfCutoffNotPositive(let points):
      "a distance cutoff for \(counted(points, "point")), expected at least 1"
    case .numClustersTooSmall(let centroids, let clusters):
      "\(counted(centroids, "centroid")) of the sketch for \(counted(clusters, "cluster")), "
        + "expected more than clusters"
    case .invalidBeta(let beta):
      "beta is \(beta), expected a finite number above 1: the cutoff is to grow by it"
    case .invalidClusterLogFactor(let factor):
      "the factor of the logarithm is \(factor), expected a finite number that is not negative"
    case .invalidClusterOvershoot(let factor):
      "the overshoot is \(factor), expected a finite number of at least 1"
    case .invalidProjections(let projections, let most):
      "\(counted(projections, "projection")) to search by, expected 1 to \(most)"
    case .searchSizeNotPositive(let size):
      "a search size of \(size), expected at least 1"
    case .invalidPower(let power):
      "the power of the distance is \(power), expected 1 or 2"
    case .transformsDiffer:
      "the rows of the other sketch were standardised by other means and deviations, or compared by "
        + "another distance or covariance, expected sketches of rows that were transformed alike"
    case .distancesDiffer(let kind, let other) where kind == other:
      "the rows of both sketches were compared by the distance \(kind.rawValue), by different numbers "
        + "(weights, covariance, exponent), expected sketches by the same"
    case .distancesDiffer(let kind, let other):
      "the rows of this sketch were compared by the distance \(kind.rawValue), those of the other one "
        + "by \(other.rawValue), expected sketches by the same"
    case .powersDiffer(let power, let other):
      "the points of this sketch count by the distance to the power \(power), those of the other one to "
        + "the power \(other), expected sketches by the same"
    case .tooManyPoints(let own, let other):
      "sketches of \(own) and of \(other) points, expected at most \(Int.max) points in one"
    case .tooFewCentroids(let centroids, let clusters, let shortage):
      "the sketch has \(counted(centroids, "centroid")) for \(counted(clusters, "cluster")): "
        + "\(shortage)"
    }
  }
}

/// The reason why a sketch has fewer centroids than there are to be clusters.
public enum SketchShortage: Sendable, Hashable {
  /// The points of a weight above 0 have no more distinct values. Values that are nearer to each
  /// other than `resolution` count as one: 0, or what a coordinate is rounded to so far from the
  /// first rows, which the sketch keeps coordinates relative to.
  case fewDistinctPoints(resolution: Double)
  /// A collapse left too few: `numClusters` is about how many centroids the sketch was to keep.
  case collapsed(numClusters: Int)
  /// Distinct points became one centroid, for the distance cutoff, which has not grown yet, is too
  /// large.
  case largeCutoff(Double)
}

extension SketchShortage: CustomStringConvertible {
  public var description: String {
    switch self {
    case .fewDistinctPoints(let resolution) where resolution > 0:
      "the points have no more distinct values, where those nearer to each other than \(resolution) "
        + "count as one, so far from the first rows"
    case .fewDistinctPoints:
      "the points have no more distinct values"
    case .collapsed(let numClusters):
      "a collapse left so few of about \(numClusters) that it was to keep, expected a larger "
        + "number of centroids or a smaller beta"
    case .largeCutoff(let cutoff):
      "a distance cutoff of \(cutoff) made distinct points one, expected a smaller one"
    }
  }
}

extension SketchState {
  /// The reason why there are so few centroids.
  var shortage: SketchShortage {
    // As long as only equal points were merged, nothing was lost.
    guard map(\.squaredError).contains(where: { $0 > 0 }) else {
      let farthest = map(\.squaredNorm).max() ?? 0
      return .fewDistinctPoints(resolution: 2 * Double.unitRoundoff * farthest.squareRoot())
    }
    guard collapseCount > 0 else { return .largeCutoff(cutoff ?? 0) }
    return .collapsed(numClusters: numClusters)
  }
}
