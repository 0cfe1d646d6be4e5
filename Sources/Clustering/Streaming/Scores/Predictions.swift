// What a stream says of points.

/// The predictions of a stream for points, one entry a point in each list [n]; a list that was not
/// asked for (``Parts``) is empty.
public struct Predictions: Sendable, Hashable {
  /// The parts of predictions beside labels and ids. Labels alone cost no more than the assignment
  /// that an update makes anyway.
  public struct Parts: OptionSet, Sendable, Hashable {
    public let rawValue: UInt8

    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// Nothing but labels and ids.
    public static let labels: Parts = []
    /// ``Predictions/squaredDistances``.
    public static let squaredDistances = Parts(rawValue: 1)
    /// ``Predictions/margins``: the second nearest centroid is looked for, too.
    public static let margins = Parts(rawValue: 2)
    /// ``Predictions/outlierScores``.
    public static let outlierScores = Parts(rawValue: 4)
    /// ``Predictions/tailProbabilities``.
    public static let tailProbabilities = Parts(rawValue: 8)
    /// Everything.
    public static let all: Parts = [
      .squaredDistances, .margins, .outlierScores, .tailProbabilities,
    ]
  }

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

/// The distances that are noted of each row of a batch, beside its label.
enum RowDistances {
  case none
  case toNearest
  case toTwoNearest
}

extension Predictions.Parts {
  /// The distances that these parts are made of.
  var distances: RowDistances {
    if contains(.margins) { return .toTwoNearest }
    return isDisjoint(with: [.squaredDistances, .outlierScores]) ? .none : .toNearest
  }
}
