extension KMeansModel {
  /// The moments of the columns of transformed points: what the centroids that points are compared
  /// with can be compared with. Where columns are weighted or mixed they are those of the points as
  /// they are, for deviations of mixed columns say nothing of any of them.
  ///
  /// - Parameter weights: one a point; `nil` where each counts as one.
  /// - Throws: ``ClusteringError`` where the shapes do not fit or a weight is none.
  /// - Precondition: the values are finite: the points were assigned.
  /// - Complexity: O(n d).
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  package func moments(
    _ points: borrowing MatrixView<Scalar>, weights: [Double]?, execution: Execution
  ) throws(ClusteringError) -> ColumnMoments<Scalar> {
    guard points.columns == dimension else {
      throw .dimensionMismatch(found: points.columns, expected: dimension)
    }
    let map =
      transform.linear == nil
      ? RowMap<Scalar>(transform, columns: dimension, instructionSet: execution.kernels) : nil
    let moments = ColumnMoments<Scalar>(
      columns: dimension, instructionSet: execution.kernels)
    return try points.withWeightedRows(weights?.span, allowsNoWeight: true) {
      (rows) throws(ClusteringError) in
      RowPass(MappedRows(rows, map: map), clusters: 1, threads: execution.threadCount)
        .reduce(into: moments)
    }
  }
}
