/// Rows as passes take them, block by block: in memory, mapped, or made dense of what is stored in
/// another way.
///
/// A pass looks at rows in no other way, so that a new kind of rows edits no pass.
package protocol RowBlocks<Scalar>: Sendable {
  /// The type of the values.
  associatedtype Scalar: ClusteringScalar
  /// The memory that one worker needs to load blocks.
  associatedtype Memory

  /// How many rows there are.
  var count: Int { get }
  /// How many values each row has.
  var columns: Int { get }

  /// The rows of a block that is reduced, which takes each value once: 1,024 unless making them
  /// takes memory.
  var reducedRows: Int { get }

  /// Memory for blocks of at most so many rows.
  func makeMemory(rows: Int) -> Memory
  /// The rows of a block, one after another in memory, with their weights; valid until the next
  /// block is loaded into the same memory.
  func load(_ block: Range<Int>, into memory: Memory) -> WeightedRows<Scalar>
  /// The same for who takes sparse rows as they are stored (``Rows/compressed``), too; dense ones
  /// where they are not sparse.
  func loadCompressed(_ block: Range<Int>, into memory: Memory) -> WeightedRows<Scalar>
  /// What will be read of a block, to be fetched ahead; `nil` where that is not known.
  func stored(_ block: Range<Int>) -> Rows<Scalar>?
}

/// Rows that stay where they are, of which any may be looked at together.
package protocol GatheredRows<Scalar>: RowBlocks {
  /// Rows that lie anywhere, valid until something else is loaded into the memory.
  ///
  /// - Parameters:
  ///   - numbers: those of the rows.
  ///   - count: at most as many as the memory is made for.
  func gather(
    _ numbers: UnsafePointer<Int32>, count: Int, into memory: Memory
  ) -> ListedRows<Scalar>
}

extension RowBlocks {
  package var reducedRows: Int { 1024 }

  package func loadCompressed(_ block: Range<Int>, into memory: Memory) -> WeightedRows<Scalar> {
    load(block, into: memory)
  }

  /// A single row, valid until something else is loaded into the memory.
  func row(_ number: Int, _ memory: Memory) -> UnsafePointer<Scalar> {
    load(number..<number + 1, into: memory).rows.base
  }

  /// Where a single row will be read, if that is known.
  func storedRow(_ number: Int) -> UnsafePointer<Scalar>? { stored(number..<number + 1)?.base }
}

extension WeightedRows: RowBlocks {
  package var columns: Int { rows.columns }

  package func makeMemory(rows: Int) {}
  package func load(_ block: Range<Int>, into memory: Void) -> WeightedRows { self[block] }
  package func stored(_ block: Range<Int>) -> Rows<Scalar>? { rows[block] }
}
