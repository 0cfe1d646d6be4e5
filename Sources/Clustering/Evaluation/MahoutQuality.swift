/// The figures by which Mahout's qualcluster judges a clustering, in its own definitions, which are
/// not those of the textbooks: all of squared distances, over all centroids.
///
/// Mahout finds the nearest centroid by projections and misses it for every second point; here it
/// is the nearest one, so that its figures are larger than these. Quartiles are exact, where
/// Mahout's are those of a sketch (t-digest).
public struct MahoutQuality: Sendable, Hashable, Codable {
  /// The mean over the centroids of the largest (m_i + m_j) / d_ij, where m is the weighted mean of
  /// the squared distances of the points of a cluster, 0 for one without points, and d the squared
  /// distance of two centroids. From 0, smaller is better.
  ///
  /// `nil` for one centroid, and where it is infinite, as Mahout prints it: where two centroids are
  /// at one place.
  public let daviesBouldin: Double?
  /// The smallest squared distance of two centroids over the largest median of the squared
  /// distances of a cluster's points. From 0, larger is better.
  ///
  /// `nil` for one centroid, and where every median is 0.
  public let dunn: Double?
  /// The largest squared distance of a point to its centroid, in clusters of at least two points;
  /// `nil` where there are none.
  public let largestDistance: Double?

  /// - Parameters:
  ///   - clusters: the cluster of each centroid.
  ///   - centroids: all of them, in the units of the distances [k x d].
  /// - Complexity: O(k^2 d).
  init<Scalar: ClusteringScalar>(
    _ clusters: [ClusterQuality.Cluster], centroids: Matrix<Scalar>, _ execution: Execution
  ) {
    let spreads = clusters.map(\.squaredDistances)
    largestDistance = zip(clusters, spreads).lazy.filter { $0.0.count > 1 }
      .compactMap { $0.1?.maximum }.max()
    guard clusters.count > 1 else {
      (daviesBouldin, dunn) = (nil, nil)
      return
    }
    let median = spreads.lazy.compactMap { $0?.median }.max() ?? 0
    let (index, smallest) = centroids.withRows { centroids in
      let separation = Separation(centroids, execution)
      return (
        separation.daviesBouldin(squareSpreads: spreads.map { $0?.mean ?? 0 }),
        separation.smallestSquare
      )
    }
    daviesBouldin = index.isFinite ? index : nil
    let ratio = smallest / median
    dunn = median > 0 && ratio.isFinite ? ratio : nil
  }

  /// The figures of points of which labels and distances are known, such as those of several files.
  ///
  /// - Parameters:
  ///   - labels: the cluster of each point, -1 for none; such points are left out.
  ///   - squared: the squared distance of each point to its centroid.
  ///   - weights: one a point, 0 for one that is left out; `nil` for 1 each.
  ///   - centroids: those of the labels, in the units of the distances [k x d].
  /// - Throws: ``ClusteringError`` where a label is wrong, or no point has one.
  /// - Complexity: O(n log n + k^2 d), and memory for 28 bytes a point.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  package init<Scalar: ClusteringScalar>(
    labels: [Int32], squared: [Double], weights: [Double]?, centroids: Matrix<Scalar>,
    execution: Execution
  ) throws(ClusteringError) {
    let groups = try LabelGroups(labels, clusters: centroids.rows) { weights?[$0] ?? 1 }
    let (found, foundWeights) =
      groups.rows.map { rows in
        (rows.map { squared[$0] }, weights.map { weights in rows.map { weights[$0] } })
      } ?? (squared, weights)
    let sorted = (foundWeights ?? []).withUnsafeBufferPointer {
      SortedDistances(
        found, weights: foundWeights == nil ? nil : $0.baseAddress, groups: groups.groups,
        count: groups.count, threads: execution.threadCount)
    }
    var clusters = ClusterQuality.Cluster.none(centroids.rows)
    for (group, members, squares) in sorted.map({ ($0, $1.count, $2) }) {
      let label = groups.labels[group]
      clusters[Int(label)] = ClusterQuality.Cluster(
        label: label, count: members, weight: 0, distances: nil, squaredDistances: squares)
    }
    self.init(clusters, centroids: centroids, execution)
  }
}

extension ClusterQuality.Cluster {
  /// Clusters without points, by their labels from 0.
  static func none(_ count: Int) -> [Self] {
    (0..<count).map {
      Self(label: Int32($0), count: 0, weight: 0, distances: nil, squaredDistances: nil)
    }
  }
}
