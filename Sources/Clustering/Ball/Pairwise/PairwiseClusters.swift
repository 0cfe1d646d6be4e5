/// Clusters of few points round centroids that move, by a distance that is no squared Euclidean
/// one: to the means of what lies in their balls, or of all their points. The mean minimises no
/// such sum, so a step is taken only where all points then cost no more.
struct PairwiseClusters {
  private let points: PairwisePoints
  private let refillsEmpty: Bool
  private(set) var centroids: Matrix<Double>
  private(set) var labels: [Int32]
  /// The distance of each point to its centroid in the last assignment [n].
  private(set) var distances: [Double]
  /// The weight of the points that were kept in each cluster [k].
  private(set) var weights: [Double]
  /// What all points cost in the last assignment, trimmed or not.
  private(set) var cost = 0.0
  /// The distances below which points are kept; `nil` where all are.
  private var limits: [Double]?
  private var moved = 0

  init(_ points: PairwisePoints, _ centroids: Matrix<Double>, refillsEmpty: Bool) {
    self.points = points
    self.refillsEmpty = refillsEmpty
    self.centroids = centroids
    labels = Array(repeating: -1, count: points.count)
    distances = Array(repeating: 0, count: points.count)
    weights = Array(repeating: 0, count: centroids.rows)
  }

  /// Assigns all points, and weighs those within limits.
  mutating func assign(limits: [Double]? = nil) throws(ClusteringError) {
    try ClusteringError.checkCancellation()
    let found = points.assign(to: centroids)
    moved = zip(labels, found.labels).count { $0 != $1 }
    (labels, distances) = found
    self.limits = limits
    cost = points.cost(distances)
    weigh()
  }

  /// Takes steps until no label changes, or one would raise the cost of all points, which is not
  /// taken; then, all points are assigned to the centroids as they are.
  ///
  /// - Parameters:
  ///   - trimFraction: the share of the distance to the next centroid within which points count;
  ///     `nil` where all do.
  ///   - refusesRises: whether the cost ends it.
  mutating func takeSteps(
    atMost limit: Int, trimFraction: Double?, refusesRises: Bool
  ) throws(ClusteringError) -> (count: Int, converged: Bool) {
    for step in 0..<limit {
      try assign(limits: trimFraction.map { trimLimits(fraction: $0) })
      let isFirst = step == 0
      if !isFirst, moved == 0 { return (step, true) }
      let before = self
      moveToMeans()
      guard refusesRises else { continue }
      var next = self
      try next.assign()
      if !(next.cost <= before.cost) {
        self = before
        return (step, false)
      }
    }
    return (limit, false)
  }

  /// The distance from each centroid below which points are in its ball: `fraction` times the
  /// distance to the nearest other one. Twins are one centroid, and without others the ball is
  /// everything; what lies on a centroid is in its ball.
  ///
  /// - Complexity: O(k^2 d).
  private func trimLimits(fraction: Double) -> [Double] {
    centroids.withRows { rows in
      (0..<rows.count).map { centroid in
        var least = Double.infinity
        for other in 0..<rows.count {
          let distance = points.distance(rows[centroid], rows[other], rows.columns)
          if distance > 0 { least = min(least, distance) }
        }
        return least.isFinite ? max(.leastNonzeroMagnitude, fraction * least) : least
      }
    }
  }

  private func isKept(_ row: Int) -> Bool {
    guard let limits else { return true }
    return distances[row] < limits[Int(labels[row])]
  }

  private mutating func weigh() {
    weights = Array(repeating: 0, count: weights.count)
    for row in labels.indices where isKept(row) { weights[Int(labels[row])] += points.weights[row] }
  }

  /// Moves the centroids to the weighted means of what was kept, summed in the order of the points,
  /// after empty clusters were refilled.
  private mutating func moveToMeans() {
    if refillsEmpty { refill() }
    let columns = centroids.columns
    var sums = [Double](repeating: 0, count: weights.count * columns)
    for row in labels.indices where isKept(row) && points.weights[row] > 0 {
      let first = Int(labels[row]) * columns
      for column in 0..<columns {
        sums[first + column] += points.weights[row] * points.rows[row, column]
      }
    }
    for cluster in weights.indices where weights[cluster] > 0 {
      for column in 0..<columns {
        centroids[cluster, column] = sums[cluster * columns + column] / weights[cluster]
      }
    }
  }

  /// Gives each empty cluster the point that costs most and leaves some weight where it was, the
  /// first on ties; then all points are as far as the nearest of their centroid and that one.
  private mutating func refill() {
    let empty = weights.indices.filter { weights[$0] <= 0 }
    guard !empty.isEmpty else { return }
    var far = distances
    for cluster in empty {
      var (farthest, most) = (-1, 0.0)
      for row in labels.indices where points.cost(row, far[row]) > most {
        if isKept(row), weights[Int(labels[row])] <= points.weights[row] { continue }
        (farthest, most) = (row, points.cost(row, far[row]))
      }
      guard farthest >= 0 else { break }
      (labels[farthest], distances[farthest]) = (Int32(cluster), 0)
      weigh()
      far = zip(far, points.distances(to: farthest)).map { min($0, $1) }
    }
  }
}
