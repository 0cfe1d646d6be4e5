// Splits in place of clusters that died.
extension StreamLearner {
  /// Splits clusters in place of those that got no points for too long.
  ///
  /// The donor is the cluster with the largest squared error, each time anew, split along the first
  /// principal axis of its own points in the batch, or where it has none, along the column in which
  /// it is widest. A dead cluster stays where no other can be split.
  ///
  /// - Parameter batch: the one that was learnt last.
  /// - Complexity: O(k d + n d) for each that is split.
  mutating func replaceDead(
    after halfLives: Double, _ batch: BatchRows<Scalar>, _ clock: DecayClock
  ) -> [ClusterEvent] {
    // If no cluster got points, none is worse off than others.
    guard sums.weights.contains(where: { $0 > 0 }) else { return [] }
    var dead = Set(clusters.dead(clock, after: halfLives))
    if dead.isEmpty { return [] }
    var events: [ClusterEvent] = []
    // A cluster may be split twice: its points are then those on its side of the first cut.
    var labels = batch.labelArray
    var changed: Set<Int> = []
    for cluster in dead.sorted() {
      guard let donor = clusters.donor(except: dead) else { break }
      let axis = labels.withUnsafeBufferPointer {
        PrincipalAxis(of: batch.points, labels: $0.baseAddress!, label: Int32(donor))
      }
      guard
        let split = ClusterSplit(
          center: clusters.center(donor), variances: clusters.squaredDeviations(donor),
          across: axis,
          of: Scalar.self)
      else { break }
      events += clusters.replace(cluster, byHalfOf: donor, split, at: clock.latest)
      for row in labels.indices
      where labels[row] == Int32(donor) && !split.isOnParentSide(batch.points.rows[row]) {
        labels[row] = Int32(cluster)
      }
      dead.remove(cluster)
      changed.formUnion([cluster, donor])
    }
    roundCenters(where: { changed.contains($0) })
    return events
  }

  /// Spark's dying rule: see ``SparkRule``.
  mutating func replaceLightest(_ clock: DecayClock) -> [ClusterEvent] {
    guard let split = SparkRule.splitDying(&clusters.centers, &clusters.weights) else { return [] }
    roundCenters(where: { $0 == split.dying || $0 == split.donor })
    return clusters.succeedAsSpark(split, at: clock.latest)
  }
}

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
