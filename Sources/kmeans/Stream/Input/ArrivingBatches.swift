import Clustering
import Foundation
import VectorIO

/// The batches of rows that come when they want: what came within some time of the first row of the
/// batch, but no more than so many rows; or exactly so many rows. The last one has what is left.
///
/// The rows are read on a thread of their own, so that those of a slow sender are seen when they come
/// and not when somebody asks. While a batch is used, the next ones gather: a batch is what came
/// within its time even if it is taken later.
final class ArrivingBatches<Scalar: ClusteringScalar>: BatchSource {
  /// The largest batch where time cuts them, and the most rows that are read ahead.
  static var mostRows: Int { 10_000 }

  /// How many rows were left out behind the last batch; known at the end.
  private(set) var skippedAtEnd = 0
  private let info: VectorFileInfo
  private let sides: SideColumns
  private let queue: RowQueue<Scalar>
  /// How long a batch may wait for more rows than its first; for ever if nothing says so.
  private let interval: Duration?
  private let limit: Int
  private let memory = MemoryBudget().limit

  /// What was taken from the queue last, and how many of its rows are in batches.
  private var current: RowQueue<Scalar>.Arrival?
  private var used = 0
  /// Rows that were left out and belong to no batch yet.
  private var skipped = SkippedRows()
  private var rowsBefore = 0

  init(_ file: VectorFile<Scalar>, _ options: StreamInputOptions) {
    info = file.info
    sides = options.sides
    // Rows may be wide: a few of them then are as much as many others.
    let rowLength = file.columns * MemoryLayout<Scalar>.stride
    queue = RowQueue(limit: max(1, min(Self.mostRows, (1 << 26) / rowLength)))
    interval = options.batchSize == nil ? options.interval ?? .seconds(1) : nil
    limit = options.batchSize ?? max(1, min(Self.mostRows, (1 << 30) / rowLength))
    RowReader(file, queue, atMost: Self.mostRows).start()
  }

  func next() throws -> StreamBatch<Scalar>? {
    var block = try RowBlock<Scalar>(columns: info.columns)
    var deadline: ContinuousClock.Instant?
    while block.rows < limit {
      if current == nil {
        switch queue.take(until: deadline) {
        case .rows(let arrival): begin(arrival)
        case .nothing: return batch(&block)
        case .end(let problem): return try end(&block, problem)
        }
      }
      guard let arrival = current else { continue }
      if let deadline, arrival.time >= deadline { break }
      if deadline == nil, let interval { deadline = arrival.time + interval }
      let count = min(arrival.block.rows - used, limit - block.rows)
      try block.append(arrival.block, rows: used..<used + count)
      // While memory moves the rows are there twice.
      if let memory, block.rows > memory / 2 / block.rowLength {
        throw RowBlock<Scalar>.tooLarge(info.path, block.rows)
      }
      used += count
      if used == arrival.block.rows { current = nil }
    }
    return batch(&block)
  }

  private func begin(_ arrival: RowQueue<Scalar>.Arrival) {
    current = arrival.block.rows == 0 ? nil : arrival
    used = 0
    skipped.append(arrival.block.skipped)
  }

  /// A batch of some rows; what was left out behind its last one belongs to the next.
  private func batch(_ block: inout RowBlock<Scalar>) -> StreamBatch<Scalar> {
    let rows = block.rows
    let left = skipped.takeFirst(keptBefore: rows, from: rowsBefore)
    block.append(skipped: left)
    defer { rowsBefore += rows + left.count }
    return StreamBatch(block, of: info, sides, rowsBefore: rowsBefore)
  }

  /// The last batch, or the end.
  private func end(
    _ block: inout RowBlock<Scalar>, _ problem: (any Error)?
  ) throws -> StreamBatch<Scalar>? {
    guard block.rows > 0 else {
      skippedAtEnd = skipped.count
      if let problem { throw problem }
      return nil
    }
    let rows = block.rows
    block.append(skipped: skipped)
    defer {
      rowsBefore += rows + skipped.count
      skipped = SkippedRows()
    }
    return StreamBatch(block, of: info, sides, rowsBefore: rowsBefore)
  }
}

/// Reads all rows of a file into a queue, on a thread of its own.
///
/// `@unchecked Sendable`: once started, only that thread uses the file.
private final class RowReader<Scalar: ClusteringScalar>: @unchecked Sendable {
  private let file: VectorFile<Scalar>
  private let queue: RowQueue<Scalar>
  private let limit: Int

  init(_ file: VectorFile<Scalar>, _ queue: RowQueue<Scalar>, atMost limit: Int) {
    self.file = file
    self.queue = queue
    self.limit = limit
  }

  func start() { Thread.detachNewThread { self.read() } }

  private func read() {
    do {
      // A copy has the memory that it needs; the block has room for many rows.
      try file.forEachBlock(atMost: limit) { queue.add(try RowBlock(copying: $0)) }
      queue.close()
    } catch {
      queue.close(error)
    }
  }
}
