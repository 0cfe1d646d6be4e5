/// The checks of points before anything is computed with them.
extension WeightedRows {
  /// Checks that every row can be clustered.
  ///
  /// - Parameters:
  ///   - map: what is done to the rows first; they are checked before and after it.
  ///   - takesZeroRows: whether rows need no direction even where the map makes one of them.
  /// - Throws: ``ClusteringError/notFinite(row:column:)``,
  ///   ``ClusteringError/tooLarge(row:column:limit:)`` or ``ClusteringError/zeroRow(_:)`` for the first
  ///   row that cannot.
  /// - Complexity: O(n d).
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  package func checkFinite(
    _ execution: Execution, map: RowMap<Scalar>? = nil, takesZeroRows: Bool = false
  ) throws(ClusteringError) {
    let (threads, kernels) = (execution.threadCount, execution.kernels)
    let plain = FiniteCheck<Scalar>(instructionSet: kernels)
    if let error = RowPass(self, clusters: 1, threads: threads).reduce(into: plain).error {
      throw error
    }
    guard let map else { return }
    let pass = RowPass(MappedRows(self, map: map), clusters: 1, threads: threads)
    let check = FiniteCheck<Scalar>(
      refusesZeroRows: map.transform.normalizes && !takesZeroRows, instructionSet: kernels)
    if let error = pass.reduce(into: check).error { throw error }
  }

  /// The moments of the columns of points that can be clustered.
  ///
  /// - Throws: as ``checkFinite(_:map:takesZeroRows:)``.
  /// - Complexity: O(n d), one pass.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  package func checkedMoments(_ execution: Execution) throws(ClusteringError) -> ColumnMoments<
    Scalar
  > {
    try MemoryPoints(self, execution).checkedMoments()
  }
}
