import Foundation
import VectorIO

/// Rows that a thread makes and writes into one end of a pipe, while the other end is read: only
/// blocks of them are ever in memory.
enum RowPipe {
  /// Rows a write.
  private static let block = 4096

  /// Reads rows through a pipe.
  ///
  /// - Parameters:
  ///   - fill: makes some rows, given by their numbers; called on a thread of its own.
  ///   - body: reads the rows.
  static func read<Result>(
    rows: Int, columns: Int,
    fill: @escaping @Sendable (Range<Int>, UnsafeMutableBufferPointer<Float>) -> Void,
    _ body: (inout VectorFile<Float>) throws -> Result
  ) throws -> Result {
    // A reader that stops early is told to the writer by the status of its call.
    signal(SIGPIPE, SIG_IGN)
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { throw CocoaError(.fileReadUnknown) }
    let (reading, writing) = (ends[0], ends[1])
    Thread.detachNewThread {
      write(rows: rows, columns: columns, fill: fill, to: writing)
      close(writing)
    }
    defer { close(reading) }
    let options = ReadingOptions(format: .rawF32, dimension: columns)
    var file = try VectorFile<Float>("/dev/fd/\(reading)", options: options)
    return try body(&file)
  }

  private static func write(
    rows: Int, columns: Int, fill: (Range<Int>, UnsafeMutableBufferPointer<Float>) -> Void,
    to descriptor: Int32
  ) {
    let values = UnsafeMutableBufferPointer<Float>.allocate(capacity: block * columns)
    defer { values.deallocate() }
    for first in stride(from: 0, to: rows, by: block) {
      let part = first..<min(first + block, rows)
      fill(part, values)
      var bytes = UnsafeRawBufferPointer(
        rebasing: UnsafeRawBufferPointer(values)[
          ..<(part.count * columns * MemoryLayout<Float>.stride)])
      while !bytes.isEmpty {
        let count = Foundation.write(descriptor, bytes.baseAddress!, bytes.count)
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { return }
        bytes = UnsafeRawBufferPointer(rebasing: bytes[count...])
      }
    }
  }
}
