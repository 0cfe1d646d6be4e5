/// Points that lie in memory.
package struct InMemoryPoints<Scalar: ClusteringScalar>: PointSource {
  package typealias Failure = ClusteringError

  private var points: WeightedRows<Scalar>
  /// The weights, where they are not those that were given.
  private var ownWeights: OwnWeights?
  package let execution: Execution
  package var map: RowMap<Scalar>?
  package let team: WorkerTeam? = WorkerTeam()
  package let isCancellable: Bool

  package init(
    _ points: WeightedRows<Scalar>, _ execution: Execution, isCancellable: Bool = false
  ) {
    self.points = points
    self.execution = execution
    self.isCancellable = isCancellable
  }

  package var count: Int { points.count }
  package var resident: WeightedRows<Scalar>? { points }
  package var columns: Int { points.rows.columns }
  package var weights: UnsafePointer<Double>? { points.weights }

  package mutating func forgetWeights(of rows: [Int]) {
    let own = OwnWeights((0..<count).map { points.weight($0) })
    for row in rows { own.values[row] = 0 }
    ownWeights = own
    points = WeightedRows(rows: points.rows, weights: UnsafePointer(own.values))
  }

  /// Calls the closure once: all rows are one part.
  package func forEachPart(
    stripeRows: Int, _ body: (RowPass<MappedRows<Scalar>>) -> Void
  ) throws(ClusteringError) {
    body(
      RowPass(
        MappedRows(points, map: map), stripeRows: stripeRows, threads: threads, team: team,
        isCancellable: isCancellable))
    try checkCancellation()
  }

  package func unmappedRows(_ numbers: [Int]) -> Matrix<Scalar> { points.rows.matrix(of: numbers) }

  package func failure(_ error: ClusteringError) -> ClusteringError { error }
}

/// Weights that live as long as they are used. An unsafe handle.
///
/// `@unchecked Sendable`: written only before other code sees them.
final class OwnWeights: @unchecked Sendable {
  let values: UnsafeMutablePointer<Double>

  init(_ weights: [Double]) {
    values = .allocate(capacity: max(1, weights.count))
    values.initialize(from: weights, count: weights.count)
  }

  deinit { values.deallocate() }
}
