// Rows that have no direction once they are standardised: those at the mean of all columns.
extension PointSource {
  /// The rows that the map leaves without a direction, ascending.
  ///
  /// - Complexity: O(n d), one pass.
  func zeroRows() throws(Failure) -> [Int] {
    try reduce(into: ZeroRows<Scalar>()).rows
  }
}

extension RowTransform {
  /// The rows that have no direction, ascending.
  ///
  /// - Complexity: O(n d).
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  package func zeroRows<Scalar: ClusteringScalar>(
    _ points: borrowing MatrixView<Scalar>, _ execution: Execution
  ) -> [Int] {
    points.withRows { zeroRows($0, execution) }
  }

  /// The same for rows in memory.
  func zeroRows<Scalar: ClusteringScalar>(
    _ rows: Rows<Scalar>, _ execution: Execution
  ) -> [Int] {
    guard normalizes, rows.count > 0 else { return [] }
    let mapped = MappedRows(
      WeightedRows(rows: rows),
      map: RowMap(self, columns: rows.columns, instructionSet: execution.kernels))
    return RowPass(mapped, clusters: 1, threads: execution.threadCount).reduce(
      into: ZeroRows<Scalar>()
    ).rows
  }
}

/// The numbers of the rows of which every value is zero.
private struct ZeroRows<Scalar: ClusteringScalar>: RowReduction {
  private(set) var rows: [Int] = []

  var needsDistances: Bool { false }
  var takesCompressed: Bool { true }
  func empty() -> ZeroRows { ZeroRows() }
  mutating func reset() { rows = [] }

  mutating func accumulate(_ block: LabeledRows<Scalar>) {
    if let compressed = block.points.rows.compressed {
      for row in 0..<compressed.count where compressed[row].isZero {
        rows.append(block.first + row)
      }
      return
    }
    for row in 0..<block.points.count {
      let values = block.points.rows[row]
      if (0..<block.points.rows.columns).allSatisfy({ values[$0] == 0 }) {
        rows.append(block.first + row)
      }
    }
  }

  mutating func merge(_ later: borrowing ZeroRows) { rows += later.rows }
}
