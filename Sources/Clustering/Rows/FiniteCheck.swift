/// The first value that cannot be clustered: NaN, infinite, or so large that its square overflows.
struct FiniteCheck<Scalar: ClusteringScalar>: RowReduction {
  /// A value that cannot be clustered.
  struct BadValue: Sendable, Hashable {
    let row: Int
    let column: Int
    let isFinite: Bool
  }

  /// Values beyond this are refused: the sum of their squares over all columns and rows must not
  /// overflow a Double.
  static var limit: Double { 1e140 }

  private(set) var badValue: BadValue?

  var needsDistances: Bool { false }
  func empty() -> FiniteCheck { FiniteCheck() }
  mutating func reset() { badValue = nil }

  mutating func visit(_ block: VisitedRows<Scalar>) {
    let rows = block.points.rows
    for row in 0..<rows.count where badValue == nil {
      let values = rows[row]
      var suspicious = false
      for column in 0..<rows.columns {
        suspicious = suspicious || !(Double(values[column]).magnitude <= Self.limit)
      }
      guard suspicious else { continue }
      for column in 0..<rows.columns
      where badValue == nil && !(Double(values[column]).magnitude <= Self.limit) {
        badValue = BadValue(
          row: block.first + row, column: column, isFinite: values[column].isFinite)
      }
    }
  }

  mutating func merge(_ later: borrowing FiniteCheck) {
    if badValue == nil { badValue = later.badValue }
  }

  /// - Throws: the error that names the first value that cannot be clustered, if there is one.
  func requireFinite() throws(ClusteringError) {
    guard let bad = badValue else { return }
    guard bad.isFinite else { throw .notFinite(row: bad.row, column: bad.column) }
    throw .tooLarge(row: bad.row, column: bad.column, limit: Self.limit)
  }
}

extension WeightedRows {
  /// Checks that every value can be clustered.
  ///
  /// - Throws: ``ClusteringError/notFinite(row:column:)`` or
  ///   ``ClusteringError/tooLarge(row:column:limit:)`` for the first value that cannot.
  /// - Complexity: O(n d).
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  package func checkFinite(threads: Int) throws(ClusteringError) {
    let pass = RowPass(self, clusters: 1, threads: threads)
    try pass.visit(reducing: FiniteCheck<Scalar>()).requireFinite()
  }

  /// The moments of the columns of points that can be clustered.
  ///
  /// - Throws: as ``checkFinite(threads:)``.
  /// - Complexity: O(n d), one pass.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  package func checkedMoments(threads: Int) throws(ClusteringError) -> ColumnMoments<Scalar> {
    let pass = RowPass(self, clusters: 1, threads: threads)
    let moments = ColumnMoments<Scalar>(columns: rows.columns)
    let both = pass.visit(reducing: Both(FiniteCheck<Scalar>(), moments))
    try both.first.requireFinite()
    return both.second
  }
}
