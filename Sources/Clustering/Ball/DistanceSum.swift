/// The weighted sum of the distances of rows to their centroids: the cost of k-median.
struct DistanceSum<Scalar: ClusteringScalar>: RowReduction {
  private(set) var sum = 0.0

  var needsDistances: Bool { true }
  func empty() -> DistanceSum { DistanceSum() }
  mutating func reset() { sum = 0 }

  mutating func accumulate(_ block: LabeledRows<Scalar>) {
    for row in 0..<block.points.count {
      sum += block.points.weight(row) * block.distances![row].squareRoot()
    }
  }

  mutating func merge(_ later: borrowing DistanceSum) { sum += later.sum }
}
