/// The drift of a stream, as a batch shows it.
///
/// Nothing of it changes what is learnt.
public struct DriftReport: Sendable, Hashable {
  /// The speed of each centroid in radii per half-life [k].
  ///
  /// A radius is the root of the mean squared distance of the cluster's points from the centroid,
  /// by their decayed weights. The speed is the distance of the centroid from a reference r that
  /// follows it with the same half-life, r' = a r + (1 - a) c: behind a centroid of constant speed
  /// it stays as far as that goes in 1 / (1 - a) units of time, while chance moves a centroid to
  /// and fro. Where nothing is forgotten, and by Spark's rules, it is the move in this batch, in
  /// radii per batch. 0 for clusters without a radius.
  public internal(set) var speeds: [Double]
  /// The root of the mean square of the speeds, by the weights of the clusters.
  public internal(set) var speed: Double
  /// The Jensen-Shannon divergence between the shares of the clusters in the weight of the batch
  /// and in all decayed weights before it, in bits: from 0, for equal ones, to 1, for a batch all
  /// of whose points are in clusters that had none (Lin, "Divergence measures based on the Shannon
  /// entropy", 1991).
  public internal(set) var shareChange: Double
  /// The statistic of each test after the batch, in the order of `DriftEvent.Kind.allCases`: an
  /// alarm where one is above ``DriftParameters/lambda``.
  public internal(set) var statistics: [Double]
  /// The alarms. After one, all tests begin anew.
  public internal(set) var events: [DriftEvent]

  /// The statistic of a test after the batch.
  public func statistic(of kind: DriftEvent.Kind) -> Double {
    statistics[DriftEvent.Kind.allCases.firstIndex(of: kind)!]
  }
}

/// An alarm: a figure of the batches has changed.
public struct DriftEvent: Sendable, Hashable {
  /// The figure that is watched.
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    /// The logarithm of the mean squared distance of the points of a batch to their centroids: what
    /// rises when clusters jump, spread, or appear where there were none.
    case inertia
    /// The root of 8 m times the Jensen-Shannon divergence of the shares: what rises when clusters
    /// grow, shrink, appear or vanish. With m = n w / (n + w), n the weight of the batch and w the
    /// decayed one of all before, its square is nearly chi-squared of k - 1 degrees of freedom
    /// where nothing changes.
    case shares
    /// The logarithm of the mean of |S|^2 / Q over the clusters, with S the sum of the differences
    /// of a cluster's points from the centroid, and Q that of their squares: 1 where they lie
    /// about the centroid by chance, the number of points where all are off in one direction. What
    /// rises when centroids are always behind their points.
    case speed
  }

  /// The figure that has changed.
  public let kind: Kind
  /// The statistic of the test, in standard deviations of the figure.
  public let value: Double
  /// The threshold that it is above: ``DriftParameters/lambda``.
  public let threshold: Double

  /// An event of parts.
  public init(_ kind: Kind, value: Double, threshold: Double) {
    self.kind = kind
    self.value = value
    self.threshold = threshold
  }
}

extension BatchReport {
  /// The alarms of the batch; empty where drift is not watched.
  public var driftEvents: [DriftEvent] { drift?.events ?? [] }
}
