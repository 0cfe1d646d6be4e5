// Learning.
extension StreamingKMeans {
  /// Learns a batch.
  ///
  /// Its points are assigned to the centroids as they are; all weights decay by the time that the
  /// batch takes, and the clusters that got points move towards their mean. After an error, the
  /// stream is as it was.
  ///
  /// - Parameters:
  ///   - batch: n rows of d finite values, n from 0: an empty batch takes its time in batches, none
  ///     in points and seconds. Read in place, never written.
  ///   - weights: one finite, non-negative weight a point [n]; `nil` for 1 each. A point of any
  ///     weight takes one unit of time in points; where all weigh 0, no centroid moves.
  ///   - times: the time of each point, in any order [n]. Needed where the forgetting is by
  ///     seconds; by batches or points, the number of each point's batch, or of the point, where
  ///     they do not simply go on: so shards of a stream have one clock. Points from more than 100
  ///     half-lives before the first one of the stream count as points of weight 0; later on, so do
  ///     points with as little weight left (``BatchReport/tooLatePoints``).
  ///   - withLabels: whether the report has the label of each point.
  /// - Throws: ``ClusteringError`` where a parameter, a value, a weight or a time is wrong.
  /// - Complexity: O(n k d); no memory but for the report, once the largest batch has come.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public mutating func update(
    _ batch: borrowing MatrixView<Scalar>, weights: borrowing Span<Double>? = nil,
    times: borrowing Span<Double>? = nil, withLabels: Bool = false
  ) throws(ClusteringError) -> BatchReport {
    if let directed = directed(batch, weights, times) {
      return try learn(directed, withLabels: withLabels, predicting: nil).report
    }
    var report = BatchReport(number: batchCount + 1, points: batch.rows, time: time ?? 0)
    try checkUpdate(hasWeights: weights != nil, hasTimes: times != nil)
    try Self.withArrivals(batch, weights, times, clock, parameters) {
      (points, next) throws(ClusteringError) in
      _ = try learn(points, next, withLabels: withLabels, predicting: nil, &report)
    }
    return report
  }

  /// Checks all that can be checked without looking at the points.
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

  /// Hands checked weights and times to a closure. Not a method: a stream that calls one of its own
  /// and changes in the closure would be copied.
  static func withArrivals(
    _ batch: borrowing MatrixView<Scalar>, _ weights: borrowing Span<Double>?,
    _ times: borrowing Span<Double>?, _ clock: DecayClock?, _ parameters: StreamingParameters,
    _ body: (WeightedRows<Scalar>, NextTimes) throws(ClusteringError) -> Void
  ) throws(ClusteringError) {
    let count = batch.rows
    try batch.withWeightedRows(weights, allowsNoWeight: true) { (points) throws(ClusteringError) in
      guard let times = copy times else {
        return try body(points, try RowTimes.next(count, given: nil, clock, parameters))
      }
      try times.withUnsafeBufferPointer { (times) throws(ClusteringError) in
        let next = try RowTimes.next(count, given: times, clock, parameters)
        if next.tooLate == 0 { return try body(points, next) }
        let weights = next.weights(of: points)
        try weights.withUnsafeBufferPointer { (weights) throws(ClusteringError) in
          try body(WeightedRows(rows: points.rows, weights: weights.baseAddress), next)
        }
      }
    }
  }

  /// Learns rows, or keeps them until there are enough to begin with.
  ///
  /// - Parameters:
  ///   - next: their times, and the effects on the clock.
  ///   - parts: the parts of their predictions; `nil` for none.
  /// - Returns: the predictions for them before, where there were centroids and they were asked
  ///   for.
  mutating func learn(
    _ points: WeightedRows<Scalar>, _ next: NextTimes, withLabels: Bool,
    predicting parts: Predictions.Parts?, _ report: inout BatchReport
  ) throws(ClusteringError) -> Predictions? {
    let (times, latest) = (next.times, next.latest)
    report.tooLatePoints = next.tooLate
    guard var clock = clock ?? next.earliest.map({ Self.clock(parameters, at: $0) }) else {
      return try learnNothing(
        columns: points.rows.columns, withLabels: withLabels, predicts: parts != nil, &report)
    }
    let (isFirstTime, latestBefore, beginning) = (self.clock == nil, clock.latest, clock.now)
    let factor = clock.advance(to: latest)
    guard learner != nil else {
      if withLabels { report.labels = Array(repeating: -1, count: points.count) }
      try wait(points, times, clock, &report)
      return nil
    }
    var (batch, counts) = try learner!.measure(
      points, times, clock, noting: parts?.distances ?? .none)
    let predictions = parts.map { learner!.predictions(batch, $0) }
    if withLabels { report.labels = batch.labelArray }
    let kept =
      parameters.rules == .own
      ? factor * (isFirstTime ? beginning : 1)
      : SparkModel.discount(
        parameters.sparkDecayFactor, try parameters.sparkTimeUnit, rows: points.count)
    // No copy is made where no error can occur.
    let unplaced = learner!.spareClusters.isEmpty ? nil : self
    if let placed = try placeSpares(among: batch, points, times, clock, kept, &report) {
      (batch, counts) = placed
    } else {
      try learner!.checkWeights(times: kept, now: clock.now)
    }
    let before = learner!.mayOverflow(times: kept, now: clock.now) ? unplaced ?? self : nil
    let clusters = parameters.drift == nil ? nil : learner!.clusters
    commit(points, clock, &report)
    report.redecided = counts.redecided
    do throws(ClusteringError) {
      if parameters.rules == .spark {
        try learner!.learnAsSpark(batch, parameters, &report)
      } else {
        // Centroids that were there before the first time weigh as much as they were given.
        if isFirstTime { learner!.clusters.begin(at: latestBefore, now: beginning) }
        learner!.clusters.scale(by: factor)
        learner!.learn(batch, clock, after: latest - latestBefore, parameters, &report)
      }
      if before != nil { try learner!.checkErrors(now: clock.now) }
    } catch {
      if let before { self = before }
      throw error
    }
    if let clusters {
      watchDrift(since: clusters, times: kept, after: latest - latestBefore, &report)
    }
    return predictions
  }

  /// Takes a batch before the first time: no time has passed yet, and no point has come.
  private mutating func learnNothing(
    columns: Int, withLabels: Bool, predicts: Bool, _ report: inout BatchReport
  ) throws(ClusteringError) -> Predictions? {
    if let expected = learner?.columns ?? warmup.kept.rows?.columns, expected != columns {
      throw .dimensionMismatch(found: columns, expected: expected)
    }
    batchCount += 1
    if withLabels { report.labels = [] }
    learner?.reportNothing(&report)
    return predicts ? learner.map { _ in .none } : nil
  }

  /// Gives spare clusters places among the rows of a batch, and measures it anew.
  ///
  /// - Parameter kept: the factor of the weights of the clusters.
  /// - Returns: `nil` where there are no spare clusters, as nearly always.
  private mutating func placeSpares(
    among batch: BatchRows<Scalar>, _ points: WeightedRows<Scalar>, _ times: RowTimes,
    _ clock: DecayClock, _ kept: Double, _ report: inout BatchReport
  ) throws(ClusteringError) -> (BatchRows<Scalar>, AssignmentCounts)? {
    let spares = learner!.spareClusters
    if spares.isEmpty { return nil }
    let unplaced = learner
    do throws(ClusteringError) {
      report.events = try learner!.place(
        spares, among: batch, parameters, clock, run: batchCount + 1)
      report.spareClusters = spares.count - report.events.count
      let placed = try learner!.measure(points, times, clock)
      try learner!.checkWeights(times: kept, now: clock.now)
      return placed
    } catch {
      learner = unplaced
      throw error
    }
  }

  /// Learns a batch that was checked.
  mutating func commit(
    _ points: WeightedRows<Scalar>, _ clock: DecayClock, _ report: inout BatchReport
  ) {
    self.clock = clock
    batchCount += 1
    pointCount += points.count
    report.time = clock.latest
  }
}

extension StreamLearner {
  /// Learns the batch that was measured last, and replaces the clusters that died.
  ///
  /// - Parameter time: the time that the batch takes.
  fileprivate mutating func learn(
    _ batch: BatchRows<Scalar>, _ clock: DecayClock, after time: Double,
    _ parameters: StreamingParameters, _ report: inout BatchReport
  ) {
    let gain = parameters.gain == .fixed ? parameters.forgetting.forgotten(after: time) : nil
    learn(batch, clock, gain: gain, &report)
    switch parameters.deaths {
    case .never: break
    case .afterHalfLives(let time): report.events += replaceDead(after: time, batch, clock)
    case .spark: report.events += replaceLightest(clock)
    }
  }
}
