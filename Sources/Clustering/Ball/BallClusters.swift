/// Clusters of some points round centroids that move: to the means of what lies in their balls, or,
/// where nothing is trimmed, of all their points.
struct BallClusters<Scalar: ClusteringScalar> {
  private let points: InMemoryPoints<Scalar>
  private let refillsEmpty: Bool
  /// The smallest magnitude of a value but 0; nothing where every weight is 1.
  private let smallestValue: Double?
  private(set) var nearest: NearestCentroids<Scalar>
  private(set) var labels: [Int32]
  /// The sums over the points that were kept in the last assignment, or since then were moved into
  /// empty clusters.
  private(set) var sums: ClusterSums<Scalar>
  /// What all points cost in the last assignment, trimmed or not.
  private(set) var cost = 0.0
  /// The squared distances below which points were kept; nothing where all were.
  private var limits: [Double]?
  /// The squared distances of the points to their centroids where some were moved into empty
  /// clusters since then, and others are trimmed.
  private var movedDistances: [Double]?
  /// How many labels the last assignment changed.
  private var moved = 0
  private var isAssigned = false

  init(
    _ points: InMemoryPoints<Scalar>, nearest: NearestCentroids<Scalar>, refillsEmpty: Bool,
    smallestValue: Double?
  ) {
    self.points = points
    self.smallestValue = smallestValue
    self.nearest = nearest
    self.refillsEmpty = refillsEmpty
    labels = Array(repeating: -1, count: points.count)
    sums = Self.noSums(nearest)
  }

  private static func noSums(
    _ nearest: NearestCentroids<Scalar>, withInertia: Bool = true
  ) -> ClusterSums<Scalar> {
    ClusterSums(
      clusters: nearest.centroids.rows, columns: nearest.centroids.columns,
      withInertia: withInertia, instructionSet: nearest.instructionSet)
  }

  /// Takes trimmed steps until no label changes.
  ///
  /// The centroids move in the last step, too: the balls may have changed where no label did.
  ///
  /// - Parameter refusesRises: whether a step after which all points cost more is not taken, and
  ///   the last: trimmed means need not cost less, and where there are more clusters than the
  ///   points have, steps lead far from a good start.
  mutating func takeBallSteps(
    atMost limit: Int, trimFraction: Double, refusesRises: Bool
  ) throws(ClusteringError) -> (count: Int, converged: Bool) {
    var before: BallClusters?
    for step in 1...limit {
      try assign(limits: nearest.trimLimits(fraction: trimFraction, threads: points.threads))
      if refusesRises {
        if let before, !(cost <= before.cost) {
          self = before
          return (step - 2, false)
        }
        before = self
      }
      let refilled = try moveToMeans()
      let isFixed = moved == 0 && refilled == 0
      guard isFixed || step == limit else { continue }
      if let before {
        var last = self
        try last.assign()
        if !(last.cost <= before.cost) {
          self = before
          return (step - 1, false)
        }
      }
      return (step, isFixed)
    }
    return (limit, false)
  }

  /// Takes steps of Lloyd's algorithm until no label changes. Labels and sums are those of the last
  /// centroids, even where there is no step.
  mutating func takeLloydSteps(
    atMost limit: Int
  ) throws(ClusteringError) -> (count: Int, converged: Bool) {
    try assign()
    for step in 0..<limit {
      _ = try moveToMeans()
      try assign()
      if moved == 0 { return (step + 1, true) }
    }
    return (limit, false)
  }

  /// Puts centroids that rounding has moved out of the box of their points back into it; labels and
  /// sums are those of the centroids then.
  mutating func putIntoBoxes() throws(ClusteringError) {
    // Means of floats are in their box: see there.
    if Scalar.self == Float.self { return }
    let boxes = MeanBoxes(points, labels: labels, counts: sums.counts, weights: sums.weights)
    guard let means = try boxes.moved(nearest.centroids) else { return }
    nearest.move(to: means)
    try assign()
  }

  /// Assigns all points, and sums those within limits.
  mutating func assign(limits: [Double]? = nil) throws(ClusteringError) {
    self.limits = limits
    movedDistances = nil
    if let limits {
      let found = try assigned(
        TrimmedSums(Self.noSums(nearest, withInertia: false), limits: limits))
      (sums, cost) = (found.kept, found.inertia)
    } else {
      sums = try assigned(Self.noSums(nearest))
      cost = sums.inertia
    }
    isAssigned = true
  }

  /// The weighted sum of the distances, not squared ones, to the nearest centroids.
  mutating func distanceSum() throws(ClusteringError) -> Double {
    try assigned(DistanceSum()).sum
  }

  private mutating func assigned<R: RowReduction<Scalar>>(
    _ reduction: R
  ) throws(ClusteringError) -> R {
    let (sum, known, points, nearest) = (StripeSum(reduction), isAssigned, points, nearest)
    let counts = try labels.withUnsafeMutableBufferPointer { (labels) throws(ClusteringError) in
      try points.assign(
        nearest, into: Assignment(labels: labels.baseAddress!, labelsAreKnown: known), adding: sum,
        stripeRows: Stripes.rows(clusters: nearest.centroids.rows))
    }
    moved = counts.moved
    return sum.total().value
  }

  /// Moves the centroids to the means of what was kept, after empty clusters were refilled.
  ///
  /// - Returns: how many were.
  private mutating func moveToMeans() throws(ClusteringError) -> Int {
    let weights = sums.weights
    let empty = weights.indices.filter { weights[$0] <= 0 }
    let refilled = refillsEmpty && !empty.isEmpty ? try refill(empty) : 0
    let means = (try scaledSums() ?? sums).means(keeping: nearest.centroids)
    nearest = NearestCentroids(
      means, centering: nearest.centering, strategy: nearest.strategy,
      instructionSet: nearest.instructionSet)
    return refilled
  }

  /// The same sums over scaled weights; nothing where the weights may stay as they are, as nearly
  /// always.
  private func scaledSums() throws(ClusteringError) -> ClusterSums<Scalar>? {
    let weights = sums.weights
    guard let smallestValue,
      WeightScales.areNeeded(weights: weights, smallest: smallestValue)
    else { return nil }
    let none = ScaledSums(Self.noSums(nearest, withInertia: false), WeightScales(weights: weights))
    guard limits != nil else {
      return try labels.withUnsafeBufferPointer { (labels) throws(ClusteringError) in
        try points.reduce(
          clusters: nearest.centroids.rows, labels: labels.baseAddress!, into: none)
      }.sums
    }
    if let movedDistances { return try trimmed(none, movedDistances).sums }
    return try trimmed(none, points.distances(to: nearest, labels: labels)).sums
  }

  /// What is summed of the points within limits, by the labels as they are.
  private func trimmed<R: RowReduction<Scalar>>(
    _ reduction: R, _ distances: [Double]
  ) throws(ClusteringError) -> R {
    let trimmed = TrimmedSums(reduction, limits: limits!)
    return try labels.withUnsafeBufferPointer { (labels) throws(ClusteringError) in
      try distances.withUnsafeBufferPointer { (distances) throws(ClusteringError) in
        try points.reduce(
          clusters: nearest.centroids.rows, labels: labels.baseAddress!,
          distances: distances.baseAddress!, into: trimmed)
      }
    }.kept
  }

  private mutating func refill(_ empty: [Int]) throws(ClusteringError) -> Int {
    var refill = EmptyClusters(
      points, nearest: nearest, labels: labels, weights: sums.weights, limits: limits)
    let refilled = try refill.refill(empty)
    guard refilled > 0 else { return 0 }
    labels = refill.labels
    // Summed anew rather than corrected: a point that is far away may have drowned the others.
    let none = Self.noSums(nearest, withInertia: false)
    guard limits != nil else {
      sums = try labels.withUnsafeBufferPointer { (labels) throws(ClusteringError) in
        try points.reduce(
          clusters: nearest.centroids.rows, labels: labels.baseAddress!, into: none)
      }
      return refilled
    }
    movedDistances = refill.ownDistances
    sums = try trimmed(none, refill.ownDistances)
    return refilled
  }
}
