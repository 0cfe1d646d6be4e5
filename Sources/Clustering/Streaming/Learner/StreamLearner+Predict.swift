// Predictions for points, before they are learnt.
extension StreamLearner {
  /// The predictions for the rows of a batch that were assigned with the distances that they need.
  ///
  /// - Complexity: O(n) for labels and distances, O(n d + k d) with scores.
  func predictions(_ batch: BatchRows<Scalar>, _ parts: Predictions.Parts) -> Predictions {
    let count = batch.points.count
    let labels = batch.labelArray
    func room(_ part: Predictions.Parts) -> [Double] {
      parts.contains(part) ? Array(repeating: 0, count: count) : []
    }
    var (margins, outlierScores) = (room(.margins), room(.outlierScores))
    var tails = room(.tailProbabilities)
    if !parts.isDisjoint(with: [.margins, .outlierScores, .tailProbabilities]) {
      margins.withUnsafeMutableBufferPointer { margins in
        outlierScores.withUnsafeMutableBufferPointer { outlierScores in
          tails.withUnsafeMutableBufferPointer { tails in
            score(batch, parts, margins, outlierScores, tails)
          }
        }
      }
    }
    let distances = parts.contains(.squaredDistances) ? count : 0
    return Predictions(
      labels: labels, ids: labels.map { clusters.ids[Int($0)] },
      squaredDistances: Array(
        UnsafeBufferPointer(start: batch.memory.distances, count: distances)),
      margins: margins, outlierScores: outlierScores, tailProbabilities: tails)
  }

  /// Fills the lists that are wanted, block by block on several threads.
  private func score(
    _ batch: BatchRows<Scalar>, _ parts: Predictions.Parts,
    _ margins: UnsafeMutableBufferPointer<Double>,
    _ outlierScores: UnsafeMutableBufferPointer<Double>,
    _ tails: UnsafeMutableBufferPointer<Double>
  ) {
    let scores = ClusterScores(
      clusters, centroids: nearest.centroids, parts, instructionSet: nearest.instructionSet)
    let (rows, memory, block) = (batch.points.rows, batch.memory, 1024)
    // Workers write to entries of different rows.
    nonisolated(unsafe) let targets = (margins, outlierScores, tails)
    Workers.share((rows.count + block - 1) / block, among: threads) { queue in
      let (margins, outlierScores, tails) = targets
      while let turn = queue.next() {
        let (first, end) = (turn * block, min((turn + 1) * block, rows.count))
        let (labels, distances) = (memory.labels + first, memory.distances + first)
        if parts.contains(.margins) {
          for row in first..<end {
            margins[row] =
              memory.secondDistances[row].squareRoot() - memory.distances[row].squareRoot()
          }
        }
        if parts.contains(.outlierScores) {
          scores.setOutlierScores(
            labels, squaredDistances: distances, count: end - first,
            outlierScores.baseAddress! + first)
        }
        if parts.contains(.tailProbabilities) {
          scores.setTailProbabilities(rows[first..<end], labels, tails.baseAddress! + first)
        }
      }
    }
  }

  /// Assigns points with the distances that predictions need; the stream does not change.
  ///
  /// - Throws: ``ClusteringError`` for the first row that cannot be clustered.
  func assigned(
    _ points: WeightedRows<Scalar>, noting distances: RowDistances,
    in memory: BatchMemory<Scalar>
  ) throws(ClusteringError) -> BatchRows<Scalar> {
    guard points.rows.columns == columns else {
      throw .dimensionMismatch(found: points.rows.columns, expected: columns)
    }
    try points.checkFinite(execution, map: map)
    let batch = BatchRows(
      points, .together(0), DecayClock(.never, at: 0), map, in: memory, threads: threads)
    var nearest = nearest
    nearest.pack(forBatch: batch.points.rows)
    _ = batch.assign(to: nearest, noting: distances, threads: threads)
    return batch
  }
}
