internal import KMeansLinearAlgebra

/// Sparse rows in memory that a map transforms, block by block, before a pass sees them: as they
/// are stored for who takes them so, else with their zeros.
package struct MappedSparseRows<Scalar: ClusteringScalar>: GatheredRows {
  let arrays: SparseArrays<Scalar>
  /// One weight a row [n]; `nil` for 1 each.
  nonisolated(unsafe) let weights: UnsafePointer<Double>?
  let map: RowMap<Scalar>?

  package var count: Int { arrays.rows }
  package var columns: Int { arrays.columns }
  /// The largest number of values of a row.
  var mostTerms: Int { (0..<count).reduce(0) { max($0, arrays.range($1).count) } }

  /// Some 4 MiB with their zeros, and one row at least.
  package var reducedRows: Int {
    min(1024, max(1, (1 << 22) / (columns * MemoryLayout<Scalar>.stride)))
  }

  package func makeMemory(rows: Int) -> SparseBlock<Scalar> {
    SparseBlock(rows: rows, columns: columns)
  }

  package func load(_ block: Range<Int>, into memory: SparseBlock<Scalar>) -> WeightedRows<Scalar> {
    weighted(memory.scattered(compressed(block, memory)), block)
  }

  package func loadCompressed(
    _ block: Range<Int>, into memory: SparseBlock<Scalar>
  ) -> WeightedRows<Scalar> {
    weighted(Rows(compressed(block, memory), columns: columns), block)
  }

  package func stored(_ block: Range<Int>) -> Rows<Scalar>? { nil }

  package func gather(
    _ numbers: UnsafePointer<Int32>, count: Int, into memory: SparseBlock<Scalar>
  ) -> ListedRows<Scalar> {
    ListedRows(Rows(memory.take(numbers, count: count, of: arrays, by: map), columns: columns))
  }

  private func weighted(_ rows: Rows<Scalar>, _ block: Range<Int>) -> WeightedRows<Scalar> {
    WeightedRows(rows: rows, weights: weights.map { $0 + block.lowerBound })
  }

  /// The rows of a block in canonical form, mapped: in place, where they are that already.
  func compressed(_ block: Range<Int>, _ memory: SparseBlock<Scalar>) -> CompressedRows<Scalar> {
    memory.take(block, of: arrays, by: map)
  }
}
