/// Gives points to clusters that have none, one after another.
///
/// Each empty cluster takes the point with the largest weight times squared distance, the first of
/// those on ties. Then every point is as far as the nearer of its old centroid and that point, so
/// that the next empty cluster does not take a twin of the last one. Only the chosen points change
/// their label; the next assignment does the rest. scikit-learn takes the farthest points all at
/// once.
struct EmptyClusters<Source: PointSource> {
  private let source: Source
  private let nearest: NearestCentroids<Source.Scalar>
  private var weights: [Double]
  private(set) var labels: [Int32]
  /// The squared distances below which points count in their clusters; `nil` where all points do.
  private let limits: [Double]?
  /// The squared distance of each point to its centroid, 0 for points that a cluster took; empty
  /// without limits.
  private(set) var ownDistances: [Double] = []

  /// - Parameter weights: the weight of the points that count in each cluster [k].
  init(
    _ source: Source, nearest: NearestCentroids<Source.Scalar>, labels: [Int32], weights: [Double],
    limits: [Double]? = nil
  ) {
    self.source = source
    self.nearest = nearest
    self.labels = labels
    self.weights = weights
    self.limits = limits
  }

  /// Refills clusters while some point lies off its centroid and its cluster keeps some weight
  /// without it.
  ///
  /// - Returns: the number of clusters that got a point.
  /// - Complexity: O(n d) for each empty cluster, and memory for n distances.
  mutating func refill(_ empty: [Int]) throws(Source.Failure) -> Int {
    let distances = try source.distances(to: nearest, labels: labels)
    if limits != nil { ownDistances = distances }
    var potential = SeedPotential(
      source, centering: nearest.centering, instructionSet: nearest.instructionSet, labels: labels,
      distances: distances, seedCount: weights.count)
    for (count, cluster) in empty.enumerated() {
      guard let row = potential.largest(where: { isMovable($0) }) else { return count }
      let weight = source.weight(row)
      if counts(row) { weights[Int(labels[row])] -= weight }
      weights[cluster] += weight
      labels[row] = Int32(cluster)
      if limits != nil { ownDistances[row] = 0 }
      try potential.add(source.rows([row]))
    }
    return empty.count
  }

  /// Whether a cluster keeps some weight when a row leaves it.
  private func isMovable(_ row: Int) -> Bool {
    !counts(row) || weights[Int(labels[row])] > source.weight(row)
  }

  private func counts(_ row: Int) -> Bool {
    guard let limits else { return true }
    return ownDistances[row] < limits[Int(labels[row])]
  }
}
