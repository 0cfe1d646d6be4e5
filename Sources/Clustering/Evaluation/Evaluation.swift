/// The evaluation of labelled rows, of which the arguments have been checked: one visit of the rows
/// for the means of the clusters, one for the nearest centroids, one for the sums that take both.
struct Evaluation<Source: PointSource> where Source.Failure == ClusteringError {
  typealias Scalar = Source.Scalar

  private let points: Source
  private let groups: LabelGroups
  /// The caller's number of clusters: sums in its stripes are the bits of a fit.
  private let clusters: Int
  private let moments: ClusterMoments<Scalar>
  private let nearest: NearestCentroids<Scalar>
  private var execution: Execution { points.execution }

  /// - Parameters:
  ///   - points: those that are evaluated alone.
  ///   - centroids: those of all labels; `nil` for the means of the points.
  init(
    _ points: Source, _ groups: LabelGroups, centroids: Matrix<Scalar>?
  ) throws(ClusteringError) {
    self.points = points
    self.groups = groups
    let clusters = centroids?.rows ?? groups.count
    self.clusters = clusters
    moments = try groups.groups.withUnsafeBufferPointer { (labels) throws(ClusteringError) in
      try points.reduce(
        clusters: clusters, labels: labels.baseAddress!,
        into: ClusterMoments(clusters: groups.count, columns: points.columns))
    }
    let used = centroids?.withRows { $0.matrix(of: groups.labels.map(Int.init)) }
    nearest = NearestCentroids(
      used ?? moments.centroids(), centering: try points.centering(),
      strategy: points.execution.strategy, instructionSet: points.execution.kernels)
  }

  /// The squared distance of each row to the nearest centroid of another cluster: the second
  /// nearest where its own is the nearest, else the nearest.
  private func otherDistances() throws(ClusteringError) -> [Double] {
    var labels = [Int32](repeating: -1, count: points.count)
    var distances = [Double](repeating: 0, count: points.count)
    var second = distances
    try labels.withUnsafeMutableBufferPointer { (labels) throws(ClusteringError) in
      try distances.withUnsafeMutableBufferPointer { (distances) throws(ClusteringError) in
        try second.withUnsafeMutableBufferPointer { (second) throws(ClusteringError) in
          _ = try points.assign(
            nearest,
            into: Assignment(
              labels: labels.baseAddress!, distances: distances.baseAddress!,
              secondDistances: second.baseAddress!),
            adding: StripeSum(EmptyReduction<Scalar>()),
            stripeRows: Stripes.rows(clusters: clusters))
        }
      }
    }
    for row in second.indices where labels[row] != groups.groups[row] {
      second[row] = distances[row]
    }
    return second
  }

  private func distances(
    _ own: [Double], _ other: [Double]?
  ) throws(ClusteringError) -> OwnDistances<Scalar> {
    // Distances are 0, or not far below 1e-140: closer rows are refused.
    let areTiny = WeightScales.areNeeded(
      weights: moments.weights, smallest: SumLimits.difference)
    let scales = areTiny ? WeightScales(weights: moments.weights) : nil
    let total = areTiny ? WeightScales(weights: [moments.weights.reduce(0, +)]) : nil
    return try own.withUnsafeBufferPointer { (own) throws(ClusteringError) in
      try moments.means.withUnsafeBufferPointer { (means) throws(ClusteringError) in
        try groups.groups.withUnsafeBufferPointer { (labels) throws(ClusteringError) in
          try (other ?? []).withUnsafeBufferPointer { (buffer) throws(ClusteringError) in
            try points.reduce(
              clusters: clusters, labels: labels.baseAddress!,
              into: OwnDistances(
                OwnDistances.Found(
                  own: own.baseAddress!, other: other == nil ? nil : buffer.baseAddress,
                  means: means.baseAddress!, counts: moments.counts, scales: scales,
                  totalScale: total)))
          }
        }
      }
    }
  }

  /// All measures but the silhouette of a sample.
  func measures() throws(ClusteringError) -> QualityMeasures {
    let undefined = UndefinedQuality(clusters: groups.count, points: points.count)
    let own = try points.distances(to: nearest, labels: groups.groups)
    let found = try distances(own, undefined == nil ? try otherDistances() : nil)
    let weight = moments.weights.reduce(0, +)
    var measures = QualityMeasures(inertia: found.inertia, weight: weight)
    measures.clusters = summaries(own, found)
    measures.undefined = undefined
    measures.centroidDunn = centroidDunn(found.means)
    guard undefined == nil else { return measures }
    measures.daviesBouldin = daviesBouldin(found.spreads(weights: moments.weights))
    measures.calinskiHarabasz = calinskiHarabasz(weight)
    measures.simplifiedSilhouette = found.silhouette(weight: weight)
    return measures
  }

  /// Mahout's figures of clusters that were measured.
  ///
  /// - Parameters:
  ///   - clusters: one for each of the centroids.
  ///   - centroids: those that were given; `nil` for the means of the points.
  func mahout(
    _ clusters: [ClusterQuality.Cluster], centroids: Matrix<Scalar>?
  ) -> MahoutQuality {
    MahoutQuality(clusters, centroids: centroids ?? nearest.centroids, execution)
  }

  private func centroidDunn(_ means: [Double]) -> Double? {
    guard groups.count > 1, let largest = means.max(), largest > 0 else { return nil }
    let smallest = nearest.centroids.withRows {
      Separation($0, execution).smallest
    }
    return finite(smallest / largest)
  }

  private func daviesBouldin(_ spreads: [Double]) -> Double? {
    moments.means.withUnsafeBufferPointer { means in
      let rows = Rows(
        base: means.baseAddress!, count: groups.count, columns: moments.columns,
        stride: moments.columns)
      let separation = Separation(rows, execution)
      return finite(separation.daviesBouldin(spreads: spreads))
    }
  }

  private func calinskiHarabasz(_ weight: Double) -> Double? {
    let within = moments.deviations.reduce(0, +)
    let clusters = Double(groups.count)
    guard within > 0 else { return 1 }
    guard weight > clusters else { return nil }
    return finite(moments.squaresBetween * (weight - clusters) / (within * (clusters - 1)))
  }

  /// Distances so small that a ratio overflows have no index.
  private func finite(_ value: Double) -> Double? { value.isFinite ? value : nil }

  private func summaries(_ own: [Double], _ found: OwnDistances<Scalar>) -> [ClusterQuality.Cluster]
  {
    let deviations = found.standardDeviations
    return SortedDistances(
      own, weights: points.weights, groups: groups.groups, count: groups.count,
      threads: execution.threadCount
    )
    .map { group, sorted, squares in
      ClusterQuality.Cluster(
        label: groups.labels[group], count: moments.counts[group],
        weight: moments.weights[group],
        distances: DistanceSummary(
          mean: found.means[group], standardDeviation: deviations[group], squares: sorted),
        squaredDistances: squares)
    }
  }
}

/// The results of ``Evaluation/measures()``.
struct QualityMeasures {
  let inertia: Double
  let weight: Double
  var clusters: [ClusterQuality.Cluster] = []
  var daviesBouldin: Double?
  var calinskiHarabasz: Double?
  var centroidDunn: Double?
  var simplifiedSilhouette: Double?
  var undefined: UndefinedQuality?
  var mahout: MahoutQuality?

  init(inertia: Double, weight: Double) {
    self.inertia = inertia
    self.weight = weight
  }

  /// Checks the arguments that all evaluations have.
  static func check(
    _ labels: [Int32], rows: Int, sample: Int
  ) throws(ClusteringError) {
    guard sample > 0 else { throw .sampleNotPositive(sample) }
    guard rows > 0 else { throw .noPoints }
    guard labels.count == rows else {
      throw .labelCountMismatch(labels: labels.count, points: rows)
    }
  }

  /// Puts each cluster where its centroid is among all; those without points are empty.
  mutating func name(clusters count: Int) {
    var all = ClusterQuality.Cluster.none(count)
    for cluster in clusters { all[Int(cluster.label)] = cluster }
    clusters = all
  }
}
