/// A stream that has centroids: its clusters, the assignment step to them, and memory that batches
/// use again.
struct StreamLearner<Scalar: ClusteringScalar>: Sendable {
  /// The transform of every row before it is learnt.
  let transform: RowTransform
  let map: RowMap<Scalar>?
  var clusters: StreamClusters
  /// The assignment step to the centers, rounded to the type of the points, or made of length 1;
  /// packed anew for each batch.
  var nearest: NearestCentroids<Scalar>
  var sums: BatchSums<Scalar>
  /// The same centers and weights as Spark's model, where its rules hold; else `nil`.
  var spark: SparkModel?
  private var moves: [Double]
  var memory: BatchMemory<Scalar>
  let execution: Execution
  var threads: Int { execution.threadCount }

  /// - Parameters:
  ///   - centroids: k different rows, transformed.
  ///   - weights: in units of the landmark.
  ///   - time: the time of the clock.
  init(
    _ parameters: StreamingParameters, centroids: Matrix<Scalar>, weights: [Double],
    transform: RowTransform, time: Double
  ) {
    let clusters = StreamClusters(
      centers: centroids.converted(to: Double.self), weights: weights, time: time)
    self.init(parameters, clusters, centroids: centroids, transform: transform)
  }

  /// - Parameter centroids: the centroids that points are compared with [k x d].
  init(
    _ parameters: StreamingParameters, _ clusters: StreamClusters, centroids: Matrix<Scalar>,
    transform: RowTransform
  ) {
    let isa = parameters.execution.kernels
    let (count, columns) = (centroids.rows, centroids.columns)
    self.transform = transform
    self.clusters = clusters
    map = RowMap(transform, columns: columns, instructionSet: isa)
    nearest = NearestCentroids(
      centroids, centering: Centering(shift: Array(repeating: 0, count: columns)),
      strategy: parameters.execution.strategy, instructionSet: isa)
    sums = BatchSums(clusters: count, columns: columns, instructionSet: isa)
    moves = Array(repeating: 0, count: count)
    memory = BatchMemory()
    execution = parameters.execution
    if parameters.rules == .spark {
      spark = SparkModel(
        centroids: clusters.centers, weights: clusters.weights, instructionSet: isa)
    }
  }

  var columns: Int { clusters.columns }
}

// One batch.
extension StreamLearner {
  /// Assigns the points of a batch and sums them; the clusters do not change.
  ///
  /// - Parameters:
  ///   - clock: as it is after the batch.
  ///   - distances: the distances to centroids that are noted, too.
  /// - Throws: ``ClusteringError`` for the first row that cannot be clustered.
  mutating func measure(
    _ points: WeightedRows<Scalar>, _ times: RowTimes, _ clock: DecayClock,
    noting distances: RowDistances = .none
  ) throws(ClusteringError) -> (batch: BatchRows<Scalar>, counts: AssignmentCounts) {
    guard points.rows.columns == columns else {
      throw .dimensionMismatch(found: points.rows.columns, expected: columns)
    }
    if map != nil { try points.checkFinite(execution, map: map) }
    // A copy of the stream may be at work in the same memory.
    if !isKnownUniquelyReferenced(&memory) { memory = BatchMemory() }
    let batch = BatchRows(points, times, clock, map, in: memory, threads: threads)
    nearest.pack(forBatch: batch.points.rows)
    let counts = assignAndSum(batch, noting: distances)
    // The sums show the values, but for those of rows with little weight or none.
    let isHidden = Scalar.self == Double.self ? points.weights != nil : false
    if !sums.isFinite || sums.hasWeightlessRows || isHidden {
      try points.checkFinite(execution)
    }
    if batch.points.weights != nil, spark == nil { scaleTinyWeights(of: batch) }
    return (batch, counts)
  }

  /// Assigns the rows of a batch and sums them.
  private mutating func assignAndSum(
    _ batch: BatchRows<Scalar>, noting distances: RowDistances
  ) -> AssignmentCounts {
    let (nearest, threads) = (nearest, threads)
    guard spark == nil else {
      if distances != .none {
        _ = batch.assign(to: nearest, noting: distances, threads: threads)
      }
      let counts = assignAsSpark(batch)
      sums.measure(
        batch.points, labels: batch.labels, centroids: nearest.centroids, threads: threads
      ) { work in
        Workers.run(threads) { _ in work() }
      }
      return counts
    }
    var counts = AssignmentCounts()
    sums.measure(
      batch.points, labels: batch.labels, centroids: nearest.centroids, threads: threads
    ) { work in
      counts = batch.assign(
        to: nearest, noting: distances, threads: threads, goesOn: true, afterwards: work)
    }
    return counts
  }

  /// Checks that no weight will be more than a Double holds, nor the inertia of the batch.
  ///
  /// - Parameters:
  ///   - factor: the factor of the weights of the clusters before that.
  ///   - now: the factor of the weights of the batch.
  func checkWeights(times factor: Double, now: Double) throws(ClusteringError) {
    let batch = sums.weights.reduce(0, +)
    guard (batch * now).isFinite else { throw .invalidTotalWeight(batch) }
    let weights = clusters.weights + clusters.momentWeights
    let total = weights.reduce(0) { $0 + $1 * factor } + batch * now
    guard total.isFinite else { throw .streaming(.weightsOverflow(times: factor)) }
    guard sums.inertia <= SumLimits.largest else {
      throw sumsTooLarge(times: factor, now: now, total: total)
    }
  }

  /// Learns the batch that was measured last.
  ///
  /// - Parameters:
  ///   - clock: as it is after the batch; all weights are in units of its landmark.
  ///   - gain: the gain where it is fixed; `nil` where it is weighted.
  mutating func learn(
    _ batch: BatchRows<Scalar>, _ clock: DecayClock, gain: Double?, _ report: inout BatchReport
  ) {
    learnMoments(batch, now: clock.now, gain: gain, &report)
    report.inertiaAfter = moveCentroids()
  }

  /// Moves the centers and second moments, not yet the centroids that points are compared with.
  mutating func learnMoments(
    _ batch: BatchRows<Scalar>, now: Double, gain: Double?, _ report: inout BatchReport
  ) {
    let boxes = boxes(of: batch, now: now, gain: gain)
    clusters.learn(sums, about: nearest.centroids, now: now, gain: gain, moves: &moves)
    boxes.forEach { clusters.putCenter(of: $0.cluster, into: $0.low, $0.high) }
    clusters.see(batch, sums)
    report.counts = sums.counts
    report.weights = sums.weights
    report.moves = moves
    report.inertia = sums.inertia
  }

  /// Rounds the centers of the clusters that got points, and of some others.
  ///
  /// - Returns: the inertia of the batch to the new centroids.
  mutating func moveCentroids(and others: [Int] = []) -> Double {
    let sums = sums
    var inertia = 0.0
    roundCenters(
      where: { sums.weights[$0] > 0 || others.contains($0) },
      observing: { inertia += sums.inertia($0, movedFrom: $1, to: $2) })
    return inertia
  }

  /// Rounds centers to the centroids that points are compared with.
  ///
  /// - Parameter observe: gets the number, the old and the new values of each.
  mutating func roundCenters(
    where isWanted: (Int) -> Bool,
    observing observe: (Int, UnsafePointer<Scalar>, UnsafePointer<Scalar>) -> Void = { _, _, _ in }
  ) {
    let columns = columns
    let map = map
    // Not in the memory of the batches, which copies of the stream share until they learn.
    withUnsafeTemporaryAllocation(of: Scalar.self, capacity: columns) { row in
      row.initialize(repeating: 0)
      roundCenters(columns, map, row.baseAddress!, isWanted, observe)
    }
  }

  private mutating func roundCenters(
    _ columns: Int, _ map: RowMap<Scalar>?, _ row: UnsafeMutablePointer<Scalar>,
    _ isWanted: (Int) -> Bool,
    _ observe: (Int, UnsafePointer<Scalar>, UnsafePointer<Scalar>) -> Void
  ) {
    clusters.centers.withRows { centers in
      nearest.move { values in
        for cluster in 0..<centers.count where isWanted(cluster) {
          let centroid = values + cluster * columns
          for column in 0..<columns { row[column] = Scalar(centers[cluster][column]) }
          if let map, map.transform.normalizesCentroids { map.renormalize(row, keeping: centroid) }
          observe(cluster, centroid, row)
          centroid.update(from: row, count: columns)
        }
      }
    }
  }

  /// Fills the report of a batch without points before the first time.
  func reportNothing(_ report: inout BatchReport) {
    report.counts = Array(repeating: 0, count: clusters.count)
    report.weights = Array(repeating: 0, count: clusters.count)
    report.moves = report.weights
  }
}
