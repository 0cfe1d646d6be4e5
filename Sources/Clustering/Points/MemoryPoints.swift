/// Points that lie in memory.
package struct MemoryPoints<Scalar: ClusteringScalar>: PointSupply {
  package typealias Failure = ClusteringError

  private let points: WeightedRows<Scalar>
  package let threads: Int
  package var map: RowMap<Scalar>?

  package init(_ points: WeightedRows<Scalar>, threads: Int) {
    self.points = points
    self.threads = threads
  }

  package var count: Int { points.count }
  package var resident: WeightedRows<Scalar>? { points }
  package var columns: Int { points.rows.columns }
  package var weights: UnsafePointer<Double>? { points.weights }

  /// All rows are one part.
  package func forEachPart(stripeRows: Int, _ body: (RowPass<Scalar>) -> Void) {
    var pass = RowPass(points, stripeRows: stripeRows, threads: threads)
    pass.map = map
    body(pass)
  }

  package func unmappedRows(_ numbers: [Int]) -> Matrix<Scalar> { points.rows.matrix(of: numbers) }

  package func failure(_ error: ClusteringError) -> ClusteringError { error }
}
