// Clusters without a place of their own.
extension StreamLearner {
  /// Clusters without any weight whose centroids equal those of others: a stream that began
  /// with fewer different points than clusters has such. A tie goes to the lowest cluster, so they
  /// would not get a point unless the other one moved away.
  ///
  /// - Complexity: O(1) where no two centroids were equal when they were packed, which is nearly
  ///   always.
  var spareClusters: [Int] {
    guard spark == nil, !nearest.areDistinct else { return [] }
    return nearest.packed.firstEqual.indices.filter {
      nearest.packed.firstEqual[$0] != Int32($0) && clusters.weights[$0] == 0
        && clusters.momentWeights[$0] == 0
    }
  }

  /// Puts spare clusters at rows of a batch that lie off all centroids, chosen by greedy k-means++
  /// beside those: as if the stream had begun with these rows, too. The rows are not learnt.
  ///
  /// - Parameters:
  ///   - batch: a measured batch; it has to be measured again afterwards.
  ///   - run: a number that no other batch has.
  /// - Returns: the clusters that have a place now, each new; none where no row lies off.
  /// - Complexity: O(n k d log k).
  mutating func place(
    _ spares: [Int], among batch: BatchRows<Scalar>, _ parameters: StreamingParameters,
    _ clock: DecayClock, run: Int
  ) throws(ClusteringError) -> [ClusterEvent] {
    guard (0..<batch.points.count).contains(where: { batch.points.weight($0) > 0 }) else {
      return []
    }
    let firstEqual = nearest.packed.firstEqual
    let known = nearest.centroids.picking(
      firstEqual.indices.filter { firstEqual[$0] == Int32($0) })
    let source = InMemoryPoints(batch.points, execution)
    let found = try GreedyKMeansPlusPlus.seeds(
      spares.count, beside: known,
      potential: SeedPotential(
        source, centering: nearest.centering, instructionSet: nearest.instructionSet),
      draws: SeedDraws(seed: parameters.seed, run: run))
    var events: [ClusterEvent] = []
    for (row, cluster) in spares.prefix(found.rows).enumerated() {
      for column in 0..<columns {
        let value = Double(found[row, column])
        clusters.centers[cluster, column] = value
        clusters.means[cluster, column] = value
      }
      clusters.lastSeen[cluster] = clock.latest
      clusters.origins[cluster] = clusters.origin(
        of: cluster, parent: clusters.origins[cluster])
      events.append(ClusterEvent(.born, cluster: clusters.ids[cluster], label: cluster))
    }
    roundCenters(where: { cluster in events.contains { $0.label == cluster } })
    return events
  }
}
