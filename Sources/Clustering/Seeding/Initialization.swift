/// The method by which `KMeans` finds its initial centroids where none are given.
public enum Initialization: String, Sendable, Hashable, Codable, CaseIterable {
  /// k-means++: the next centroid is drawn among the points with a probability in proportion to its
  /// weight times the squared distance to the nearest centroid so far (Arthur and Vassilvitskii,
  /// 2007).
  case kMeansPlusPlus = "k-means++"
  /// Greedy k-means++: of 2 + floor(ln k) points drawn so, the one that lowers the inertia most.
  /// Costs a few more passes and starts better: scikit-learn's `k-means++`.
  case greedy
  /// Points drawn without replacement, in proportion to their weights.
  case randomRows = "random"
}
