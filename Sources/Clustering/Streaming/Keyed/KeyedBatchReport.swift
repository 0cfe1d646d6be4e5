public import KMeansFiles

/// The effects of an update of a pool of models.
public struct KeyedBatchReport: Sendable {
  /// The number of the batch, from 1.
  public internal(set) var number: Int
  /// The number of points.
  public internal(set) var points: Int
  /// The number of keys that they had.
  public internal(set) var keys = 0
  /// The number of models in memory after the batch.
  public internal(set) var models = 0
  /// The number of keys that came for the first time.
  public internal(set) var newModels = 0
  /// The number of models that came back from the folder.
  public internal(set) var restoredModels = 0
  /// The number of models that went to the folder.
  public internal(set) var storedModels = 0
  /// The number of models of the batch that have no centroids yet.
  public internal(set) var waitingModels = 0
  /// The number of points that came too late to have any weight.
  public internal(set) var tooLatePoints = 0
  /// The sum of the squared distances of the points to the centroids of their models as they were,
  /// each with its decayed weight; without those of models that wait.
  public internal(set) var inertia = 0.0
  /// The same sum to the centroids after the update.
  public internal(set) var inertiaAfter = 0.0
  /// Clusters that were born, died or were split, in the order of the keys in the batch.
  public internal(set) var events: [KeyedEvent] = []
  /// The predictions for the points before the update, where they were asked for.
  public internal(set) var predictions: KeyedPredictions?
  /// The error that kept models from going to the folder: they stay in memory, and nothing is
  /// lost.
  public internal(set) var storageProblem: FileError?
}

/// A change of a cluster of one of the models.
public struct KeyedEvent: Sendable, Hashable {
  /// The key of the model.
  public let key: String
  /// The change.
  public let event: ClusterEvent
}

/// The predictions of many models for the points of a batch, each by that of its key.
public struct KeyedPredictions: Sendable, Hashable {
  /// The cluster of each point in its model; -1 where that has no centroids yet [n].
  public internal(set) var labels: [Int32]
  /// The id of that cluster; -1 where there is none [n].
  public internal(set) var ids: [Int]
  /// The squared distance to its centroid; NaN where there is none [n].
  public internal(set) var squaredDistances: [Double]

  init(points: Int) {
    labels = Array(repeating: -1, count: points)
    ids = Array(repeating: -1, count: points)
    squaredDistances = Array(repeating: .nan, count: points)
  }
}
