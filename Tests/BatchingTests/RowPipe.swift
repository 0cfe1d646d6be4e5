import Batching
import Foundation
@_exported public import KMeansTestSupport

/// A pipe that a test writes rows into as it goes on, of two columns.
final class RowPipe: Sendable {
  private let reading: Int32
  private let writing: Int32

  /// - Parameter first: what the pipe holds when it is opened.
  init(_ first: String) {
    signal(SIGPIPE, SIG_IGN)
    var ends: [Int32] = [-1, -1]
    precondition(pipe(&ends) == 0)
    (reading, writing) = (ends[0], ends[1])
    precondition(send(first) == 0)
  }

  /// The rows; to be asked for once.
  func file(
    onInvalid: InvalidRows = .error, auxiliary: AuxiliaryColumns = AuxiliaryColumns()
  ) throws -> sending VectorFile<Double> {
    defer { close(reading) }
    let options = ReadingOptions(
      columns: ColumnSelection("1,2"), auxiliary: auxiliary, onInvalid: onInvalid,
      awaitsSample: false)
    return try VectorFile("/dev/fd/\(reading)", options: options)
  }

  /// - Returns: 0, or why it could not be written.
  @discardableResult
  func send(_ text: String) -> Int32 {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { write(writing, $0.baseAddress, $0.count) }
      if count < 0 { return errno }
      rest = rest.dropFirst(count)
    }
    return 0
  }

  /// No more rows come.
  func end() { close(writing) }
}

extension BatchSource {
  /// All batches that are left.
  func rest() throws -> [RowBatch<Scalar>] {
    var batches: [RowBatch<Scalar>] = []
    while let batch = try next() { batches.append(batch) }
    return batches
  }
}

extension RowBatch {
  /// The first value of each row.
  var firstValues: [Scalar] { (0..<points.rows).map { points[$0, 0] } }
}
