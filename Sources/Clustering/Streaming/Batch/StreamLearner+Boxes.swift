// Centers that rounding must not move out of the box of their points.
extension StreamLearner {
  /// What a center must lie in after a step: its points in the batch, and where it was unless that counts nothing.
  struct CenterBox {
    let cluster: Int
    let low: [Double]
    let high: [Double]
  }

  /// The boxes of the clusters in which the batch outweighs all before.
  ///
  /// A step c + lambda (b - c) goes from a place in the box towards one in it. The deviations that make b - c are off by g
  /// times their mean magnitude at most, g = (n + 16) 2^-53 for n rows, so that the sum stays in the box while
  /// lambda (1 + g) <= 1, and rounding it, which keeps the order of numbers, changes nothing. Where the points replace
  /// what was there, as at the beginning, lambda is 1, and b may be anything near.
  ///
  /// - Complexity: O(k); a pass over the batch where there are such.
  func boxes(of batch: BatchRows<Scalar>, now: Double, gain: Double?) -> [CenterBox] {
    if spark != nil { return [] }
    let unit = Double(batch.points.count + 16) * 0x1p-52
    let outweighed = (0..<clusters.count).filter { cluster in
      let weight = sums.weights[cluster] * now
      return weight > 0 && (gain ?? weight / (clusters.weights[cluster] + weight)) * (1 + unit) > 1
    }
    if outweighed.isEmpty { return [] }
    let none = ClusterBoxes<Scalar>(outweighed, clusters: clusters.count, columns: columns)
    let found = RowPass(batch.points, clusters: clusters.count, threads: threads).reduce(
      labels: batch.labels, into: none)
    return outweighed.compactMap { cluster in
      guard let box = found.box(of: cluster) else { return nil }
      let hasBegun = clusters.weights[cluster] > 0
      let center = clusters.center(cluster)
      return CenterBox(
        cluster: cluster,
        low: center.indices.map {
          hasBegun ? min(Double(box.low[$0]), center[$0]) : Double(box.low[$0])
        },
        high: center.indices.map {
          hasBegun ? max(Double(box.high[$0]), center[$0]) : Double(box.high[$0])
        })
    }
  }
}

extension StreamClusters {
  /// Puts a center into a box.
  mutating func putCenter(of cluster: Int, into low: [Double], _ high: [Double]) {
    for column in 0..<columns {
      centers[cluster, column] = min(max(centers[cluster, column], low[column]), high[column])
    }
  }
}
