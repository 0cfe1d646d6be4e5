// How a stream begins with centroids among its first rows.
extension StreamingKMeans {
  /// Finds centroids among the points that wait, however few there are, and learns them.
  ///
  /// An update does that by itself as soon as there are enough; this is for the end of a short stream.
  ///
  /// - Returns: a report of all points that waited; nothing where there are centroids already.
  /// - Throws: ``ClusteringError/tooManyClusters(clusters:points:)`` where there are fewer points than
  ///   clusters.
  /// - Complexity: O(n k d log k) for n waiting points.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  @discardableResult
  public mutating func begin() throws(ClusteringError) -> BatchReport? {
    try validate()
    guard learner == nil else { return nil }
    var report = BatchReport(number: batchCount, points: 0, time: time ?? 0)
    try start(&report, acceptingDuplicates: true)
    return report
  }

  /// Keeps rows until there are enough to begin with, and begins then.
  ///
  /// - Parameter clock: as it is after them.
  mutating func wait(
    _ points: WeightedRows<Scalar>, _ times: RowTimes, _ clock: DecayClock,
    _ report: inout BatchReport
  ) throws(ClusteringError) {
    let kept = firstRows.count
    try firstRows.append(points, times, parameters)
    let before = (self.clock, batchCount, pointCount)
    commit(points, clock, &report)
    do throws(ClusteringError) {
      if firstRows.isEnough(parameters) { try start(&report, acceptingDuplicates: false) }
    } catch {
      // What is wrong with the rows may show only when they are transformed.
      let isEarlier = if case .zeroRow(let row) = error { row < kept } else { false }
      if !isEarlier || !firstRows.waitForMore(parameters) {
        firstRows.removeLast(points.count)
        (self.clock, batchCount, pointCount) = before
        if !isEarlier, case .zeroRow(let row) = error { throw .zeroRow(row - kept) }
        throw error
      }
    }
    report.waitingPoints = firstRows.count
  }

  /// Finds centroids among the points that wait and learns all of them at once.
  ///
  /// - Parameter acceptingDuplicates: whether it begins even where the points have fewer different values
  ///   than there are clusters; else it waits for more, though not for ever.
  mutating func start(
    _ report: inout BatchReport, acceptingDuplicates: Bool
  ) throws(ClusteringError) {
    guard let rows = firstRows.rows, let clock, rows.rows >= parameters.clusterCount else {
      throw .tooManyClusters(clusters: parameters.clusterCount, points: firstRows.count)
    }
    let (firstRows, parameters) = (firstRows, parameters)
    let begun: (learner: StreamLearner<Scalar>, report: BatchReport)? =
      try firstRows.weights.withUnsafeBufferPointer { (weights) throws(ClusteringError) in
        try firstRows.times.withUnsafeBufferPointer { (times) throws(ClusteringError) in
          try rows.withRows { (rows) throws(ClusteringError) in
            let points = WeightedRows(rows: rows, weights: weights.baseAddress)
            var learner = try StreamLearner(findingCentroidsIn: points, parameters, clock.latest)
            guard acceptingDuplicates || learner.nearest.areDistinct else { return nil }
            var learnt = report
            let (batch, counts) = try learner.measure(
              points, .listed(times.baseAddress!), clock, withSecond: false)
            try learner.checkWeights(times: 1, now: clock.now)
            learner.learn(batch, clock, gain: nil, &learnt)
            learnt.redecided = counts.redecided
            return (learner, learnt)
          }
        }
      }
    guard let begun else {
      if !self.firstRows.waitForMore(parameters) { try start(&report, acceptingDuplicates: true) }
      return
    }
    learner = begun.learner
    self.firstRows = FirstRows()
    report = begun.report
    report.events += begun.learner.clusters.ids.enumerated().map {
      ClusterEvent(.born, cluster: $0.element, label: $0.offset)
    }
  }
}

extension StreamLearner {
  /// Centroids that greedy k-means++ finds among points, and no points learnt yet.
  ///
  /// - Parameter time: what the clock shows.
  fileprivate init(
    findingCentroidsIn points: WeightedRows<Scalar>, _ parameters: StreamingParameters,
    _ time: Double
  ) throws(ClusteringError) {
    let isa = parameters.instructionSet ?? .best
    var supply = MemoryPoints(points, threads: AvailableThreads.count(parameters.threads))
    var transform = RowTransform(normalizes: parameters.distance == .cosine)
    if parameters.standardizes {
      let (moments, range) = try supply.checked()
      try supply.checkSums(moments, range)
      transform = RowTransform(
        standardization: try supply.standardization(moments), normalizes: transform.normalizes)
    }
    supply.map = RowMap(transform, columns: supply.columns, instructionSet: isa)
    let (moments, range) = try supply.checked(refusingZeroRows: transform.normalizes)
    try supply.checkSums(moments, range)
    try supply.checkDifferences(moments)
    let frame = Frame(medianOf: try supply.rows(Frame<Scalar>.sample(of: supply.count)))
    let seeds = try GreedyKMeansPlusPlus.seeds(
      parameters.clusterCount,
      potential: SeedPotential(supply, frame: frame, instructionSet: isa),
      draws: SeedDraws(seed: parameters.seed, run: 0), room: supply.captureRoom)
    self.init(
      parameters, centroids: seeds.centroids,
      weights: Array(repeating: 0, count: parameters.clusterCount), transform: transform,
      time: time)
  }
}
