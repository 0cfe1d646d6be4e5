/// What an update of a stream did.
public struct BatchReport: Sendable, Hashable {
  /// Which batch it was, from 1.
  public internal(set) var number: Int
  /// How many points the batch had, but for those that were left out.
  public internal(set) var points: Int
  /// The rows of the batch that were left out, for they have no direction once they are
  /// standardised; ascending.
  package internal(set) var leftOutRows: [Int] = []
  /// How many points of earlier batches, which were kept to begin with, turn out to be such rows.
  package internal(set) var leftOutFirstRows = 0
  /// What the clock of the stream shows after it, in the unit of its forgetting.
  public internal(set) var time: Double
  /// How many points are kept to begin with, where there are no centroids yet; then nothing was
  /// learnt, and all that follows is empty.
  public internal(set) var waitingPoints = 0
  /// How many different values those points have, known where there are so few that equal ones are
  /// kept as one: the stream waits until there are as many as clusters, and then for as many points
  /// again as it begins with.
  public internal(set) var waitingValues: Int?
  /// How many points came so late that nothing is left of them: more than 100 half-lives before the
  /// first one of the stream. They are not learnt.
  public internal(set) var tooLatePoints = 0
  /// How many clusters have no place of their own, since too few points differed when the stream
  /// began: their centroids equal others, and they take the first points that do differ.
  public internal(set) var spareClusters = 0
  /// The cluster of each point of the batch before the update, where they were asked for: the
  /// nearest of the centroids as they were, -1 where there were none.
  public internal(set) var labels: [Int32]?
  /// How many points each cluster got. The batch that ends the wait counts all that waited.
  public internal(set) var counts: [Int] = []
  /// Their weight, as it is at the end of the batch.
  public internal(set) var weights: [Double] = []
  /// The sum of the squared distances of the points to their centroids as they were, each with its
  /// weight as it is at the end of the batch.
  public internal(set) var inertia = 0.0
  /// The same sum to the centroids after the update, for the same labels, before any was split.
  public internal(set) var inertiaAfter = 0.0
  /// How far each centroid moved to the mean of its points, in Euclidean distance; 0 where it got
  /// none.
  public internal(set) var moves: [Double] = []
  /// Clusters that were born, died or were split, in the order in which that happened.
  public internal(set) var events: [ClusterEvent] = []
  /// How many points `directDistance` had to decide.
  ///
  /// The one figure that depends on the strategy and the instruction set.
  public package(set) var redecided = 0
}

/// Something that happened to a cluster.
public struct ClusterEvent: Sendable, Hashable {
  /// What happened.
  public enum Kind: Sendable, Hashable {
    /// It is one of those that the stream begins with; or it was equal to one of them and got a
    /// place of its own when there were other points.
    case born
    /// It got no points for too long.
    case died
    /// It began as one half of another cluster, which keeps its id.
    case split(parent: Int)
  }

  /// What happened.
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
