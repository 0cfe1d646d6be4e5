internal import KMeansFiles
internal import KMeansLocks

/// What became of a group of rows.
private struct GroupResult<Scalar: ClusteringScalar> {
  var inertia = 0.0
  var inertiaAfter = 0.0
  /// What became of a whole stream; `nil` where the model learns in its piece of memory.
  var whole: WholeResult<Scalar>?
}

/// What became of a whole stream. A class, for there are thousands of groups without one.
private final class WholeResult<Scalar: ClusteringScalar> {
  let stream: StreamingKMeans<Scalar>
  let report: BatchReport
  let predictions: Predictions?

  init(_ stream: StreamingKMeans<Scalar>, _ report: BatchReport, _ predictions: Predictions?) {
    (self.stream, self.report, self.predictions) = (stream, report, predictions)
  }
}

// Learning the groups of a batch, in two passes: the first one does all that can fail, on copies;
// the second one changes the models.
extension KeyedStreams {
  /// - Throws: the error of the first row that is wrong; no model has changed then.
  func learn(
    _ rows: KeyedRows<Scalar>, _ groups: KeyedGroups, _ report: inout KeyedBatchReport
  ) throws(ClusteringError) {
    guard let slabs else { return }
    let step = KeyedStep<Scalar>(single, slabs.layout)
    let wantsPredictions = report.predictions != nil
    var results = [GroupResult<Scalar>](repeating: GroupResult(), count: groups.count)
    let failure = Mutex<ClusteringError?>(nil)
    results.withUnsafeMutableBufferPointer { results in
      nonisolated(unsafe) let (results, pool) = (results, self)
      share(groups.count) { number, scratch in
        let group = groups[number]
        do throws(ClusteringError) {
          if try pool.isFast(group, rows, step, scratch) { return }
          results[number].whole = try pool.learnWhole(
            group, rows, withPredictions: wantsPredictions)
        } catch {
          let error = error.mappingRows { Int(group.rows[$0]) }
          failure.withLock { first in
            if first == nil || error.row ?? .max < first!.row ?? .max { first = error }
          }
        }
      }
    }
    if let error = failure.withLock({ $0 }) { throw error }
    learnFast(rows, groups, step, &results, &report)
    finish(groups, results, &report)
  }

  /// Runs something for each group, on all threads, each with scratch memory of its own.
  private func share(_ count: Int, _ body: (Int, KeyedScratch<Scalar>) -> Void) {
    nonisolated(unsafe) let body = body
    let free = Mutex(scratches)
    // Small pieces of work: a thread takes some of them at a time.
    let piece = 32
    Workers.share((count + piece - 1) / piece, among: scratches.count) { queue in
      guard let scratch = free.withLock({ $0.popLast() }) else { return }
      while let turn = queue.next() {
        for number in turn * piece..<min((turn + 1) * piece, count) { body(number, scratch) }
      }
      free.withLock { $0.append(scratch) }
    }
  }

  /// Gathers a group, and looks whether its model learns in its piece of memory.
  private func isFast(
    _ group: KeyedGroup, _ rows: KeyedRows<Scalar>, _ step: KeyedStep<Scalar>,
    _ scratch: KeyedScratch<Scalar>
  ) throws(ClusteringError) -> Bool {
    if whole[group.model] != nil { return false }
    return try plan(group, rows, step, scratch) != nil
  }

  private func plan(
    _ group: KeyedGroup, _ rows: KeyedRows<Scalar>, _ step: KeyedStep<Scalar>,
    _ scratch: KeyedScratch<Scalar>
  ) throws(ClusteringError) -> KeyedStep<Scalar>.Plan? {
    scratch.gather(group, of: rows)
    return try step.prepare(
      slabs![group.model], group.count, hasWeights: rows.points.weights != nil,
      hasTimes: rows.times != nil, scratch)
  }

  /// Lets a copy of the whole stream learn a group.
  private func learnWhole(
    _ group: KeyedGroup, _ rows: KeyedRows<Scalar>, withPredictions: Bool
  ) throws(ClusteringError) -> WholeResult<Scalar> {
    var stream = stream(group.model)
    let numbers = group.rows.map { Int($0) }
    let matrix = rows.points.rows.matrix(of: numbers)
    let weights = rows.points.weights.map { weights in numbers.map { weights[$0] } }
    let times = rows.times.map { times in numbers.map { times[$0] } }
    guard withPredictions else {
      let report = try stream.update(
        matrix.view, weights: weights?.span, times: times?.span)
      return WholeResult(stream, report, nil)
    }
    let learnt = try stream.predictThenUpdate(
      matrix.view, weights: weights?.span, times: times?.span)
    return WholeResult(stream, learnt.report, learnt.predictions)
  }

  /// Lets the others learn in their pieces of memory, which cannot fail.
  private func learnFast(
    _ rows: KeyedRows<Scalar>, _ groups: KeyedGroups, _ step: KeyedStep<Scalar>,
    _ results: inout [GroupResult<Scalar>], _ report: inout KeyedBatchReport
  ) {
    var predictions = report.predictions
    results.withUnsafeMutableBufferPointer { results in
      KeyedPredictions.withWriter(&predictions) { writer in
        nonisolated(unsafe) let (results, pool, writer) = (results, self, writer)
        share(groups.count) { number, scratch in
          guard results[number].whole == nil else { return }
          let group = groups[number]
          guard let plan = try? pool.plan(group, rows, step, scratch) else {
            preconditionFailure("a group that was prepared before")
          }
          let model = pool.slabs![group.model]
          let inertia = step.learn(plan, model, scratch)
          (results[number].inertia, results[number].inertiaAfter) = inertia
          writer?.write(group, model, scratch)
        }
      }
    }
    report.predictions = predictions
  }

  /// Puts whole streams in their places, and adds everything up in the order of the groups.
  private func finish(
    _ groups: KeyedGroups, _ results: [GroupResult<Scalar>], _ report: inout KeyedBatchReport
  ) {
    for (number, result) in results.enumerated() {
      let group = groups[number]
      isChanged[group.model] = true
      guard let whole = result.whole else {
        report.inertia += result.inertia
        report.inertiaAfter += result.inertiaAfter
        continue
      }
      let own = whole.report
      put(whole.stream, group.model)
      if !whole.stream.hasStarted { report.waitingModels += 1 }
      report.tooLatePoints += own.tooLatePoints
      report.inertia += own.inertia
      report.inertiaAfter += own.inertiaAfter
      report.events += own.events.map { KeyedEvent(key: keys[group.model].text, event: $0) }
      if let predictions = whole.predictions { report.predictions?.take(predictions, group) }
    }
  }
}

extension KeyedPredictions {
  /// Addresses of the predictions. An unsafe handle; groups have rows of their own.
  fileprivate struct Writer {
    let labels: UnsafeMutablePointer<Int32>
    let ids: UnsafeMutablePointer<Int>
    let squaredDistances: UnsafeMutablePointer<Double>

    /// Writes those of a group that was learnt last.
    func write<Scalar: ClusteringScalar>(
      _ group: KeyedGroup, _ model: KeyedModel, _ scratch: KeyedScratch<Scalar>
    ) {
      for (place, row) in group.rows.enumerated() {
        labels[Int(row)] = scratch.labels[place]
        ids[Int(row)] = model.id(Int(scratch.labels[place]))
        squaredDistances[Int(row)] = scratch.distances[place]
      }
    }
  }

  fileprivate static func withWriter(
    _ predictions: inout KeyedPredictions?, _ body: (Writer?) -> Void
  ) {
    guard let old = predictions else { return body(nil) }
    var (labels, ids, squaredDistances) = (old.labels, old.ids, old.squaredDistances)
    labels.withUnsafeMutableBufferPointer { labels in
      ids.withUnsafeMutableBufferPointer { ids in
        squaredDistances.withUnsafeMutableBufferPointer { distances in
          guard let labels = labels.baseAddress, let ids = ids.baseAddress,
            let distances = distances.baseAddress
          else { return body(nil) }
          body(Writer(labels: labels, ids: ids, squaredDistances: distances))
        }
      }
    }
    (predictions!.labels, predictions!.ids) = (labels, ids)
    predictions!.squaredDistances = squaredDistances
  }

  fileprivate mutating func take(_ predictions: Predictions, _ group: KeyedGroup) {
    for (place, row) in group.rows.enumerated() {
      labels[Int(row)] = predictions.labels[place]
      ids[Int(row)] = predictions.ids[place]
      squaredDistances[Int(row)] = predictions.squaredDistances[place]
    }
  }
}
