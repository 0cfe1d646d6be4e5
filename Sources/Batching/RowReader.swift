internal import KMeansLinearAlgebra
internal import VectorIO

/// Reads all rows of a file into a queue.
///
/// `@unchecked Sendable`: one thread alone uses the file.
final class RowReader<Scalar: MatrixScalar>: @unchecked Sendable {
  private let file: VectorFile<Scalar>
  private let queue: RowQueue<Scalar>
  private let limit: Int
  private let skipped: Int

  /// - Parameter skipped: the number of rows that are not wanted, the first ones.
  init(
    _ file: VectorFile<Scalar>, _ queue: RowQueue<Scalar>, atMost limit: Int, skipping skipped: Int
  ) {
    self.skipped = skipped
    self.file = file
    self.queue = queue
    self.limit = limit
  }

  func read() {
    do {
      if skipped > 0, let rest = try file.skip(skipped), !queue.add(rest) { throw Unwanted() }
      try file.forEachBlock(atMost: limit) { block in
        // A copy has the memory that it needs; the block has room for many rows.
        guard queue.add(try RowBlock(copying: block)) else { throw Unwanted() }
      }
      queue.close()
    } catch {
      queue.close(error)
    }
  }

  /// The end of reading where the batches were released.
  private struct Unwanted: Error {}
}
