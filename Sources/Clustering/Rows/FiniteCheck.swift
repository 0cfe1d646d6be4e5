internal import KMeansKernelTypes

/// The first row that cannot be clustered: a value is NaN, infinite, or so large that its square
/// overflows; or, where a direction is needed, all values are zero.
struct FiniteCheck<Scalar: ClusteringScalar>: RowReduction {
  /// Values beyond this are refused: the sum of their squares over all columns and rows must not
  /// overflow a Double.
  static var limit: Double { 1e140 }

  let refusesZeroRows: Bool
  /// The range of the values; it means something where there is no error.
  private(set) var range = ValueRange()
  private let kernels = KernelSet<Scalar>.compiled(for: .best)
  /// What is wrong with the first such row.
  private(set) var error: ClusteringError?

  init(refusesZeroRows: Bool = false) { self.refusesZeroRows = refusesZeroRows }

  var needsDistances: Bool { false }
  func empty() -> FiniteCheck { FiniteCheck(refusesZeroRows: refusesZeroRows) }
  mutating func reset() { self = empty() }

  mutating func visit(_ block: VisitedRows<Scalar>) {
    guard error == nil else { return }
    let rows = block.points.rows
    range.add(rows, limit: Self.limit, kernels)
    guard refusesZeroRows || !range.isFinite else { return }
    for row in 0..<rows.count where error == nil {
      let values = rows[row]
      if !range.isFinite {
        error = Self.error(values, columns: rows.columns, row: block.first + row)
      }
      if refusesZeroRows, error == nil, (0..<rows.columns).allSatisfy({ values[$0] == 0 }) {
        error = .zeroRow(block.first + row)
      }
    }
  }

  private static func error(
    _ values: UnsafePointer<Scalar>, columns: Int, row: Int
  ) -> ClusteringError? {
    let isBad = { (column: Int) in !(Double(values[column]).magnitude <= limit) }
    guard let column = (0..<columns).first(where: isBad) else { return nil }
    return values[column].isFinite
      ? .tooLarge(row: row, column: column, limit: limit) : .notFinite(row: row, column: column)
  }

  mutating func merge(_ later: borrowing FiniteCheck) {
    if error == nil { error = later.error }
    range.merge(later.range)
  }
}

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
