import KMeansFiles

/// A line of a truth, as `kmeans generate --truth` writes it: where clusters are in a batch, and
/// what happens to them.
package struct TruthRecord: Codable, Sendable, Hashable {
  /// The number of the batch, from 1.
  package var batch: Int
  /// How many points the batch has; `nil` where the file does not say.
  package var points: Int?
  /// The time of its last point; `nil` where points have none.
  package var time: Double?
  /// The centers [c x d].
  package var centers: [[Double]]
  /// The share of the points that each gets [c]; `nil` for equal ones.
  package var weights: [Double]?
  /// The ids of the clusters [c]; `nil` for 0, 1 and so on.
  package var ids: [Int]?
  package var events: [Event]?

  /// The record of parts.
  package init(
    batch: Int, points: Int? = nil, time: Double? = nil, centers: [[Double]],
    weights: [Double]?, ids: [Int]?, events: [Event]?
  ) {
    (self.points, self.time) = (points, time)
    (self.batch, self.centers, self.weights) = (batch, centers, weights)
    (self.ids, self.events) = (ids, events)
  }

  /// Something that happens to a cluster.
  package struct Event: Codable, Sendable, Hashable {
    /// `jump`, `appear`, `vanish`, `merge`, `split` and others.
    package var kind: String
    package var cluster: Int?
    /// The cluster that it has become one with, that it parts from, or that it meets.
    package var into: Int?
    package var parent: Int?
    package var with: Int?

    package init(kind: String, cluster: Int?) { (self.kind, self.cluster) = (kind, cluster) }
  }

  /// What is wrong with the record; `nil` where it can be used.
  package var problem: String? {
    if let points, points < 0 { return "batch \(batch) of \(points) points" }
    let columns = centers.first?.count ?? 1
    if columns == 0 || centers.contains(where: { $0.count != columns }) {
      return "centers of different lengths, or of none"
    }
    let counts = [weights?.count, ids?.count].compactMap { $0 }
    if counts.contains(where: { $0 != centers.count }) {
      return "\(centers.count) centers and other numbers of weights or ids"
    }
    if let ids, Set(ids).count != ids.count { return "an id twice among \(ids)" }
    return weights?.allSatisfy { $0 >= 0 } ?? true ? nil : "a negative weight"
  }

  /// Whether something changes at once in this batch, from which a stream has to recover.
  package var hasChange: Bool {
    (events ?? []).contains { $0.isChange }
  }

  /// What changes at once, in words: `vanish of cluster 3`. Where several clusters do the same, how
  /// many these are.
  package var change: String? {
    let changes = (events ?? []).filter(\.isChange)
    var kinds: [String] = []
    for event in changes where !kinds.contains(event.kind) { kinds.append(event.kind) }
    let texts = kinds.map { kind in
      let same = changes.filter { $0.kind == kind }
      return same.count == 1 ? same[0].text : "\(kind) of \(counted(same.count, "cluster"))"
    }
    return texts.isEmpty ? nil : texts.joined(separator: ", ")
  }

  /// How far some centroids are from the truth: the root of the mean square, by the shares of the
  /// clusters, of the distances from each center to the nearest centroid.
  ///
  /// `nil` where there are no centroids or no centers.
  ///
  /// - Complexity: O(c k d).
  package func distance(of centroids: [[Double]]) -> Double? {
    var (sum, total) = (0.0, 0.0)
    for (place, center) in centers.enumerated() {
      let nearest = centroids.reduce(Double.infinity) { least, centroid in
        var square = 0.0
        for (a, b) in zip(center, centroid) { square += (a - b) * (a - b) }
        return min(least, square)
      }
      guard nearest.isFinite else { continue }
      let share = weights?[place] ?? 1
      sum += share * nearest
      total += share
    }
    return total > 0 ? (sum / total).squareRoot() : nil
  }
}

extension TruthRecord.Event {
  /// Whether it happens at once, so that a stream has to recover from it.
  var isChange: Bool { ["jump", "appear", "vanish", "merge", "split"].contains(kind) }

  /// The event in words: `merge of cluster 2 into cluster 0`.
  package var text: String {
    let others = [("into", into), ("from", parent), ("with", with)].compactMap { word, other in
      other.map { " \(word) cluster \($0)" }
    }
    return kind + (cluster.map { " of cluster \($0)" } ?? "") + others.joined()
  }
}
