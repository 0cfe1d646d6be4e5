/// The measure by which points are near to centroids.
public enum Distance: String, Sendable, Hashable, Codable, CaseIterable {
  /// The squared Euclidean distance.
  case euclidean
  /// Spherical k-means: rows are divided by their length, and so are the centroids, the mean
  /// directions (Dhillon and Modha, Concept decompositions for large sparse text data using
  /// clustering, 2001). Distances and inertia are squared Euclidean distances between such rows: 2
  /// (1 - cosine). A row of zeros has no direction and is refused.
  case cosine
}
