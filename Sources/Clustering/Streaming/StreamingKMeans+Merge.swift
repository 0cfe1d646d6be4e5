// Streams that were learnt apart.
extension StreamingKMeans {
  /// Adds the points that another stream has learnt: shards of one stream, learnt apart with one
  /// clock and from the same centroids, become the stream that learnt all points, so far as they
  /// were assigned alike.
  ///
  /// ```swift
  /// var (left, right) = (stream, stream)      // two copies go on apart
  /// try left.update(someRows.view)
  /// try right.update(otherRows.view)
  /// try left.merge(right, since: stream)      // the common beginning counts once
  /// ```
  ///
  /// Where drift is watched, that begins anew.
  ///
  /// Forward decay makes this exact: each point counts by its time on the common clock, in either
  /// stream. By batches or points, shards have one clock where `times` gives the numbers;
  /// by seconds, centroids that are given begin `at` a time.
  ///
  /// - Parameters:
  ///   - other: a stream of the same parameters and the same clusters.
  ///   - base: the stream that both are copies of; `nil` where they have no common beginning, and
  ///     the weights of both their initial centroids count.
  /// - Throws: ``StreamingError/mergeOfDifferent(_:)``,
  ///   ``StreamingError/mergeOfOtherClusters(cluster:ids:)``, or an error where the sums of both
  ///   are more than a Double holds; this stream is then as it was.
  /// - Complexity: O(k d).
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public mutating func merge(
    _ other: StreamingKMeans, since base: StreamingKMeans? = nil
  ) throws(ClusteringError) {
    var parts = [try part(), try other.part()]
    if let base { parts.append(try base.part()) }
    try check(other, base, parts.map(\.clusters))
    let latest = parts.map(\.clock.latest).max()!
    for index in parts.indices { parts[index].advance(to: latest) }
    let landmark = parts.map(\.clock.landmark).max()!
    for index in parts.indices { parts[index].move(landmark: landmark) }
    for part in parts where !part.clusters.totalWeight.isFinite {
      throw .streaming(.weightsOverflow(times: 1))
    }
    let merged = StreamClusters(
      adding: parts[1].clusters, to: parts[0].clusters, less: base == nil ? nil : parts[2].clusters)
    var learner = learner!
    learner.clusters = merged
    learner.roundCenters(where: { _ in true })
    try learner.checkErrors(now: parts[0].clock.now)
    self.learner = learner
    clock = parts[0].clock
    // Batches of shards are no series, and the centers are not where any of them was.
    drift = nil
    batchCount += other.batchCount - (base?.batchCount ?? 0)
    pointCount += other.pointCount - (base?.pointCount ?? 0)
  }

  private func part() throws(ClusteringError) -> ClockedClusters {
    guard let learner else {
      throw .streaming(.mergeOfDifferent("points that have no centroids yet"))
    }
    guard let clock else {
      throw .streaming(.mergeOfDifferent("points without a time yet (they may begin `at` one)"))
    }
    return ClockedClusters(clusters: learner.clusters, clock: clock)
  }

  private func check(
    _ other: StreamingKMeans, _ base: StreamingKMeans?, _ clusters: [StreamClusters]
  ) throws(ClusteringError) {
    guard parameters.gain == .weighted else {
      throw .streaming(.mergeOfDifferent("fixed gain, which depends on the order of batches,"))
    }
    guard parameters.rules == .own else {
      throw .streaming(.mergeOfDifferent("Spark's rules, which know no common clock,"))
    }
    if let base, base.pointCount > min(pointCount, other.pointCount) {
      throw .streaming(.mergeOfDifferent("fewer points than the one that they began with"))
    }
    for stream in [other, base].compactMap({ $0 }) {
      guard stream.parameters.forgetting == parameters.forgetting else {
        throw .streaming(.mergeOfDifferent("different forgetting"))
      }
      guard stream.parameters.gain == .weighted, stream.parameters.rules == .own else {
        throw .streaming(.mergeOfDifferent("different rules"))
      }
      guard stream.learner?.transform == learner?.transform else {
        throw .streaming(.mergeOfDifferent("differently transformed rows"))
      }
    }
    guard Set(clusters.map(\.columns)).count == 1, Set(clusters.map(\.count)).count == 1 else {
      throw .streaming(.mergeOfDifferent("different numbers of clusters or columns"))
    }
    for cluster in clusters[0].ids.indices {
      let ids = clusters.map { $0.ids[cluster] }
      guard Set(ids).count == 1, Set(clusters.map { $0.origins[cluster] }).count == 1 else {
        throw .streaming(.mergeOfOtherClusters(cluster: cluster, ids: ids))
      }
    }
  }
}

/// The clusters of a stream and the clock whose landmark their weights are in units of.
private struct ClockedClusters {
  var clusters: StreamClusters
  var clock: DecayClock

  mutating func advance(to time: Double) { clusters.scale(by: clock.advance(to: time)) }
  mutating func move(landmark: Double) { clusters.scale(by: clock.move(landmark: landmark)) }
}

extension StreamClusters {
  /// The sums of two, less those that both began with; all in units of one landmark.
  fileprivate init(
    adding other: StreamClusters, to first: StreamClusters, less base: StreamClusters?
  ) {
    self = first
    let parts = [(first, 1.0), (other, 1.0)] + (base.map { [($0, -1.0)] } ?? [])
    func sum(_ value: (StreamClusters) -> Double) -> Double {
      parts.reduce(0.0) { sum, part in sum + part.1 * value(part.0) }
    }
    // In units near the largest, a power of two, no product of the smallest or the largest weights
    // overflows or vanishes.
    func unit(_ value: (StreamClusters) -> Double) -> (Double) -> Double {
      let largest = parts.reduce(0.0) { max($0, value($1.0)) }
      return {
        largest > 0 ? Double(sign: .plus, exponent: -largest.exponent, significand: $0) : $0
      }
    }
    nextID = max(first.nextID, other.nextID)
    for cluster in 0..<count {
      lastSeen[cluster] = max(first.lastSeen[cluster], other.lastSeen[cluster])
      let (weight, points) = (sum { $0.weights[cluster] }, sum { $0.momentWeights[cluster] })
      weights[cluster] = max(0, weight)
      momentWeights[cluster] = max(0, points)
      let (ofAll, ofPoints) = (unit { $0.weights[cluster] }, unit { $0.momentWeights[cluster] })
      let (share, pointShare) = (ofAll(weight), ofPoints(points))
      for column in 0..<columns {
        let old = first.centers[cluster, column]
        // Relative to one of them, so that an offset of the data costs no digits.
        let shift = sum { ofAll($0.weights[cluster]) * ($0.centers[cluster, column] - old) }
        var center = weight > 0 ? old + shift / share : old
        if base == nil, weight > 0 {
          // A mean of two lies between them.
          let ends = parts.filter { $0.0.weights[cluster] > 0 }.map {
            $0.0.centers[cluster, column]
          }
          center = min(max(center, ends.min()!), ends.max()!)
        }
        let oldMean = first.means[cluster, column]
        let meanShift = sum {
          ofPoints($0.momentWeights[cluster]) * ($0.means[cluster, column] - oldMean)
        }
        let mean = points > 0 ? oldMean + meanShift / pointShare : oldMean
        let squares = sum {
          let offset = $0.means[cluster, column] - mean
          return ofPoints($0.momentWeights[cluster])
            * ($0.variances[cluster, column] + offset * offset)
        }
        centers[cluster, column] = center
        means[cluster, column] = mean
        variances[cluster, column] = points > 0 ? max(0, squares / pointShare) : 0
      }
    }
  }
}
