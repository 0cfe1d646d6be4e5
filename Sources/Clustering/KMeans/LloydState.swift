/// What changes while Lloyd's algorithm runs.
struct LloydState<Scalar: ClusteringScalar> {
  var nearest: NearestCentroids<Scalar>
  private(set) var labels: [Int32]
  private var partial: StripePartial<ClusterSums<Scalar>>
  private let scratch = PassScratch<ClusterSums<Scalar>>()
  private(set) var history: [KMeans.Iteration] = []
  /// How many labels the last assignment changed.
  private(set) var moved = 0
  /// Over all assignments.
  private(set) var counts = AssignmentCounts()
  private var isAssigned = false
  /// What is remembered of rows that lie in memory, for a filter.
  private var memory: RowMemory<Scalar>?
  private let memoryLimit: Int
  private let verifiesBounds: Bool
  /// Whether the filter ruled out so little that `fused` goes on.
  private var gaveUp = false
  private var latest = AssignmentCounts()

  private let exactSums: ExactSums?
  private let smallestValue: Double

  /// - Parameters:
  ///   - exactSums: how clusters are summed without rounding, if they are.
  ///   - smallestValue: the smallest magnitude of a value but 0.
  init(
    nearest: NearestCentroids<Scalar>, points: Int, exactSums: ExactSums?, smallestValue: Double,
    parameters: KMeans
  ) {
    self.nearest = nearest
    self.exactSums = exactSums
    self.smallestValue = smallestValue
    memoryLimit = parameters.rowMemory ?? .max
    verifiesBounds = parameters.verifiesBounds ?? false
    labels = Array(repeating: -1, count: points)
    partial = StripePartial(Self.noSums(nearest, exactSums))
  }

  /// The sums of the clusters over the last assignment.
  var sums: ClusterSums<Scalar> { partial.value }

  private static func noSums(
    _ nearest: NearestCentroids<Scalar>, _ exact: ExactSums?, withInertia: Bool = true
  ) -> ClusterSums<Scalar> {
    ClusterSums(
      clusters: nearest.centroids.rows, columns: nearest.centroids.columns,
      withInertia: withInertia, instructionSet: nearest.instructionSet, exact: exact)
  }

  /// Assigns all points to the centroids and sums the clusters.
  mutating func assign<Supply: PointSupply<Scalar>>(_ supply: Supply) throws(Supply.Failure) {
    if let memory = memory ?? begunMemory(supply) { return assign(memory) }
    let (known, last, nearest) = (isAssigned, partial, nearest)
    let sum = StripeSum(last.value, scratch: scratch)
    let found = try labels.withUnsafeMutableBufferPointer { (labels) throws(Supply.Failure) in
      try supply.assign(
        nearest, into: Assignment(labels: labels.baseAddress!, labelsAreKnown: known), adding: sum,
        stripeRows: Stripes.rows(clusters: nearest.centroids.rows))
    }
    partial = sum.total()
    scratch.keep(last)
    note(found)
  }

  /// Memory for rows that stay where they are, if there is to be one; where their filter rules out too little, there is
  /// none, and no filter any more.
  private mutating func begunMemory<Supply: PointSupply<Scalar>>(
    _ supply: Supply
  ) -> RowMemory<Scalar>? {
    guard nearest.strategy == .filtered, nearest.centroids.rows > 1, let rows = supply.resident,
      RowMemory<Scalar>.bytes(rows.rows) <= memoryLimit
    else { return nil }
    let memory = RowMemory(
      rows, map: supply.map, threads: supply.threads,
      boundBytes: memoryLimit - RowMemory<Scalar>.bytes(rows.rows), verifies: verifiesBounds)
    if memory.isWorthwhile(nearest) {
      self.memory = memory
    } else {
      giveUp()
    }
    return self.memory
  }

  private mutating func giveUp() {
    memory = nil
    gaveUp = true
    nearest = NearestCentroids(
      nearest.centroids, frame: nearest.frame, strategy: .fused,
      instructionSet: nearest.instructionSet)
  }

  /// The same for rows in memory, with what is remembered of them.
  private mutating func assign(_ memory: RowMemory<Scalar>) {
    let known = isAssigned
    let found = labels.withUnsafeMutableBufferPointer { labels in
      let found = memory.assign(&nearest, labels.baseAddress!, areKnown: known)
      memory.sum(into: &partial.value, labels.baseAddress!)
      return found
    }
    note(found)
    // The first distances to known labels are those to centroids that have moved far: they say too little.
    let isStale = history.count < 2
    if !isStale, found.candidates > nearest.mostCandidates * found.rows { giveUp() }
  }

  private mutating func note(_ found: AssignmentCounts) {
    var found = found
    if gaveUp, found.compared == 0 { found.unfiltered = found.rows }
    counts += found
    latest = found
    moved = found.moved
    isAssigned = true
  }

  /// Takes the labels and distances of the centroids as they were found with them, and sums the
  /// clusters.
  mutating func adopt<Supply: PointSupply<Scalar>>(
    _ found: (labels: [Int32], distances: [Double]), _ supply: Supply
  ) throws(Supply.Failure) {
    labels = found.labels
    let none = Self.noSums(nearest, exactSums)
    let sums = try labels.withUnsafeBufferPointer { (labels) throws(Supply.Failure) in
      try found.distances.withUnsafeBufferPointer { (distances) throws(Supply.Failure) in
        try supply.visit(
          clusters: nearest.centroids.rows, labels: labels.baseAddress!,
          distances: distances.baseAddress!, reducing: none)
      }
    }
    partial = StripePartial(sums)
    counts.rows += labels.count
    moved = labels.count
    isAssigned = true
  }

  /// Notes the iteration that the last assignment began.
  mutating func record(squaredShift: Double, refilled: Int) {
    history.append(
      KMeans.Iteration(
        number: history.count + 1, inertia: sums.inertia, points: labels.count, moved: moved,
        refilled: refilled,
        squaredShift: squaredShift, redecided: latest.redecided, compared: latest.compared,
        candidates: latest.candidates, unfiltered: latest.unfiltered))
  }

  /// The means of the clusters, after empty ones were refilled.
  mutating func means<Supply: PointSupply<Scalar>>(
    _ supply: Supply
  ) throws(Supply.Failure) -> (Matrix<Scalar>, refilled: Int) {
    let weights = sums.weights
    let empty = weights.indices.filter { weights[$0] <= 0 }
    guard !empty.isEmpty else { return (try centroids(of: sums, supply), 0) }
    var refill = EmptyClusters(
      supply, nearest: nearest, labels: labels, weights: weights)
    let refilled = try refill.refill(empty)
    guard refilled > 0 else { return (try centroids(of: sums, supply), 0) }
    labels = refill.labels
    memory?.forgetSums()
    // Summed anew rather than corrected: a point that is far away may have drowned the others.
    let none = Self.noSums(nearest, exactSums, withInertia: false)
    let moved = try labels.withUnsafeBufferPointer { (labels) throws(Supply.Failure) in
      try supply.visit(
        clusters: nearest.centroids.rows, labels: labels.baseAddress!, reducing: none)
    }
    return (try centroids(of: moved, supply), refilled)
  }

  /// The means, with length 1 where the rows have that.
  private func centroids<Supply: PointSupply<Scalar>>(
    of sums: ClusterSums<Scalar>, _ supply: Supply
  ) throws(Supply.Failure) -> Matrix<Scalar> {
    let scaled = try scaledSums(supply, weights: sums.weights)
    let means = (scaled ?? sums).means(keeping: nearest.centroids, in: memory?.takeRetired())
    return supply.map?.renormalized(means, keeping: nearest.centroids) ?? means
  }

  /// The sums of the clusters over scaled weights; nothing where the weights may stay as they are, as nearly always.
  private func scaledSums<Supply: PointSupply<Scalar>>(
    _ supply: Supply, weights: [Double]
  ) throws(Supply.Failure) -> ClusterSums<Scalar>? {
    guard supply.weights != nil,
      WeightScales.areNeeded(weights: weights, smallest: smallestValue)
    else { return nil }
    let none = ScaledSums(
      Self.noSums(nearest, nil, withInertia: false), WeightScales(weights: weights))
    return try labels.withUnsafeBufferPointer { (labels) throws(Supply.Failure) in
      try supply.visit(
        clusters: nearest.centroids.rows, labels: labels.baseAddress!, reducing: none)
    }.sums
  }
}
