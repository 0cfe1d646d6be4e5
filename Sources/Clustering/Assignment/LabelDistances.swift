/// Notes the squared distance of each row to the centroid that its label names.
///
/// `@unchecked Sendable`: workers write to entries of different rows.
private struct LabelDistances<Scalar: ClusteringScalar>: RowReduction, @unchecked Sendable {
  let nearest: NearestCentroids<Scalar>
  let distances: UnsafeMutablePointer<Double>

  var needsDistances: Bool { false }
  func empty() -> LabelDistances { self }
  mutating func reset() {}
  mutating func accumulate(_ block: LabeledRows<Scalar>) {
    nearest.directDistances(block.points.rows, block.labels, distances + block.first)
  }
  mutating func merge(_ later: borrowing LabelDistances) {}
}

extension PointSource {
  /// The squared distance of every row to the centroid that its label names.
  ///
  /// - Complexity: O(n d), one pass.
  func distances(
    to nearest: NearestCentroids<Scalar>, labels: [Int32]
  ) throws(Failure) -> [Double] {
    var distances = [Double](repeating: 0, count: labels.count)
    try distances.withUnsafeMutableBufferPointer { (distances) throws(Failure) in
      try labels.withUnsafeBufferPointer { (labels) throws(Failure) in
        let far = LabelDistances(nearest: nearest, distances: distances.baseAddress!)
        _ = try reduce(labels: labels.baseAddress!, into: far)
      }
    }
    return distances
  }
}
