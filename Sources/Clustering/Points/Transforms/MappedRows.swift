/// Rows in memory that a map transforms, block by block, before a pass sees them; unchanged rows
/// without a map.
package struct MappedRows<Scalar: ClusteringScalar>: RowBlocks {
  package let points: WeightedRows<Scalar>
  package let map: RowMap<Scalar>?

  package init(_ points: WeightedRows<Scalar>, map: RowMap<Scalar>?) {
    self.points = points
    self.map = map
  }

  package var count: Int { points.count }
  package var columns: Int { points.rows.columns }

  package func makeMemory(rows: Int) -> MappedBlock<Scalar>? {
    map.map { MappedBlock($0, values: rows * columns) }
  }

  package func load(_ block: Range<Int>, into memory: MappedBlock<Scalar>?) -> WeightedRows<Scalar>
  {
    memory?.mapped(points[block]) ?? points[block]
  }

  package func stored(_ block: Range<Int>) -> Rows<Scalar>? { points.rows[block] }
}

/// The memory of one block of mapped rows; belongs to one worker.
package final class MappedBlock<Scalar: ClusteringScalar> {
  private let map: RowMap<Scalar>
  private let memory: UnsafeMutablePointer<Scalar>

  fileprivate init(_ map: RowMap<Scalar>, values: Int) {
    self.map = map
    memory = .allocate(capacity: max(1, values))
  }

  deinit { memory.deallocate() }

  /// The same points, mapped; valid until the next call.
  fileprivate func mapped(_ points: WeightedRows<Scalar>) -> WeightedRows<Scalar> {
    map.map(points.rows, into: memory)
    let rows = Rows(
      base: UnsafePointer(memory), count: points.count, columns: points.rows.columns,
      stride: points.rows.columns)
    return WeightedRows(rows: rows, weights: points.weights)
  }
}
