// How a stream begins with centroids among its first rows.
extension StreamingKMeans {
  /// Finds centroids among the points that wait, however few there are, and learns them.
  ///
  /// An update does that by itself as soon as there are enough; this is for the end of a short
  /// stream.
  ///
  /// - Returns: a report of all points that waited; `nil` where there are centroids already.
  /// - Throws: ``ClusteringError/tooManyClusters(clusters:points:)`` where there are fewer points
  ///   than clusters.
  /// - Complexity: O(n k d log k) for n waiting points.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  @discardableResult
  public mutating func begin() throws(ClusteringError) -> BatchReport? {
    try validate()
    guard learner == nil else { return nil }
    var report = BatchReport(number: batchCount, points: 0, time: time ?? 0)
    try start(&report, acceptingDuplicates: true)
    pointCount -= report.leftOutFirstRows
    return report
  }

  /// Keeps rows until there are enough to begin with, and begins then.
  ///
  /// - Parameter clock: as it is after them.
  mutating func wait(
    _ points: WeightedRows<Scalar>, _ times: RowTimes, _ clock: DecayClock,
    _ report: inout BatchReport
  ) throws(ClusteringError) {
    let kept = warmup.kept.weights.count
    // Copied only where something may go wrong.
    let old = warmup.isEnough(with: points.count, parameters) ? warmup : nil
    try warmup.append(points, times, parameters)
    let before = (self.clock, batchCount, pointCount)
    commit(points, clock, &report)
    do throws(ClusteringError) {
      if warmup.isEnough(parameters) { try start(&report, acceptingDuplicates: false) }
    } catch {
      // What is wrong with the rows may show only when they are transformed. Of equal rows kept as
      // one, nobody knows which came first.
      let isEarlier =
        if case .zeroRow(let row) = error { row < kept || warmup.counts != nil } else { false }
      if !isEarlier || !warmup.waitForMore(parameters) {
        if let old { warmup = old }
        (self.clock, batchCount, pointCount) = before
        guard !isEarlier, case .zeroRow = error else { throw error }
        throw error.mappingRows { $0 - kept }
      }
    }
    countLeftOut(points, &report)
    report.waitingPoints = warmup.count
    report.waitingValues = warmup.valueCount
  }

  /// Finds centroids among the points that wait and learns all of them at once.
  ///
  /// - Parameter acceptingDuplicates: whether it begins even where the points have fewer different
  ///   values than there are clusters; else it waits for others.
  mutating func start(
    _ report: inout BatchReport, acceptingDuplicates: Bool
  ) throws(ClusteringError) {
    guard warmup.kept.rows != nil, let clock, warmup.count >= parameters.clusterCount else {
      throw .tooManyClusters(clusters: parameters.clusterCount, points: warmup.count)
    }
    if !acceptingDuplicates, warmup.hasTooFewValues(parameters) { return try wait(&report) }
    let (all, parameters) = (warmup.filled(upTo: parameters.clusterCount), parameters)
    let transform = try all.foundTransform(parameters)
    let warmup = all.directed(by: transform, parameters)
    let leftOut = all.count - warmup.count
    guard warmup.count >= parameters.clusterCount, warmup.kept.weights.contains(where: { $0 > 0 })
    else {
      if !acceptingDuplicates { return try wait(&report) }
      throw .tooManyClusters(clusters: parameters.clusterCount, points: warmup.count)
    }
    let begun: (learner: StreamLearner<Scalar>, report: BatchReport)?? =
      try warmup.times.withUnsafeBufferPointer { (times) throws(ClusteringError) in
        try warmup.kept.withPoints { (points) throws(ClusteringError) in
          var learner = try StreamLearner(
            findingCentroidsIn: points, transform, parameters, clock.latest)
          guard acceptingDuplicates || learner.nearest.areDistinct else { return nil }
          var learnt = report
          let (batch, counts) = try learner.measure(
            points, .listed(times.baseAddress!), clock)
          try learner.checkWeights(times: 1, now: clock.now)
          let mayOverflow = learner.mayOverflow(times: 1, now: clock.now)
          learner.learn(batch, clock, gain: nil, &learnt)
          if mayOverflow { try learner.checkErrors(now: clock.now) }
          learnt.redecided = counts.redecided
          if let counts = warmup.counts { learnt.count(batch.labelArray, counts) }
          return (learner, learnt)
        }
      }
    guard let begun = begun ?? nil else { return try wait(&report) }
    learner = begun.learner
    self.warmup = StreamWarmup()
    report = begun.report
    report.leftOutFirstRows = leftOut
    let spares = begun.learner.spareClusters
    report.spareClusters = spares.count
    for (label, id) in begun.learner.clusters.ids.enumerated() where !spares.contains(label) {
      report.events.append(ClusterEvent(.born, cluster: id, label: label))
    }
  }

  /// Waits for other values; begins without them where there is no hope.
  private mutating func wait(_ report: inout BatchReport) throws(ClusteringError) {
    if !warmup.waitForMore(parameters) { try start(&report, acceptingDuplicates: true) }
  }
}

extension BatchReport {
  /// Counts the points of each cluster where rows stand for several.
  fileprivate mutating func count(_ labels: [Int32], _ numbers: [Int]) {
    for cluster in counts.indices { counts[cluster] = 0 }
    for (label, number) in zip(labels, numbers) { counts[Int(label)] += number }
  }
}

extension StreamWarmup {
  /// What is done to rows for good, found among these.
  fileprivate func foundTransform(
    _ parameters: StreamingParameters
  ) throws(ClusteringError) -> RowTransform {
    let distance = parameters.distance
    guard parameters.standardizes || distance.isEstimated else {
      return try RowTransform(distance, columns: kept.rows?.columns ?? 1)
    }
    let found = try kept.withPoints { (points) throws(ClusteringError) in
      try InMemoryPoints(points, parameters.execution).checkedTransform(
        for: distance, standardizes: parameters.standardizes)
    }
    return found ?? .identity
  }
}

extension StreamLearner {
  /// Centroids that greedy k-means++ finds among points, and no points learnt yet.
  ///
  /// - Parameters:
  ///   - transform: what is done to the points first.
  ///   - time: what the clock shows.
  fileprivate init(
    findingCentroidsIn points: WeightedRows<Scalar>, _ transform: RowTransform,
    _ parameters: StreamingParameters, _ time: Double
  ) throws(ClusteringError) {
    let isa = parameters.execution.kernels
    var source = InMemoryPoints(points, parameters.execution)
    source.map = RowMap(transform, columns: source.columns, instructionSet: isa)
    let (moments, range) = try source.checked(refusingZeroRows: transform.normalizes)
    try source.checkSums(moments, range)
    try source.checkDifferences(moments)
    let centering = Centering(medianOf: try source.rows(Centering<Scalar>.sample(of: source.count)))
    let seeds = try GreedyKMeansPlusPlus.seeds(
      parameters.clusterCount,
      potential: SeedPotential(source, centering: centering, instructionSet: isa),
      draws: SeedDraws(seed: parameters.seed, run: 0), room: source.hitRoom)
    self.init(
      parameters, centroids: seeds.centroids,
      weights: Array(repeating: 0, count: parameters.clusterCount), transform: transform,
      time: time)
  }
}
