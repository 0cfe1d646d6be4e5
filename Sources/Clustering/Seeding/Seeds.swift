/// What it took to find initial centroids.
public struct SeedingReport: Sendable, Hashable, Codable {
  /// How often the distances of the points were computed anew.
  public var rounds = 0
  /// How many distances were computed, in units of one assignment of all points to all k centroids.
  public var passes = 0.0
  /// How many points were drawn.
  public var drawn = 0
  /// How many of them were refused, for points near them had been chosen since the distances were
  /// computed.
  public var refused = 0

  /// Nothing was done yet.
  public init() {}
}

/// Where a run starts.
struct Seeds<Scalar: ClusteringScalar>: Sendable {
  var centroids: Matrix<Scalar>
  /// The nearest of the centroids for each row and the squared distance to it, where they are
  /// known.
  var nearest: (labels: [Int32], distances: [Double])?
  var report = SeedingReport()
}
