private import Dispatch
internal import Clustering
internal import KMeansLinearAlgebra
private import KMeansLocks

/// Memory for some rows that are to be written: whole pages, as writes want them that pass by the
/// cache of the system. An unsafe handle.
///
/// `@unchecked Sendable`: filled by one thread, then written by another one, never at once.
final class SpillBlock: @unchecked Sendable {
  static let page = 4096
  private let memory: UnsafeMutableRawBufferPointer
  private(set) var count = 0

  init(bytes: Int) {
    memory = .allocate(
      byteCount: (bytes + Self.page - 1) / Self.page * Self.page, alignment: Self.page)
  }

  deinit { memory.deallocate() }

  var room: Int { memory.count - count }
  var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: memory[..<count]) }
  /// The whole pages of them.
  var pages: UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(rebasing: memory[..<(count / Self.page * Self.page)])
  }

  func append(_ bytes: UnsafeRawBufferPointer) {
    UnsafeMutableRawBufferPointer(rebasing: memory[count...]).copyMemory(from: bytes)
    count += bytes.count
  }

  func removeAll() { count = 0 }
}

/// Writes rows on a thread of its own, while whoever has them waits for the next ones: decoding and
/// writing take about as long.
final class SpillWriter<Scalar: ClusteringScalar> {
  private let rows: SpilledRows<Scalar>
  private let queue = DispatchQueue(label: "kmeans.spill")
  /// One block is written while the other one is filled.
  private let room = DispatchSemaphore(value: 1)
  private let failure = Failure()
  private var (filling, spare): (SpillBlock, SpillBlock)

  private final class Failure: Sendable {
    let error = KMeansLocks.Mutex<(any Error)?>(nil)
  }

  init(_ rows: SpilledRows<Scalar>, blockBytes: Int) {
    self.rows = rows
    (filling, spare) = (SpillBlock(bytes: blockBytes), SpillBlock(bytes: blockBytes))
  }

  /// Takes rows in.
  ///
  /// - Throws: where a block before could not be written.
  func append(_ some: borrowing MatrixView<Scalar>) throws {
    let base = some.withUnsafeBase { UnsafeRawPointer($0) }
    var rest = UnsafeRawBufferPointer(start: base, count: some.rows * rows.rowBytes)
    while !rest.isEmpty {
      let part = min(rest.count, filling.room)
      filling.append(UnsafeRawBufferPointer(rebasing: rest[..<part]))
      rest = UnsafeRawBufferPointer(rebasing: rest[part...])
      if filling.room == 0 { try handOver() }
    }
  }

  /// Has the whole pages written, and goes on with what is behind them.
  private func handOver() throws {
    room.wait()
    if let error = failure.error.withLock({ $0 }) {
      room.signal()
      throw error
    }
    swap(&filling, &spare)
    let full = spare
    filling.removeAll()
    filling.append(UnsafeRawBufferPointer(rebasing: full.bytes[full.pages.count...]))
    queue.async { [rows, room, failure] in
      do {
        try rows.append(full.pages)
      } catch {
        failure.error.withLock { $0 = error }
      }
      room.signal()
    }
  }

  /// Waits for the last block.
  func finish() throws {
    try handOver()
    room.wait()
    defer { room.signal() }
    if let error = failure.error.withLock({ $0 }) { throw error }
    try rows.append(filling.bytes)
    rows.endWriting()
  }
}
