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
    threads: Int, map: RowMap<Scalar>? = nil, takesZeroRows: Bool = false
  ) throws(ClusteringError) {
    var pass = RowPass(self, clusters: 1, threads: threads)
    if let error = pass.visit(reducing: FiniteCheck<Scalar>()).error { throw error }
    guard let map else { return }
    pass.map = map
    let check = FiniteCheck<Scalar>(refusesZeroRows: map.transform.normalizes && !takesZeroRows)
    if let error = pass.visit(reducing: check).error { throw error }
  }

  /// The moments of the columns of points that can be clustered.
  ///
  /// - Throws: as ``checkFinite(threads:map:)``.
  /// - Complexity: O(n d), one pass.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  package func checkedMoments(threads: Int) throws(ClusteringError) -> ColumnMoments<Scalar> {
    try MemoryPoints(self, threads: threads).checkedMoments()
  }
}
