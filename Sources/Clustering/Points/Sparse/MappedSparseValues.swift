internal import KMeansLinearAlgebra

/// The values of sparse rows after a map, in the places of theirs: what every pass would compute
/// anew, a length of each row above all. An unsafe handle.
///
/// `@unchecked Sendable`: written only before other code sees it.
final class MappedSparseValues<Scalar: ClusteringScalar>: @unchecked Sendable {
  private let values: UnsafeMutablePointer<Scalar>
  /// The mapped rows, for as long as this and the rows live.
  let arrays: SparseArrays<Scalar>

  /// So many bytes are kept, and no more: beyond that, memory is what sparse rows are for.
  private static var mostBytes: Int { 48 << 20 }

  /// - Returns: `nil` where rows are not canonical, or have more values than are kept.
  init?(_ rows: SparseArrays<Scalar>, _ map: RowMap<Scalar>, _ execution: Execution) {
    let count = rows.offset(rows.rows)
    guard rows.isCanonical, count * MemoryLayout<Scalar>.stride <= Self.mostBytes else {
      return nil
    }
    let values = LargeMemory.take(max(1, count), of: Scalar.self)
    self.values = values
    arrays = SparseArrays(rows, values: UnsafePointer(values))
    nonisolated(unsafe) let target = values
    let blockRows = 1024
    let blocks = (rows.rows + blockRows - 1) / blockRows
    Workers.share(blocks, among: execution.threadCount) { queue in
      let memory = SparseBlock<Scalar>(rows: blockRows, columns: rows.columns)
      while let block = queue.next() {
        let first = block * blockRows
        let some = first..<min(first + blockRows, rows.rows)
        let mapped = memory.take(some, of: rows, by: map)
        let places = rows.offset(some.lowerBound)..<rows.offset(some.upperBound)
        (target + places.lowerBound).initialize(from: mapped.values, count: places.count)
      }
    }
  }

  deinit { LargeMemory.give(back: values) }
}
