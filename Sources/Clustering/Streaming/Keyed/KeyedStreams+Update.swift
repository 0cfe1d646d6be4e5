internal import KMeansFiles
internal import KMeansLocks

// Learning.
extension KeyedStreams {
  /// Learns a batch of rows of any keys, each by the model of its own.
  ///
  /// For each model its rows are one batch, in their order. After an error the pool is as it was.
  ///
  /// - Parameters:
  ///   - batch: n rows of d finite values.
  ///   - keys: the key of each row, from 1 to 1024 bytes [n].
  ///   - weights: one finite, non-negative weight a point [n]; `nil` for 1 each.
  ///   - times: as those of a stream, on the clock of each model [n].
  ///   - withPredictions: whether the report has the predictions for the points before.
  /// - Throws: ``ClusteringError`` where a value, a key, a weight or a time is wrong, with its row;
  ///   ``FileError`` where a model cannot be read from the folder.
  /// - Complexity: O(n k d); nothing is allocated for a model that has begun.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  @discardableResult
  public func update(
    _ batch: borrowing MatrixView<Scalar>, keys rowKeys: [String],
    weights: borrowing Span<Double>? = nil, times: borrowing Span<Double>? = nil,
    withPredictions: Bool = false
  ) throws -> KeyedBatchReport {
    var report = KeyedBatchReport(number: batchCount + 1, points: batch.rows)
    if withPredictions { report.predictions = KeyedPredictions(points: batch.rows) }
    try check(batch, rowKeys, hasWeights: weights != nil)
    let found = try models(of: rowKeys, &report)
    do {
      let groups = KeyedGroups(found.models, group: &groups)
      report.keys = groups.count
      // The first batch says how many columns there are.
      let columnsBefore = columns
      if batch.rows > 0, columns == nil { begin(columns: batch.columns) }
      do throws(ClusteringError) {
        try batch.withWeightedRows(weights, allowsNoWeight: true) {
          (points) throws(ClusteringError) in
          try points.checkFinite(parameters.execution)
          try Self.withTimes(times, of: points) { (rows) throws(ClusteringError) in
            try learn(rows, groups, &report)
          }
        }
      } catch {
        columns = columnsBefore
        throw error
      }
      for model in groups.models { order.use(model, isNew: false) }
    } catch {
      for number in found.added.reversed() { remove(number) }
      throw error
    }
    batchCount += 1
    shrink(&report)
    report.models = count
    return report
  }

  /// The same for a matrix.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  @discardableResult
  public func update(
    _ batch: Matrix<Scalar>, keys: [String], weights: borrowing Span<Double>? = nil,
    times: borrowing Span<Double>? = nil, withPredictions: Bool = false
  ) throws -> KeyedBatchReport {
    try update(
      batch.view, keys: keys, weights: weights, times: times, withPredictions: withPredictions)
  }

  private func check(
    _ batch: borrowing MatrixView<Scalar>, _ keys: [String], hasWeights: Bool
  ) throws(ClusteringError) {
    guard keys.count == batch.rows else {
      throw .keyed(.keyCountMismatch(keys: keys.count, points: batch.rows))
    }
    if let columns, batch.rows > 0, batch.columns != columns {
      throw .dimensionMismatch(found: batch.columns, expected: columns)
    }
    for (row, key) in keys.enumerated() where !KeyedStreams.isUsable(key) {
      if key.isEmpty { throw .keyed(.emptyKey(row: row)) }
      throw .keyed(.keyTooLong(row: row, bytes: key.utf8.count))
    }
  }

  private static func withTimes(
    _ times: borrowing Span<Double>?, of points: WeightedRows<Scalar>,
    _ body: (KeyedRows<Scalar>) throws(ClusteringError) -> Void
  ) throws(ClusteringError) {
    guard let times = copy times else { return try body(KeyedRows(points: points, times: nil)) }
    guard times.count == points.count else {
      throw .streaming(.timeCountMismatch(times: times.count, points: points.count))
    }
    try times.withUnsafeBufferPointer { (times) throws(ClusteringError) in
      try body(KeyedRows(points: points, times: times.baseAddress))
    }
  }

  /// The model of each row: from memory, from the folder, or new.
  private func models(
    of rowKeys: [String], _ report: inout KeyedBatchReport
  ) throws -> (models: [Int32], added: [Int]) {
    var (models, added): ([Int32], [Int]) = ([], [])
    models.reserveCapacity(rowKeys.count)
    do {
      for (row, text) in rowKeys.enumerated() {
        let key = ExactText(text)
        if let number = numbers[key] {
          models.append(number)
          continue
        }
        if folder == nil, let capacity, count >= capacity {
          throw ClusteringError.keyed(.tooManyModels(row: row, capacity: capacity))
        }
        let stored: StreamingKMeans<Scalar>? = try folder?.stream(of: key, single)
        if let stored { try take(columnsOf: stored) }
        let number = add(key, stored ?? StreamingKMeans(single))
        isChanged[number] = stored == nil
        added.append(number)
        models.append(Int32(truncatingIfNeeded: number))
        if stored == nil { report.newModels += 1 } else { report.restoredModels += 1 }
      }
    } catch {
      for number in added.reversed() { remove(number) }
      throw error
    }
    return (models, added)
  }

  private func take(columnsOf stream: StreamingKMeans<Scalar>) throws(ClusteringError) {
    guard let found = stream.learner?.columns ?? stream.warmup.kept.rows?.columns else { return }
    guard let columns else { return begin(columns: found) }
    guard columns == found else { throw .dimensionMismatch(found: found, expected: columns) }
  }

  /// Makes room for models of so many columns.
  private func begin(columns: Int) {
    self.columns = columns
    let layout = KeyedLayout(clusters: parameters.clusterCount, columns: columns)
    guard slabs?.layout != layout else { return }
    slabs = KeyedSlabs(layout)
    slabs!.reserve(keys.count)
    scratches = (0..<parameters.execution.threadCount).map { _ in KeyedScratch(layout) }
  }
}
