// Batches by Spark's rules. Their stream is one of Double: its initialisers see to that.
extension StreamLearner {
  /// Finds the clusters of a batch as Spark does.
  mutating func assignAsSpark(_ batch: BatchRows<Scalar>) -> AssignmentCounts {
    guard let rows = batch.points.rows as? Rows<Double> else { return AssignmentCounts() }
    let threads = threads
    var counts = AssignmentCounts()
    counts.rows = rows.count
    counts.redecided =
      spark?.assign(
        rows, labels: UnsafeMutableBufferPointer(start: batch.memory.labels, count: rows.count),
        threads: threads) ?? 0
    return counts
  }

  /// Learns the batch that was measured last by Spark's arithmetic, and second moments, which Spark
  /// has not, as always.
  mutating func learnAsSpark(
    _ batch: BatchRows<Scalar>, _ parameters: StreamingParameters, _ report: inout BatchReport
  ) throws(ClusteringError) {
    guard let rows = batch.points.rows as? Rows<Double> else { return }
    let (factor, unit) = (parameters.sparkDecayFactor, try parameters.sparkTimeUnit)
    clusters.scale(by: SparkModel.discount(factor, unit, rows: rows.count))
    learnMoments(batch, now: 1, gain: nil, &report)
    guard
      let update = spark?.learn(
        rows, labels: UnsafeBufferPointer(start: batch.labels, count: rows.count),
        decayFactor: factor, timeUnit: unit)
    else { return }
    clusters.centers = spark!.centroids
    clusters.weights = spark!.weights
    if let split = update.split {
      report.events = clusters.succeedAsSpark(split, at: report.time)
    }
    report.inertiaAfter = moveCentroids(and: update.split.map { [$0.dying, $0.donor] } ?? [])
  }
}

extension StreamClusters {
  /// Notes that a dying cluster has become one half of the heaviest, which lay within it.
  ///
  /// - Returns: the changes.
  mutating func succeedAsSpark(_ split: SparkUpdate.Split, at time: Double) -> [ClusterEvent] {
    for column in 0..<columns {
      means[split.dying, column] = means[split.donor, column]
      variances[split.dying, column] = variances[split.donor, column]
    }
    momentWeights[split.donor] /= 2
    momentWeights[split.dying] = momentWeights[split.donor]
    return succeed(split.dying, from: split.donor, at: time)
  }
}
