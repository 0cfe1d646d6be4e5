// Clusters that get no points, and their replacements.
extension StreamClusters {
  /// The clusters that got no points for too long.
  func dead(_ clock: DecayClock, after halfLives: Double) -> [Int] {
    guard clock.rate > 0 else { return [] }
    return lastSeen.indices.filter {
      lastSeen[$0] < clock.latest && clock.halfLives(since: lastSeen[$0]) >= halfLives
    }
  }

  /// The cluster with the largest squared error, the first of those; `nil` where all errors are 0.
  func donor(except dead: Set<Int>) -> Int? {
    var best: (cluster: Int, error: Double)?
    let unit = weightUnit
    for cluster in 0..<count where !dead.contains(cluster) {
      let error = squaredError(cluster, unit: unit)
      if error > best?.error ?? 0 { best = (cluster, error) }
    }
    return best?.cluster
  }

  /// Gives a dead cluster one half of another, which keeps its id.
  ///
  /// - Returns: the changes.
  mutating func replace(
    _ dead: Int, byHalfOf donor: Int, _ split: ClusterSplit, at time: Double
  ) -> [ClusterEvent] {
    weights[donor] /= 2
    momentWeights[donor] /= 2
    weights[dead] = weights[donor]
    momentWeights[dead] = momentWeights[donor]
    for column in 0..<columns {
      centers[donor, column] = split.parentSide[column]
      centers[dead, column] = split.farSide[column]
      means[donor, column] = split.parentSide[column]
      means[dead, column] = split.farSide[column]
      variances[donor, column] = split.variances[column]
      variances[dead, column] = split.variances[column]
    }
    return succeed(dead, from: donor, at: time)
  }

  /// Gives the place of a dead cluster to a new one.
  mutating func succeed(_ dead: Int, from donor: Int, at time: Double) -> [ClusterEvent] {
    let old = ids[dead]
    lastSeen[dead] = time
    ids[dead] = nextID
    nextID += 1
    origins[dead] = origin(of: dead, parent: origins[donor])
    return [
      ClusterEvent(.died, cluster: old, label: dead),
      ClusterEvent(.split(parent: ids[donor]), cluster: ids[dead], label: dead),
    ]
  }

  func center(_ cluster: Int) -> [Double] { (0..<columns).map { centers[cluster, $0] } }
  func squaredDeviations(_ cluster: Int) -> [Double] {
    (0..<columns).map { squaredDeviation(cluster, $0) }
  }
}
