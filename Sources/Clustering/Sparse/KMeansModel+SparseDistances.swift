public import KMeansLinearAlgebra

// Distances of sparse points.
extension KMeansModel {
  /// The squared distance of each transformed sparse point to its nearest centroid [n]: the bits of
  /// the dense points.
  ///
  /// - Throws: as `assign(_:into:execution:)` of sparse points.
  /// - Complexity: O(nonzeros k + n d).
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func squaredDistances(
    _ points: borrowing SparseRows<Scalar>, execution: Execution = Execution()
  ) throws(ClusteringError) -> [Double] {
    try labelsAndDistances(points.arrays, execution: execution).distances
  }

  /// Minus the inertia of sparse points, as `score` of the dense ones, bit for bit.
  ///
  /// - Parameter weights: one finite, non-negative weight a point [n]; `nil` for 1 each.
  /// - Throws: as `assign(_:into:execution:)` of sparse points, and where a weight is wrong.
  /// - Complexity: O(nonzeros k + n d).
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func score(
    _ points: borrowing SparseRows<Scalar>, weights: borrowing Span<Double>? = nil,
    execution: Execution = Execution()
  ) throws(ClusteringError) -> Double {
    let distances = try squaredDistances(points, execution: execution)
    return try WeightCheck.withChecked(weights, rows: points.rows, allowsNone: true) {
      minusInertia(distances, weights: $0)
    }
  }

  /// The squared distance of each transformed sparse point to every centroid [n x k], computed
  /// directly in Double from rows with their zeros, some at a time.
  ///
  /// - Throws: as `assign(_:into:execution:)` of sparse points, and
  ///   ``ClusteringError/memoryTooSmall(limit:needed:)`` where there is no room for n k doubles.
  /// - Complexity: O(n k d); memory for n k values and some 4 MiB of rows.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func allSquaredDistances(
    _ points: borrowing SparseRows<Scalar>, execution: Execution = Execution()
  ) throws(ClusteringError) -> Matrix<Double> {
    let arrays = points.arrays
    var distances = try AllDistances(arrays.rows, arrays.columns, to: self, execution)
    try arrays.forEachDenseBlock { (_, rows) throws(ClusteringError) in
      try rows.withRows { (rows) throws(ClusteringError) in try distances.find(rows) }
    }
    return distances.matrix
  }
}
