/// Ball k-means from given centers, from its definition: one loop after another.
///
/// Centers are rounded to a type after each step, as the product keeps them. Sums are taken in row
/// order, which is the product's order up to 1,024 rows.
public struct ReferenceBalls {
  private let points: [[Double]]
  private let weights: [Double]
  private let rounded: (Double) -> Double
  /// The trim limit in units of the distance to the nearest other center; `nil` trims no point.
  public var trimFraction: Double?
  /// Whether clusters without weight get a point.
  public var refills = true
  /// The centers of the clusters [k x d].
  public private(set) var centers: [[Double]]
  /// The nearest center of each point, or the cluster that it was moved into.
  public private(set) var labels: [Int]
  /// The weight of the points of the last step in each cluster, without those that were trimmed
  /// [k].
  public private(set) var keptWeights: [Double]
  /// The number of points that were trimmed in the last step.
  public private(set) var trimmed = 0
  /// The number of clusters that got a point, in all steps.
  public private(set) var refilled = 0

  /// Clusters before the first step.
  public init<Scalar: BinaryFloatingPoint>(
    _ points: [[Double]], weights: [Double]?, centers: [[Double]], of type: Scalar.Type
  ) {
    self.points = points
    self.weights = weights ?? Array(repeating: 1, count: points.count)
    self.centers = centers
    rounded = { Double(Scalar($0)) }
    labels = Array(repeating: -1, count: points.count)
    keptWeights = Array(repeating: 0, count: centers.count)
  }

  /// The squared radius of a cluster's ball. Centers that are equal are one.
  private func limit(_ cluster: Int) -> Double {
    guard let trimFraction else { return .infinity }
    let others = centers.filter { $0 != centers[cluster] }
    let nearest = others.map { Reference.squaredDistance($0, centers[cluster]) }.min()
    guard let nearest else { return .infinity }
    return max(.leastNonzeroMagnitude, trimFraction * trimFraction * nearest)
  }

  /// Assigns, trims, refills and moves.
  ///
  /// - Returns: whether a label changed or a cluster was refilled.
  public mutating func step() -> Bool {
    let found = points.map { Reference.nearest($0, centers) }
    let changed = found != labels
    labels = found
    let limits = centers.indices.map { limit($0) }
    var own = points.indices.map { Reference.squaredDistance(points[$0], centers[labels[$0]]) }
    keptWeights = Array(repeating: 0, count: centers.count)
    for row in points.indices where own[row] < limits[labels[row]] {
      keptWeights[labels[row]] += weights[row]
    }
    let before = refilled
    if refills { refill(&own, limits) }
    let kept = points.indices.filter { own[$0] < limits[labels[$0]] }
    trimmed = points.count - kept.count
    move(kept)
    return changed || refilled > before
  }

  /// Each cluster without weight gets the point with the largest weighted distance that leaves some
  /// weight where it was, and so on with the distances to the points given so far, too.
  private mutating func refill(_ own: inout [Double], _ limits: [Double]) {
    var far = own
    for cluster in centers.indices.filter({ keptWeights[$0] == 0 }) {
      var farthest: Int?
      var largest = 0.0
      for row in points.indices where weights[row] * far[row] > largest {
        let counts = own[row] < limits[labels[row]]
        if counts, keptWeights[labels[row]] <= weights[row] { continue }
        (farthest, largest) = (row, weights[row] * far[row])
      }
      guard let row = farthest else { return }
      if own[row] < limits[labels[row]] { keptWeights[labels[row]] -= weights[row] }
      (labels[row], own[row]) = (cluster, 0)
      keptWeights[cluster] += weights[row]
      refilled += 1
      for other in points.indices {
        far[other] = min(far[other], Reference.squaredDistance(points[other], points[row]))
      }
    }
  }

  /// Moves centers to the means of the rows that were kept.
  private mutating func move(_ kept: [Int]) {
    var sums = centers.map { $0.map { _ in 0.0 } }
    keptWeights = Array(repeating: 0, count: centers.count)
    for row in kept {
      keptWeights[labels[row]] += weights[row]
      for column in points[row].indices {
        sums[labels[row]][column] += weights[row] * points[row][column]
      }
    }
    for cluster in centers.indices where keptWeights[cluster] > 0 {
      centers[cluster] = sums[cluster].map { rounded($0 / keptWeights[cluster]) }
    }
  }

  /// Takes steps until no label changes.
  ///
  /// - Returns: the number of steps, and whether it stopped by itself.
  public mutating func run(atMost limit: Int) -> (steps: Int, converged: Bool) {
    for step in 0..<limit where !self.step() { return (step + 1, true) }
    return (limit, false)
  }

  /// The weight of the points in the balls of the centers [k].
  private func ballWeights() -> [Double] {
    var sums = centers.map { _ in 0.0 }
    for (row, point) in points.enumerated() {
      let cluster = Reference.nearest(point, centers)
      guard Reference.squaredDistance(point, centers[cluster]) < limit(cluster) else { continue }
      sums[cluster] += weights[row]
    }
    return sums
  }

  /// Takes steps until no label changes, or one would raise the cost of all points: that one is not
  /// taken.
  ///
  /// - Returns: the number of steps that were taken.
  public mutating func runWithoutRise(atMost limit: Int) -> Int {
    for step in 0..<limit {
      let (before, cost) = (self, cost(points, weights: weights))
      let isMore = self.step()
      guard self.cost(points, weights: weights) <= cost else {
        self = before
        keptWeights = ballWeights()
        return step
      }
      if !isMore { return step + 1 }
    }
    return limit
  }

  /// The weighted cost of points with the centers, each with its nearest.
  public func cost(_ points: [[Double]], weights: [Double]?) -> Double {
    let labels = points.map { Reference.nearest($0, centers) }
    return Reference.inertia(points, labels, centers, weights: weights)
  }
}
