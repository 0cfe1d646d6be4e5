private import Foundation
public import KMeansLinearAlgebra
public import VectorIO

/// The batches of rows that arrive over time, such as those of a pipe: the rows that came within
/// some time of the first row of the batch, at most so many; or exactly so many rows. The last one
/// has the rest.
///
/// ```swift
/// let batches = ArrivingBatches(try VectorFile<Float>("-"), interval: .seconds(1))
/// while let batch = try batches.next() { _ = try stream.update(batch.points) }
/// ```
///
/// The rows are read on a thread of their own, so that those of a slow sender are seen when they
/// come and not when the caller asks. While a batch is used, the next ones gather: a batch is what
/// came within its time even if it is taken later. A sender that is faster than the batches are
/// used waits. Where the batches are released before the end, that thread ends with the next row
/// that comes.
public final class ArrivingBatches<Scalar: MatrixScalar>: MarkedBatchSource {
  public let columnSource: VectorFileInfo?
  public let columns: Int
  public var skippedAtEnd: Int { skippedRowsAtEnd.count }
  public private(set) var skippedRowsAtEnd = SkippedRows()
  private let file: VectorFileInfo
  private let queue: RowQueue<Scalar>
  private let interval: Duration?
  private let limit: Int
  private let memory: Int?
  /// Whether rows that were left out are handed out as soon as good ones would be, in a batch
  /// without points where none came with them: for a caller who answers every row. Otherwise they
  /// belong to the batch with the next good row, and those behind the last one are
  /// ``skippedRowsAtEnd``.
  package var answersLeftOut = false

  /// The rows that were taken from the queue last, and how many of them are in batches.
  private var current: RowQueue<Scalar>.Arrival?
  private var used = 0
  private var arrivalTime = ContinuousClock.now
  /// Rows that were left out and belong to no batch yet, with their keys.
  private var skipped = SkippedRows()
  private var skippedKeys = PackedTexts()
  private var rowsBefore: Int
  private var problem: (any Error)?
  package var mark: BatchMark? { BatchMark(rows: rowsBefore) }

  /// Begins to read.
  ///
  /// - Parameters:
  ///   - file: a pipe, or anything else that rows come from; no other reader may use it from now
  ///     on. Open it with ``ReadingOptions/awaitsSample`` set to false for a text whose first rows
  ///     are wanted before the first 1,000 have come.
  ///   - interval: the time that a batch waits after its first row; `nil`: until it has `limit`
  ///     rows or the input ends.
  ///   - limit: the largest number of rows of a batch; `nil` stands for 10,000, or fewer where they
  ///     would take more than 1 GiB.
  ///   - memory: bytes, of which a batch may take half, for its rows are there twice while memory
  ///     moves; `nil` for as many as there are.
  /// - Precondition: `limit` is at least 1.
  public convenience init(
    _ file: sending VectorFile<Scalar>, interval: Duration? = nil, limit: Int? = nil,
    memory: Int? = nil
  ) {
    self.init(file, interval: interval, limit: limit, memory: memory, behind: nil)
  }

  /// The same behind rows that an earlier process has taken; a pipe has none of them any more.
  package init(
    _ file: sending VectorFile<Scalar>, interval: Duration?, limit: Int?, memory: Int?,
    behind mark: BatchMark?
  ) {
    precondition(limit ?? 1 >= 1, "batches of \(limit ?? 0) rows")
    self.file = file.info
    columnSource = file.info
    columns = file.columns
    // Rows may be wide: a few of them then are as much as many others.
    let rowLength = max(1, file.columns) * MemoryLayout<Scalar>.stride
    queue = RowQueue(limit: max(1, min(Self.mostRows, (1 << 26) / rowLength)))
    self.interval = interval
    self.limit = limit ?? max(1, min(Self.mostRows, (1 << 30) / rowLength))
    self.memory = memory
    rowsBefore = file.info.isLive ? 0 : mark?.rows ?? 0
    let reader = RowReader(file, queue, atMost: Self.mostRows, skipping: rowsBefore)
    Thread.detachNewThread { reader.read() }
  }

  deinit { queue.abandon() }

  /// The largest batch unless another is asked for, and the most rows that are read ahead.
  private static var mostRows: Int { 10_000 }

  /// The next batch; `nil` at the end. Waits for the first row, and for others as long as it may.
  ///
  /// - Throws: what is wrong with the file once all rows before are in batches, or
  ///   ``BatchError/tooLarge(path:rows:)``. It is thrown again by every further call.
  /// - Complexity: O(n d), for the rows are copied.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func next() throws -> RowBatch<Scalar>? {
    if let problem { throw problem }
    do {
      return try nextBatch()
    } catch {
      problem = error
      throw error
    }
  }

  private func nextBatch() throws -> RowBatch<Scalar>? {
    guard columns > 0 else {
      throw FileError.malformed(
        path: file.path, place: .wholeFile, problem: "there are no rows to learn")
    }
    var block = try RowBlock<Scalar>(columns: columns)
    var deadline: ContinuousClock.Instant?
    while block.rows < limit {
      if current == nil {
        switch queue.take(until: deadline) {
        case .rows(let arrival): begin(arrival)
        case .nothing: return batch(&block)
        case .end(let problem): return try end(&block, problem)
        }
      }
      guard let arrival = current else {
        if isDue(&deadline) { return batch(&block) }
        continue
      }
      if block.rows > 0, let deadline, arrival.time >= deadline { break }
      if block.rows == 0, let interval { deadline = arrival.time + interval }
      let count = min(arrival.block.rows - used, limit - block.rows)
      try block.append(arrival.block, rows: used..<used + count)
      // While memory moves the rows are there twice.
      if let memory, block.rows > memory / 2 / block.rowLength {
        throw BatchError.tooLarge(path: file.path, rows: block.rows)
      }
      used += count
      if used == arrival.block.rows { current = nil }
    }
    return batch(&block)
  }

  private func begin(_ arrival: RowQueue<Scalar>.Arrival) {
    current = arrival.block.rows == 0 ? nil : arrival
    (used, arrivalTime) = (0, arrival.time)
    skipped.append(arrival.block.skipped)
    skippedKeys.append(arrival.block.auxiliary.leftOutKeys)
  }

  /// Whether the time of a batch is over when rows have come that were all left out. They begin it
  /// where no good ones have.
  private func isDue(_ deadline: inout ContinuousClock.Instant?) -> Bool {
    guard answersLeftOut, let interval else { return false }
    let end = deadline ?? arrivalTime + interval
    deadline = end
    return arrivalTime >= end
  }

  /// A batch of some rows; rows that were left out behind its last one belong to the next, unless
  /// they are to be answered now.
  private func batch(_ block: inout RowBlock<Scalar>) -> RowBatch<Scalar> {
    if answersLeftOut, interval != nil, current == nil { return handOutAll(&block) }
    let taken = skipped.takeFirst(keptBefore: block.rows, from: rowsBefore)
    block.append(skipped: taken, keys: skippedKeys.takeFirst(taken.count))
    return handOut(block)
  }

  /// The last batch, or the end.
  private func end(
    _ block: inout RowBlock<Scalar>, _ problem: (any Error)?
  ) throws -> RowBatch<Scalar>? {
    guard block.rows > 0 || answersLeftOut && !skipped.isEmpty else {
      skippedRowsAtEnd = skipped
      if let problem { throw problem }
      return nil
    }
    return handOutAll(&block)
  }

  /// A batch of some rows and of all that were left out.
  private func handOutAll(_ block: inout RowBlock<Scalar>) -> RowBatch<Scalar> {
    block.append(skipped: skipped, keys: skippedKeys)
    (skipped, skippedKeys) = (SkippedRows(), PackedTexts())
    return handOut(block)
  }

  private func handOut(_ block: RowBlock<Scalar>) -> RowBatch<Scalar> {
    let batch = RowBatch(block, of: file, rowsBefore: rowsBefore)
    rowsBefore += batch.fileRows
    return batch
  }
}
