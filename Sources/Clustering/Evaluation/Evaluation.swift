/// The evaluation of labelled rows, of which the arguments have been checked: one visit of the rows
/// for the means of the clusters, one for the nearest centroids, one for the sums that take both.
struct Evaluation<Scalar: ClusteringScalar> {
  private let points: WeightedRows<Scalar>
  private let groups: LabelGroups
  private let execution: Execution
  /// The pass over the rows, for the caller's number of clusters, so that sums are the bits of a
  /// fit.
  private let pass: RowPass<WeightedRows<Scalar>>
  private let moments: ClusterMoments<Scalar>
  private let nearest: NearestCentroids<Scalar>

  /// - Parameter centroids: those of all labels; `nil` for the means of the points.
  init(
    _ points: WeightedRows<Scalar>, _ groups: LabelGroups, centroids: Matrix<Scalar>?,
    _ execution: Execution
  ) {
    self.points = points
    self.groups = groups
    self.execution = execution
    pass = RowPass(
      points, clusters: centroids?.rows ?? groups.count, threads: execution.threadCount)
    let none = ClusterMoments<Scalar>(clusters: groups.count, columns: points.rows.columns)
    moments = groups.groups.withUnsafeBufferPointer { [pass] labels in
      pass.reduce(labels: labels.baseAddress!, into: none)
    }
    let used = centroids?.withRows { $0.matrix(of: groups.labels.map(Int.init)) }
    nearest = NearestCentroids(
      used ?? moments.centroids(), centering: Centering(medianOf: points.rows),
      strategy: execution.strategy, instructionSet: execution.kernels)
  }

  /// The squared distance of each row to the nearest centroid of another cluster: the second
  /// nearest where its own is the nearest, else the nearest.
  private func otherDistances() -> [Double] {
    var labels = [Int32](repeating: -1, count: points.count)
    var distances = [Double](repeating: 0, count: points.count)
    var second = distances
    labels.withUnsafeMutableBufferPointer { labels in
      distances.withUnsafeMutableBufferPointer { distances in
        second.withUnsafeMutableBufferPointer { second in
          _ = pass.assign(
            nearest,
            into: Assignment(
              labels: labels.baseAddress!, distances: distances.baseAddress!,
              secondDistances: second.baseAddress!))
        }
      }
    }
    for row in second.indices where labels[row] != groups.groups[row] {
      second[row] = distances[row]
    }
    return second
  }

  private func distances(_ own: [Double], _ other: [Double]?) -> OwnDistances<Scalar> {
    // Distances are 0, or not far below 1e-140: closer rows are refused.
    let areTiny = WeightScales.areNeeded(
      weights: moments.weights, smallest: SumLimits.difference)
    let scales = areTiny ? WeightScales(weights: moments.weights) : nil
    let total = areTiny ? WeightScales(weights: [moments.weights.reduce(0, +)]) : nil
    return own.withUnsafeBufferPointer { own in
      moments.means.withUnsafeBufferPointer { means in
        groups.groups.withUnsafeBufferPointer { labels in
          (other ?? []).withUnsafeBufferPointer { buffer in
            pass.reduce(
              labels: labels.baseAddress!,
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
  func measures() -> Measures {
    let undefined = UndefinedQuality(clusters: groups.count, points: points.count)
    let own = distancesToOwn()
    let found = distances(own, undefined == nil ? otherDistances() : nil)
    let weight = moments.weights.reduce(0, +)
    var measures = Measures(inertia: found.inertia, weight: weight)
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

  /// The squared distance of each row to the centroid of its cluster.
  private func distancesToOwn() -> [Double] {
    do throws(ClusteringError) {
      return try InMemoryPoints(points, execution)
        .distances(to: nearest, labels: groups.groups)
    } catch {
      preconditionFailure("rows in memory can be read: \(error)")
    }
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

extension Evaluation {
  /// The results of ``Evaluation/measures()``.
  struct Measures {
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

    /// Puts each cluster where its centroid is among all; those without points are empty.
    mutating func name(clusters count: Int) {
      var all = ClusterQuality.Cluster.none(count)
      for cluster in clusters { all[Int(cluster.label)] = cluster }
      clusters = all
    }
  }

  /// Checks the arguments that all evaluations have.
  static func check(
    _ points: borrowing MatrixView<Scalar>, _ labels: [Int32], sample: Int
  ) throws(ClusteringError) {
    guard sample > 0 else { throw .sampleNotPositive(sample) }
    guard points.rows > 0 else { throw .noPoints }
    guard labels.count == points.rows else {
      throw .labelCountMismatch(labels: labels.count, points: points.rows)
    }
  }
}
