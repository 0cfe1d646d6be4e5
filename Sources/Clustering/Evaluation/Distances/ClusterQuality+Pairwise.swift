// The evaluation of models whose distance is no squared Euclidean one: sums and distributions of
// distances. The indices compare means, or squares, and are not defined.
extension ClusterQuality {
  /// Evaluates labelled rows by their distances.
  ///
  /// - Parameters:
  ///   - points: transformed, checked.
  ///   - labels: the cluster of each row, -1 for none.
  /// - Complexity: O(n d + n log n).
  init<Source: PointSource>(
    _ points: Source, labels: [Int32], _ nearest: PairwiseCentroids<Source.Scalar>
  ) throws(ClusteringError) where Source.Failure == ClusteringError {
    let groups = try LabelGroups(labels, clusters: nearest.clusters, weight: points.weight)
    try ClusteringError.checkCancellation()
    var distances = [Double](repeating: 0, count: points.count)
    try distances.withUnsafeMutableBufferPointer { (distances) throws(ClusteringError) in
      try labels.withUnsafeBufferPointer { (labels) throws(ClusteringError) in
        _ = try points.reduce(
          clusters: nearest.clusters, labels: labels.baseAddress!,
          into: OwnPairwiseDistances(nearest: nearest, distances: distances.baseAddress!))
      }
    }
    let rows = groups.rows ?? Array(0..<points.count)
    let weights = rows.map { points.weight($0) }
    var sums = DistanceSums(count: groups.count)
    for (place, row) in rows.enumerated() {
      sums.add(distances[row], weights[place], to: Int(groups.groups[place]))
    }
    // What is sorted and summed up are the distances themselves, where others have squares.
    let sorted = weights.withUnsafeBufferPointer { weights in
      SortedDistances(
        rows.map { distances[$0] }, weights: weights.baseAddress, groups: groups.groups,
        count: groups.count, threads: points.threads)
    }
    var clusters = (0..<nearest.clusters).map {
      Cluster(label: Int32($0), count: 0, weight: 0, distances: nil, squaredDistances: nil)
    }
    for cluster in sorted.map({ sums.cluster($0, label: groups.labels[$0], $2) }) {
      clusters[Int(cluster.label)] = cluster
    }
    self.init(
      points: rows.count, leftOut: points.count - rows.count, dimension: points.columns,
      weight: sums.weights.reduce(0, +), sum: sums.total, clusters: clusters)
  }

  /// What is known where no index is defined.
  private init(
    points: Int, leftOut: Int, dimension: Int, weight: Double, sum: Double, clusters: [Cluster]
  ) {
    (self.points, self.leftOut, self.dimension) = (points, leftOut, dimension)
    (self.weight, inertia, self.clusters) = (weight, sum, clusters)
    (daviesBouldin, calinskiHarabasz, centroidDunn) = (nil, nil, nil)
    (simplifiedSilhouette, silhouette, silhouetteSample) = (nil, nil, 0)
    (undefined, silhouetteUndefined) = (.otherDistance, .otherDistance)
    (calinskiHarabaszUndefined, mahout) = (nil, nil)
  }
}

extension KMeansModel {
  /// The quality of labelled points by a distance that is no squared Euclidean one.
  func quality(
    _ points: borrowing MatrixView<Scalar>, labels: [Int32], _ weights: borrowing Span<Double>?,
    sample: Int, _ nearest: PairwiseCentroids<Scalar>, _ execution: Execution
  ) throws(ClusteringError) -> ClusterQuality {
    try QualityMeasures.check(labels, rows: points.rows, sample: sample)
    guard points.columns == dimension else {
      throw .dimensionMismatch(found: points.columns, expected: dimension)
    }
    let map = RowMap<Scalar>(transform, columns: dimension, instructionSet: execution.kernels)
    let mapped = map?.mapped(Matrix(points))
    try points.withRows { (rows) throws(ClusteringError) in
      try WeightedRows(rows: rows).checkFinite(execution, map: map)
    }
    guard let mapped else {
      return try points.withWeightedRows(weights) { (points) throws(ClusteringError) in
        try ClusterQuality(InMemoryPoints(points, execution), labels: labels, nearest)
      }
    }
    return try mapped.view.withWeightedRows(weights) { (points) throws(ClusteringError) in
      try ClusterQuality(InMemoryPoints(points, execution), labels: labels, nearest)
    }
  }
}

/// The weights of the clusters, and the weighted sum of the distances of all points, in the order
/// of the rows.
private struct DistanceSums {
  private(set) var weights: [Double]
  private(set) var total = 0.0
  private var counts: [Int]

  init(count: Int) {
    weights = Array(repeating: 0, count: count)
    counts = Array(repeating: 0, count: count)
  }

  mutating func add(_ distance: Double, _ weight: Double, to group: Int) {
    total += weight * distance
    counts[group] += 1
    weights[group] += weight
  }

  func cluster(
    _ group: Int, label: Int32, _ distances: DistanceSummary?
  ) -> ClusterQuality.Cluster {
    ClusterQuality.Cluster(
      label: label, count: counts[group], weight: weights[group], distances: distances,
      squaredDistances: nil)
  }
}
