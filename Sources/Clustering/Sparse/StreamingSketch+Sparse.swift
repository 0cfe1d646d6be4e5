public import KMeansLinearAlgebra

// Sparse points in one pass. The centroids of a sketch are dense: each point moves one of them.
extension StreamingSketch {
  /// Adds sparse points: the sketch of the dense ones, bit for bit.
  ///
  /// - Parameter weights: as for `add(_:weights:)` of dense points.
  /// - Throws: ``ClusteringError`` where a parameter or a value is wrong; nothing was added then.
  /// - Complexity: O(n m d) for m centroids; memory for some 4 MiB of rows with their zeros.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public mutating func add(
    _ points: borrowing SparseRows<Scalar>, weights: borrowing Span<Double>? = nil
  ) throws(ClusteringError) {
    let arrays = points.arrays
    var added = self
    try WeightCheck.withChecked(weights, rows: arrays.rows, allowsNone: true) {
      (weights) throws(ClusteringError) in
      try arrays.forEachDenseBlock { (block, rows) throws(ClusteringError) in
        do throws(ClusteringError) {
          guard let weights else { return try added.add(rows.view) }
          let some = Array(
            UnsafeBufferPointer(start: weights + block.lowerBound, count: block.count))
          try added.add(rows.view, weights: some.span)
        } catch { throw error.mappingRows { $0 + block.lowerBound } }
      }
    }
    self = added
  }
}

extension OnePassKMeans {
  /// Clusters sparse points: the clusters of the dense ones, bit for bit.
  ///
  /// - Parameter weights: one finite, non-negative weight a point; `nil` for 1 each.
  /// - Throws: ``ClusteringError`` where a parameter or a value is wrong.
  /// - Complexity: O(n m d) for a sketch of m centroids.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func fit<Scalar: ClusteringScalar>(
    _ points: borrowing SparseRows<Scalar>, weights: borrowing Span<Double>? = nil
  ) throws(ClusteringError) -> Fit<Scalar> {
    try validate()
    var sketch = StreamingSketch<Scalar>(sketch)
    try sketch.add(points, weights: weights)
    return try fit(sketch)
  }
}
