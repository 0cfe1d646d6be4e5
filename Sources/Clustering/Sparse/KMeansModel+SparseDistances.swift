internal import KMeansFiles
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
    let (arrays, distances) = (points.arrays, try squaredDistances(points, execution: execution))
    return try arrays.withWeights(weights, allowsNoWeight: true) { (weights) in
      distances.withUnsafeBufferPointer { distances in
        guard let base = distances.baseAddress, !distances.isEmpty else { return 0 }
        return 0
          - StripedInertia(
            base, weights, count: distances.count, stripeRows: Stripes.rows(clusters: clusterCount)
          ).total
      }
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
    guard var all = try? Matrix<Double>(rows: arrays.rows, columns: clusterCount) else {
      throw .memoryTooSmall(
        limit: AvailableMemory.bytes ?? 0,
        needed: arrays.rows.multipliedReportingOverflow(by: clusterCount * 8).partialValue)
    }
    guard arrays.columns == dimension else {
      throw .dimensionMismatch(found: arrays.columns, expected: dimension)
    }
    try arrays.forEachDenseBlock { (block, rows) throws(ClusteringError) in
      let some: Matrix<Double>
      do throws(ClusteringError) {
        some = try allSquaredDistances(rows.view, execution: execution)
      } catch { throw error.mappingRows { $0 + block.lowerBound } }
      all.withMutableValues { all in
        some.withRows {
          (all + block.lowerBound * clusterCount).update(
            from: $0.base, count: block.count * clusterCount)
        }
      }
    }
    return all
  }
}
