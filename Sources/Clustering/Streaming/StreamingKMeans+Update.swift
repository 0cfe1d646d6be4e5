// Learning.
extension StreamingKMeans {
  /// Learns a batch.
  ///
  /// Its points are assigned to the centroids as they are; all weights decay by the time that the batch
  /// takes, and the clusters that got points move towards their mean. Where anything is wrong, the stream
  /// is as it was.
  ///
  /// - Parameters:
  ///   - batch: n rows of d finite values, n from 0: an empty batch takes its time in batches, none in
  ///     points and seconds. Read in place, never written.
  ///   - weights: one finite, non-negative weight a point, or nothing for 1 each. A point of any weight
  ///     takes one unit of time in points.
  ///   - times: when each point happened, in any order. Needed where the forgetting is by seconds; by
  ///     batches or points, the number of each point's batch, or of the point, where they do not simply
  ///     go on: so shards of a stream have one clock.
  ///   - withLabels: whether the report has the label of each point.
  /// - Throws: ``ClusteringError`` where a parameter, a value, a weight or a time is wrong.
  /// - Complexity: O(n k d); no memory but for the report, once batches have got as large as they get.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public mutating func update(
    _ batch: borrowing MatrixView<Scalar>, weights: borrowing Span<Double>? = nil,
    times: borrowing Span<Double>? = nil, withLabels: Bool = false
  ) throws(ClusteringError) -> BatchReport {
    var report = BatchReport(number: batchCount + 1, points: batch.rows, time: time ?? 0)
    try checkUpdate(hasWeights: weights != nil, hasTimes: times != nil)
    try Self.withArrivals(batch, weights, times, clock, parameters) {
      (points, times, latest) throws(ClusteringError) in
      _ = try learn(
        points, times, latest, withLabels: withLabels, withPredictions: false, &report)
    }
    return report
  }

  /// Checks what an update can know without looking at the points.
  func checkUpdate(hasWeights: Bool, hasTimes: Bool) throws(ClusteringError) {
    try validate()
    if case .gaussian(let columns, _) = parameters.start, learner == nil {
      throw .streaming(
        .tooManyCentroidValues(clusters: parameters.clusterCount, columns: columns))
    }
    guard parameters.rules == .spark else { return }
    if learner == nil { throw SparkRequirement.initialCenters }
    if hasWeights { throw .streaming(.notInSpark("weights of points")) }
    if hasTimes { throw .streaming(.notInSpark("times of points")) }
  }

  /// Hands checked weights and times to a closure. Not a method: a stream that calls one of its own and
  /// changes in the closure would be copied.
  static func withArrivals(
    _ batch: borrowing MatrixView<Scalar>, _ weights: borrowing Span<Double>?,
    _ times: borrowing Span<Double>?, _ clock: DecayClock?, _ parameters: StreamingParameters,
    _ body: (WeightedRows<Scalar>, RowTimes, Double) throws(ClusteringError) -> Void
  ) throws(ClusteringError) {
    let count = batch.rows
    try batch.withWeightedRows(weights) { (points) throws(ClusteringError) in
      guard let times = copy times else {
        let next = try RowTimes.next(count, given: nil, clock, parameters)
        return try body(points, next.times, next.latest)
      }
      try times.withUnsafeBufferPointer { (times) throws(ClusteringError) in
        let next = try RowTimes.next(count, given: times, clock, parameters)
        try body(points, next.times, next.latest)
      }
    }
  }

  /// Learns rows, or keeps them until there are enough to begin with.
  ///
  /// - Parameter latest: what the clock shows after them.
  /// - Returns: what was known of them before, where there were centroids and it was asked for.
  mutating func learn(
    _ points: WeightedRows<Scalar>, _ times: RowTimes, _ latest: Double, withLabels: Bool,
    withPredictions: Bool, _ report: inout BatchReport
  ) throws(ClusteringError) -> Predictions? {
    guard
      var clock = clock ?? times.earliest(of: points.count).map({ Self.clock(parameters, at: $0) })
    else {
      // No time has passed yet, and nothing has come.
      if let columns = learner?.columns ?? firstRows.rows?.columns, columns != points.rows.columns {
        throw .dimensionMismatch(found: points.rows.columns, expected: columns)
      }
      batchCount += 1
      if withLabels { report.labels = [] }
      learner?.reportNothing(&report)
      return withPredictions ? learner.map { _ in .none } : nil
    }
    let (isFirstTime, before, beginning) = (self.clock == nil, clock.latest, clock.now)
    let factor = clock.advance(to: latest)
    guard learner != nil else {
      if withLabels { report.labels = Array(repeating: -1, count: points.count) }
      try wait(points, times, clock, &report)
      return nil
    }
    let (batch, counts) = try learner!.measure(points, times, clock, withSecond: withPredictions)
    let predictions = withPredictions ? learner!.predictions(batch) : nil
    let kept =
      parameters.rules == .own
      ? factor * (isFirstTime ? beginning : 1)
      : SparkModel.discount(
        parameters.sparkDecayFactor, try parameters.sparkTimeUnit, rows: points.count)
    try learner!.checkWeights(times: kept, now: clock.now)
    commit(points, clock, &report)
    if withLabels { report.labels = batch.labelArray }
    report.redecided = counts.redecided
    if parameters.rules == .spark {
      try learner!.learnAsSpark(batch, parameters, &report)
      return predictions
    }
    // Centroids that were there before the first time weigh as much as they were given.
    if isFirstTime { learner!.clusters.begin(at: before, now: beginning) }
    learner!.clusters.scale(by: factor)
    let gain =
      parameters.gain == .fixed ? parameters.forgetting.forgotten(after: latest - before) : nil
    learner!.learn(batch, clock, gain: gain, &report)
    switch parameters.deaths {
    case .never: break
    case .afterHalfLives(let time): report.events = learner!.replaceDead(after: time, batch, clock)
    case .spark: report.events = learner!.replaceLightest(clock)
    }
    return predictions
  }

  /// Takes a batch that nothing is wrong with as one that has been.
  mutating func commit(
    _ points: WeightedRows<Scalar>, _ clock: DecayClock, _ report: inout BatchReport
  ) {
    self.clock = clock
    batchCount += 1
    pointCount += points.count
    report.time = clock.latest
  }
}
