// Rows at the mean of all columns, which have no direction once they are standardised, where a
// stream leaves them out.
extension StreamingParameters {
  /// Whether there may be rows that are left out.
  func mayLeaveOutRows(by transform: RowTransform) -> Bool {
    leavesOutZeroRows == true && transform.standardization != nil && transform.normalizes
  }
}

extension StreamingKMeans {
  /// The rows of a batch that have a direction, where others have none and are left out; `nil`
  /// where all are learnt, and where the transform of rows is not known yet.
  ///
  /// - Complexity: O(1), or O(n d) where rows may be left out.
  func directed(
    _ batch: borrowing MatrixView<Scalar>, _ weights: borrowing Span<Double>?,
    _ times: borrowing Span<Double>?
  ) -> DirectedRows<Scalar>? {
    // A batch that does not fit is refused as everywhere.
    guard let learner, parameters.mayLeaveOutRows(by: learner.transform),
      learner.columns == batch.columns, Self.count(weights) ?? batch.rows == batch.rows,
      Self.count(times) ?? batch.rows == batch.rows
    else { return nil }
    let without = learner.transform.zeroRows(batch, learner.execution)
    return without.isEmpty
      ? nil : DirectedRows(of: batch, weights, times, leavingOut: without)
  }

  private static func count(_ values: borrowing Span<Double>?) -> Int? {
    guard let values = copy values else { return nil }
    return values.count
  }

  /// Learns the rows of a batch that have a direction.
  ///
  /// - Returns: the predictions for all rows before, where there were centroids and they were asked
  ///   for, and the report.
  mutating func learn(
    _ directed: DirectedRows<Scalar>, withLabels: Bool, predicting parts: Predictions.Parts?
  ) throws(ClusteringError) -> (predictions: Predictions?, report: BatchReport) {
    let (rows, weights, times) = (directed.rows, directed.weights, directed.times)
    var learnt: (predictions: Predictions?, report: BatchReport)
    do throws(ClusteringError) {
      if let parts {
        learnt = try predictThenUpdate(
          rows.view, weights: weights?.span, times: times?.span, withLabels: withLabels,
          predicting: parts)
      } else {
        let report = try update(
          rows.view, weights: weights?.span, times: times?.span, withLabels: withLabels)
        learnt = (nil, report)
      }
    } catch {
      throw error.mappingRows { directed.numbers[$0] }
    }
    learnt.predictions = learnt.predictions.map { directed.filled($0, parts ?? .labels) }
    learnt.report.labels = learnt.report.labels.map { directed.filled($0, with: -1) }
    learnt.report.leftOutRows = directed.leftOut
    return learnt
  }

  /// Takes the rows without a direction out of those of a batch that ended the wait;
  /// ``start(_:acceptingDuplicates:)`` has counted them all.
  mutating func countLeftOut(_ points: WeightedRows<Scalar>, _ report: inout BatchReport) {
    guard let learner, parameters.mayLeaveOutRows(by: learner.transform) else { return }
    let rows = learner.transform.zeroRows(points.rows, learner.execution)
    report.leftOutRows = rows
    report.points -= rows.count
    report.leftOutFirstRows -= min(report.leftOutFirstRows, rows.count)
    pointCount -= rows.count + report.leftOutFirstRows
  }
}

extension StreamWarmup {
  /// The rows that have a direction once they are transformed, with copies as in ``filled(upTo:)``;
  /// all of them where none is left out.
  ///
  /// - Complexity: O(1), or O(n d) where rows may be left out.
  func directed(by transform: RowTransform, _ parameters: StreamingParameters) -> StreamWarmup {
    guard parameters.mayLeaveOutRows(by: transform), let rows = kept.rows else { return self }
    let execution = parameters.execution
    let without = rows.withRows { transform.zeroRows($0, execution) }
    if without.isEmpty { return self }
    let leftOut = Set(without)
    let others = times.indices.filter { !leftOut.contains($0) }
    var directed = StreamWarmup()
    directed.kept.rows = others.isEmpty ? nil : rows.picking(others)
    directed.kept.weights = others.map { kept.weights[$0] }
    directed.times = others.map { times[$0] }
    directed.counts = counts.map { counts in others.map { counts[$0] } }
    // Of equal rows kept as one, each counts.
    let gone = counts.map { counts in without.reduce(0) { $0 + counts[$1] } } ?? without.count
    directed.count = count - gone
    return directed.filled(upTo: parameters.clusterCount)
  }
}
