private import Dispatch
internal import Clustering
internal import KMeansLinearAlgebra
private import KMeansLocks

/// Writes blocks of rows on a thread of its own, while whoever reads them waits for the next ones:
/// decoding and writing take about as long.
final class SpillWriter<Scalar: ClusteringScalar>: Sendable {
  private let rows: SpilledRows<Scalar>
  private let queue = DispatchQueue(label: "kmeans.spill")
  /// One block is written while another one is filled.
  private let room = DispatchSemaphore(value: 1)
  private let state = KMeansLocks.Mutex((error: (any Error)?.none, spent: [Matrix<Scalar>]()))

  init(_ rows: SpilledRows<Scalar>) { self.rows = rows }

  /// Hands over a block, once the one before is written.
  ///
  /// - Returns: a block that was written, without its rows; nothing where there is none.
  /// - Throws: where a block before could not be written.
  @discardableResult
  func write(_ block: consuming Matrix<Scalar>) throws -> Matrix<Scalar>? {
    room.wait()
    let error = state.withLock { $0.error }
    if let error {
      room.signal()
      throw error
    }
    let (block, rows) = (block, rows)
    queue.async { [state = self] in state.append(block, to: rows) }
    var spent = state.withLock { $0.spent.popLast() }
    spent?.removeAllRows()
    return spent
  }

  private func append(_ block: Matrix<Scalar>, to rows: SpilledRows<Scalar>) {
    do {
      try rows.append(block.view)
      state.withLock { $0.spent.append(block) }
    } catch {
      state.withLock { $0.error = error }
    }
    room.signal()
  }

  /// Waits for the last block.
  func finish() throws {
    room.wait()
    defer { room.signal() }
    if let error = state.withLock({ $0.error }) { throw error }
  }
}
