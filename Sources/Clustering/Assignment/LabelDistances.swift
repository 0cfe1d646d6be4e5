/// Notes the squared distance of each row to the centroid that its label names.
///
/// `@unchecked Sendable`: workers write to entries of different rows.
private struct LabelDistances<Scalar: ClusteringScalar>: RowReduction, @unchecked Sendable {
  let nearest: NearestCentroids<Scalar>
  let distances: UnsafeMutablePointer<Double>

  var needsDistances: Bool { false }
  var takesCompressed: Bool { nearest.takesCompressed }
  func empty() -> LabelDistances { self }
  mutating func reset() {}
  mutating func accumulate(_ block: LabeledRows<Scalar>) {
    nearest.directDistances(block.points.rows, block.labels, distances + block.first)
  }
  mutating func merge(_ later: borrowing LabelDistances) {}
}

/// The inertia of rows by their labels, of which the distances are forgotten block by block.
struct LabelInertia<Scalar: ClusteringScalar>: RowReduction {
  private let nearest: NearestCentroids<Scalar>
  private(set) var sum = InertiaSum()

  init(_ nearest: NearestCentroids<Scalar>) { self.nearest = nearest }

  var needsDistances: Bool { false }
  var takesCompressed: Bool { nearest.takesCompressed }
  func empty() -> LabelInertia { LabelInertia(nearest) }
  mutating func reset() { sum = InertiaSum() }
  mutating func accumulate(_ block: LabeledRows<Scalar>) {
    let rows = block.points.rows
    withUnsafeTemporaryAllocation(of: Double.self, capacity: rows.count) { distances in
      guard let distances = distances.baseAddress else { return }
      nearest.directDistances(rows, block.labels, distances)
      sum.add(distances, block.points.weights, first: block.first, count: rows.count)
    }
  }
  mutating func merge(_ later: borrowing LabelInertia) { sum.merge(later.sum) }
}

extension PointSource {
  /// The squared distance of every row to the centroid that its label names.
  ///
  /// - Complexity: O(n d), one pass.
  func distances(
    to nearest: NearestCentroids<Scalar>, labels: [Int32]
  ) throws(Failure) -> [Double] {
    var distances = [Double](repeating: 0, count: labels.count)
    if let sparse = sparseRows {
      distances.withUnsafeMutableBufferPointer { distances in
        SparseLabelDistances(sparse, to: nearest, threads: threads)
          .find(labels, into: distances.baseAddress!)
      }
      return distances
    }
    try distances.withUnsafeMutableBufferPointer { (distances) throws(Failure) in
      try labels.withUnsafeBufferPointer { (labels) throws(Failure) in
        let far = LabelDistances(nearest: nearest, distances: distances.baseAddress!)
        _ = try reduce(labels: labels.baseAddress!, into: far)
      }
    }
    return distances
  }
}
