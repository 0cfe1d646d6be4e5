/// The effects of an update of a stream.
public struct BatchReport: Sendable, Hashable {
  /// The number of the batch, from 1.
  public internal(set) var number: Int
  /// The number of points of the batch, without those that were left out.
  public internal(set) var points: Int
  /// The rows of the batch that were left out, for they have no direction once they are
  /// standardised; ascending.
  package internal(set) var leftOutRows: [Int] = []
  /// The number of points of earlier batches, kept to begin with, that turn out to be such rows.
  package internal(set) var leftOutFirstRows = 0
  /// The time of the stream's clock after the batch, in the unit of its forgetting.
  public internal(set) var time: Double
  /// The number of points that are kept to begin with, where there are no centroids yet; then no
  /// point was learnt, and all that follows is empty.
  public internal(set) var waitingPoints = 0
  /// The number of different values of those points; `nil` where there are so many that equal ones
  /// are not kept as one. The stream waits until there are as many as clusters, and then for as
  /// many points again as it begins with.
  public internal(set) var waitingValues: Int?
  /// The number of points that came too late to have any weight: more than 100 half-lives before
  /// the first one of the stream. They are not learnt.
  public internal(set) var tooLatePoints = 0
  /// The number of clusters without a place of their own, since too few points differed when the
  /// stream began: their centroids equal others, and they take the first points that do differ.
  public internal(set) var spareClusters = 0
  /// The cluster of each point of the batch before the update, where they were asked for: the
  /// nearest of the centroids as they were, -1 where there were none.
  public internal(set) var labels: [Int32]?
  /// The number of points of each cluster [k]. The batch that ends the wait counts all that waited.
  public internal(set) var counts: [Int] = []
  /// Their weight, as it is at the end of the batch.
  public internal(set) var weights: [Double] = []
  /// The sum of the squared distances of the points to their centroids as they were, each with its
  /// weight as it is at the end of the batch.
  public internal(set) var inertia = 0.0
  /// The same sum to the centroids after the update, for the same labels, before any was split.
  public internal(set) var inertiaAfter = 0.0
  /// The Euclidean distance that each centroid moved to the mean of its points [k]; 0 where it got
  /// none.
  public internal(set) var moves: [Double] = []
  /// Clusters that were born, died or were split, in the order in which that happened.
  public internal(set) var events: [ClusterEvent] = []
  /// The drift of the stream; `nil` where it is not watched (``StreamingParameters/drift``), and
  /// where no point was learnt, or all were that waited.
  public internal(set) var drift: DriftReport?
  /// The number of points that `directDistance` had to decide.
  ///
  /// The one figure that depends on the strategy and the instruction set.
  public package(set) var redecided = 0
}

/// A change of a cluster.
public struct ClusterEvent: Sendable, Hashable {
  /// The kind of a change.
  public enum Kind: Sendable, Hashable {
    /// The cluster is one of those that the stream begins with; or it was equal to one of them and
    /// got a place of its own when there were other points.
    case born
    /// The cluster got no points for too long.
    case died
    /// The cluster began as one half of another one, which keeps its id.
    case split(parent: Int)
  }

  /// The kind of the change.
  public let kind: Kind
  /// The id of the cluster, which no other cluster of the stream ever had or will have.
  public let cluster: Int
  /// The row of the centroids, and the label, that it has or had.
  public let label: Int

  /// An event of parts.
  public init(_ kind: Kind, cluster: Int, label: Int) {
    self.kind = kind
    self.cluster = cluster
    self.label = label
  }
}
