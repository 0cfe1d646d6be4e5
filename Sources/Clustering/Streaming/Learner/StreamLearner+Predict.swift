// Predictions for points, before they are learnt.
extension StreamLearner {
  /// The predictions for the rows of a batch that were assigned with their second best.
  ///
  /// - Complexity: O(n d + k d).
  func predictions(_ batch: BatchRows<Scalar>) -> Predictions {
    let count = batch.points.count
    let scores = ClusterScores(clusters, centroids: nearest.centroids)
    let labels = batch.labelArray
    let distances = Array(UnsafeBufferPointer(start: batch.memory.distances, count: count))
    let seconds = UnsafeBufferPointer(start: batch.memory.secondDistances, count: count)
    var outlierScores = [Double](repeating: 0, count: count)
    var tails = outlierScores
    outlierScores.withUnsafeMutableBufferPointer { outlierScores in
      tails.withUnsafeMutableBufferPointer { tails in
        // Workers write to entries of different rows.
        nonisolated(unsafe) let (outlierScores, tails) = (outlierScores, tails)
        let (rows, block) = (batch.points.rows, 1024)
        Workers.share((count + block - 1) / block, among: threads) { queue in
          while let turn = queue.next() {
            for row in turn * block..<min((turn + 1) * block, count) {
              let cluster = Int(labels[row])
              outlierScores[row] = scores.outlierScore(
                cluster, squaredDistance: distances[row])
              tails[row] = scores.tailProbability(cluster, rows[row])
            }
          }
        }
      }
    }
    return Predictions(
      labels: labels, ids: labels.map { clusters.ids[Int($0)] }, squaredDistances: distances,
      margins: (0..<count).map { seconds[$0].squareRoot() - distances[$0].squareRoot() },
      outlierScores: outlierScores, tailProbabilities: tails)
  }

  /// Assigns points with their second best; the stream does not change.
  ///
  /// - Throws: ``ClusteringError`` for the first row that cannot be clustered.
  func assigned(
    _ points: WeightedRows<Scalar>, in memory: BatchMemory<Scalar>
  ) throws(ClusteringError) -> BatchRows<Scalar> {
    guard points.rows.columns == columns else {
      throw .dimensionMismatch(found: points.rows.columns, expected: columns)
    }
    try points.checkFinite(execution, map: map)
    let batch = BatchRows(
      points, .together(0), DecayClock(.never, at: 0), map, in: memory, threads: threads)
    var nearest = nearest
    nearest.pack(forBatch: batch.points.rows)
    _ = batch.assign(to: nearest, withSecond: true, threads: threads)
    return batch
  }
}
