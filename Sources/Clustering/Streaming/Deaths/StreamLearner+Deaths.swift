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
