/// Notes the distance of each row to every centroid [n x k].
///
/// `@unchecked Sendable`: workers write to entries of different rows.
struct AllPairwiseDistances<Scalar: ClusteringScalar>: RowReduction, @unchecked Sendable {
  let nearest: PairwiseCentroids<Scalar>
  let distances: UnsafeMutablePointer<Double>

  var needsDistances: Bool { false }
  func empty() -> AllPairwiseDistances { self }
  mutating func reset() {}
  mutating func merge(_ later: borrowing AllPairwiseDistances) {}

  mutating func accumulate(_ block: LabeledRows<Scalar>) {
    let (rows, clusters) = (block.points.rows, nearest.clusters)
    let scratch = nearest.makeScratch(rows: 1)
    nearest.centroids.withRows { centroids in
      for row in 0..<rows.count {
        let values = scratch.doubles(rows[row])
        let found = distances + (block.first + row) * clusters
        for cluster in 0..<clusters {
          found[cluster] = nearest.distance(values, centroids[cluster], rows.columns)
        }
      }
    }
  }
}

/// Notes the distance of each row to the centroid that its label names; nothing for a label below
/// 0.
///
/// `@unchecked Sendable`: workers write to entries of different rows.
struct OwnPairwiseDistances<Scalar: ClusteringScalar>: RowReduction, @unchecked Sendable {
  let nearest: PairwiseCentroids<Scalar>
  let distances: UnsafeMutablePointer<Double>

  var needsDistances: Bool { false }
  func empty() -> OwnPairwiseDistances { self }
  mutating func reset() {}
  mutating func merge(_ later: borrowing OwnPairwiseDistances) {}

  mutating func accumulate(_ block: LabeledRows<Scalar>) {
    nearest.distances(
      block.points.rows, block.labels, nearest.makeScratch(rows: 1), distances + block.first)
  }
}
