/// The sums over the distances of the rows to their centroids and to the next ones.
///
/// `@unchecked Sendable`: it reads results of earlier passes over the same rows, which their owner
/// keeps alive until the pass ends.
struct OwnDistances<Scalar: ClusteringScalar>: RowReduction, @unchecked Sendable {
  /// The results of earlier passes for each row.
  struct Found {
    /// The squared distance to the centroid of its cluster.
    let own: UnsafePointer<Double>
    /// The squared distance to the nearest centroid of another cluster; `nil` where there is none.
    let other: UnsafePointer<Double>?
    /// The mean of each cluster [k x d].
    let means: UnsafePointer<Double>
    /// The number of rows of each cluster.
    let counts: [Int]
    /// The factors of the weights of each cluster that keep products with distances from underflow;
    /// `nil`, as nearly always, where the weights stay as they are.
    let scales: WeightScales?
    /// The same for sums over all clusters.
    let totalScale: WeightScales?
  }

  private let found: Found
  private var weights: [Double]
  private var squares: [Double]
  /// The weighted sum of the squared distances to the centroids.
  var inertia: Double { inertiaSum.total }
  private var inertiaSum = InertiaSum()
  /// The weighted sum over the rows of (b - a) / max(a, b), in the unit of the weight of all.
  private var silhouettes = 0.0
  /// The weighted mean distance of each cluster's rows to its centroid.
  private(set) var means: [Double]
  /// The weighted sum of the distances of each cluster's rows to its mean, in the unit of its
  /// weight.
  private var distancesToMeans: [Double]

  init(_ found: Found) {
    self.found = found
    weights = Array(repeating: 0, count: found.counts.count)
    squares = weights
    means = weights
    distancesToMeans = weights
  }

  var needsDistances: Bool { false }
  func empty() -> OwnDistances { OwnDistances(found) }
  mutating func reset() { self = empty() }

  /// The weighted standard deviation of each cluster's distances to its centroid.
  var standardDeviations: [Double] {
    // If nearly all weight comes last, rounding can leave a sum of squares a little below zero.
    weights.indices.map { max(0, squares[$0] / weights[$0]).squareRoot() }
  }

  /// The weighted mean of the distances of each cluster's rows to its mean.
  func spreads(weights: [Double]) -> [Double] {
    weights.indices.map {
      distancesToMeans[$0] / (found.scales?.scaled(weights[$0], of: $0) ?? weights[$0])
    }
  }

  /// The mean of (b - a) / max(a, b), which rounding must not carry out of its range.
  func silhouette(weight: Double) -> Double {
    let mean = silhouettes / (found.totalScale?.scaled(weight, of: 0) ?? weight)
    return min(max(mean, -1), 1)
  }

  mutating func accumulate(_ block: LabeledRows<Scalar>) {
    inertiaSum.add(
      found.own + block.first, block.points.weights, first: block.first, count: block.points.count)
    for row in 0..<block.points.count {
      let cluster = Int(block.labels[row])
      let given = block.points.weight(row)
      let weight = found.scales?.scaled(given, of: cluster) ?? given
      let own = found.own[block.first + row]
      add(own.squareRoot(), weight, to: cluster)
      if let other = found.other, found.counts[cluster] > 1 {
        let share = found.totalScale?.scaled(given, of: 0) ?? given
        silhouettes += share * Self.silhouette(own, other[block.first + row])
      }
      distancesToMeans[cluster] += weight * distanceToMean(block.points.rows[row], cluster, block)
    }
  }

  /// (b - a) / max(a, b) of two squared distances.
  private static func silhouette(_ own: Double, _ other: Double) -> Double {
    let (a, b) = (own.squareRoot(), other.squareRoot())
    return max(a, b) > 0 ? (b - a) / max(a, b) : 0
  }

  private mutating func add(_ distance: Double, _ weight: Double, to cluster: Int) {
    // Beside far larger ones a scaled weight may vanish.
    guard weight > 0 else { return }
    weights[cluster] += weight
    let deviation = distance - means[cluster]
    means[cluster] += weight / weights[cluster] * deviation
    squares[cluster] += weight * deviation * (distance - means[cluster])
  }

  private func distanceToMean(
    _ values: UnsafePointer<Scalar>, _ cluster: Int, _ block: LabeledRows<Scalar>
  ) -> Double {
    let columns = block.points.rows.columns
    let mean = found.means + cluster * columns
    var sum = 0.0
    for column in 0..<columns {
      let difference = Double(values[column]) - mean[column]
      sum += difference * difference
    }
    return sum.squareRoot()
  }

  mutating func merge(_ later: borrowing OwnDistances) {
    inertiaSum.merge(later.inertiaSum)
    silhouettes += later.silhouettes
    for cluster in weights.indices where later.weights[cluster] > 0 {
      let total = weights[cluster] + later.weights[cluster]
      let share = later.weights[cluster] / total
      let difference = later.means[cluster] - means[cluster]
      means[cluster] += share * difference
      squares[cluster] +=
        later.squares[cluster] + difference * difference * weights[cluster] * share
      weights[cluster] = total
      distancesToMeans[cluster] += later.distancesToMeans[cluster]
    }
  }
}
