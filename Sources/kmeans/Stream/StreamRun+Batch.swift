import Batching
import Clustering
import VectorIO

// A batch: learnt, or only predicted, and told.
extension StreamRun {
  /// Learns a batch, or only predicts it.
  func take(_ batch: RowBatch<Scalar>, readSeconds: Double) throws {
    path = batch.file.path
    totals.noteForm(of: batch.auxiliary)
    // Rows of a pipe that were left out are answered before others come. That is no batch: it would
    // let time pass.
    if command.source.isStandardInput, batch.points.rows == 0 { return try answer(batch) }
    if batch.isOnlyPredicted, !command.clusters.noUpdate { return try predictAlone(batch) }
    let batch = try timeGuard?.keptRows(of: batch) ?? batch
    if timeGuard?.hasMovedOn == true {
      command.common.note(
        "\(path): \(TimeGuard.enough) rows in a row are too far ahead and near one another: the clock "
          + "goes on with them")
    }
    note(leftOut: batch)
    if command.clusters.noUpdate {
      try predict(batch, readSeconds: readSeconds)
    } else {
      try learn(batch, readSeconds: readSeconds)
    }
    try checkLeftOut(isEnd: false)
  }

  private func learn(_ batch: RowBatch<Scalar>, readSeconds: Double) throws {
    let (weights, times) = (batch.weights, batch.times)
    if !stream.hasStarted {
      let output = batch.points.rows > 0 && ownPredictions != nil ? outputs.predictions : nil
      if let note = notes.noCentroids(output) { command.common.note(note) }
      // A copy of them while they grow, and of those that centroids are found among.
      let rows = stream.keptPointCount + batch.points.rows
      try budget.check(
        Double(rows) * Double(32 * input.columns + 64),
        "\(path): \(rows) rows that wait to begin with (--first-rows)")
    }
    let wantsLabels = ownPredictions?.takesLabelsAlone ?? false
    let parts = predictedParts
    let clock = ContinuousClock()
    let start = clock.now
    let learnt: (Predictions?, BatchReport)? = try orLeaveOut(batch) {
      try locator(of: batch).onError { () throws(ClusteringError) in
        guard !parts.isEmpty else {
          return (
            nil,
            try stream.update(
              batch.points.view, weights: weights?.span, times: times?.span, withLabels: wantsLabels
            )
          )
        }
        return try stream.predictThenUpdate(
          batch.points.view, weights: weights?.span, times: times?.span, withLabels: wantsLabels,
          predicting: parts)
      }
    }
    guard let (scores, report) = learnt else { return }
    let seconds = (clock.now - start).seconds
    totals.add(report, seconds: seconds, readSeconds: readSeconds)
    let skipped = takeSkipped(batch, zeroRows: report.leftOutCount)
    try write(
      batch, scores, labels: report.labels, facts(report), skipped: skipped, seconds: seconds,
      readSeconds: readSeconds)
    if let note = ZeroRows.note(path, report.leftOutRows.map(batch.locator.fileRow)) {
      command.common.note(note)
    }
    let firstTime = batch.auxiliary.hasDates ? nil : times?.first
    notes.take(report, firstTime: firstTime, path, parameters).forEach(command.common.note)
    tellDrift(facts(report))
    try say(report, skipped: skipped.values.reduce(0, +))
  }

  /// The parts of predictions, beside labels, that are written somewhere.
  private var predictedParts: Predictions.Parts {
    let lines = ownPredictions?.parts ?? []
    return lines.union(metrics == nil && outputs.watch?.feed == nil ? [] : .outlierScores)
  }

  private func predict(_ batch: RowBatch<Scalar>, readSeconds: Double) throws {
    let clock = ContinuousClock()
    let start = clock.now
    let found = try orLeaveOut(batch) {
      try locator(of: batch).onError { () throws(ClusteringError) in
        // The inertia of the batch is the sum of the distances.
        try stream.predict(
          batch.points.view, predicting: predictedParts.union(.squaredDistances))
      }
    }
    guard let scores = found else { return }
    let seconds = (clock.now - start).seconds
    let facts = BatchFacts(
      predicted: scores, weights: batch.weights, number: batchCount + 1, time: stream.time)
    let zeroRows = scores.labels.indices.filter { scores.labels[$0] < 0 }
    totals.add(
      predicted: facts, leftOut: zeroRows.count, seconds: seconds, readSeconds: readSeconds)
    let skipped = takeSkipped(batch, zeroRows: zeroRows.count)
    try write(
      batch, scores, labels: scores.labels, facts, skipped: skipped, seconds: seconds,
      readSeconds: readSeconds)
    if let note = ZeroRows.note(path, zeroRows.map(batch.locator.fileRow)) {
      command.common.note(note)
    }
    predicted.add(facts, skipped: skipped.values.reduce(0, +))
    try sayPredicted(isAwaited: !command.isCutByArrival)
  }

  func locator(of batch: RowBatch<Scalar>) -> ErrorLocator {
    var locator = batch.locator
    locator.centroids = start.path
    return locator
  }

  /// What is told of a batch that was learnt.
  func facts(_ report: BatchReport) -> BatchFacts {
    BatchFacts(report, hasTime: stream.time != nil, watchesDrift: parameters.drift != nil)
  }

  /// Ends the stream where more rows are left out than may be.
  func checkLeftOut(isEnd: Bool) throws {
    let rows = totals.points + totals.skippedRows
    guard let limit = command.source.rows.maxBadRows,
      limit.isExceeded(by: totals.skippedRows, of: rows, isEnd: isEnd)
    else { return }
    throw Failure.data(
      "\(path): "
        + limit.problem(totals.skippedRows, of: rows, last: totals.leftOut.lastFault))
  }
}
