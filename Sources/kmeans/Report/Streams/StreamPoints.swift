import Batching
import Clustering
import KMeansFiles

/// The points of a stream that a report is of, batch by batch: each file, or so many rows of it.
final class StreamPoints {
  private let batches: FileBatches<Double>
  /// How many batches there were.
  private(set) var count = 0

  /// - Parameter limit: the largest number of rows of a batch; `nil` makes each file one.
  init(_ command: ReportCommand, limit: Int?) throws {
    let files = try InputFiles(command.inputs)
    files.notes.forEach(command.common.note)
    for path in files.paths { try command.rows.check(path) }
    var reading = command.rows.reading
    // Missing values are filled in while they are read, or are errors.
    reading.leavesMissing = false
    batches = try Self.named {
      try FileBatches<Double>(
        files.paths, options: reading, limit: limit,
        memory: MemoryBudget().limit)
    }
  }

  var columns: Int { batches.columns }

  /// The names of the columns, where they have any.
  var names: [String]? {
    batches.columnSource.flatMap { info in
      info.columnNames == nil ? nil : info.chosenColumns.map { $0.name ?? "" }
    }
  }

  /// The next batch; `nil` behind the last.
  func next() throws -> RowBatch<Double>? {
    let batch = try Self.named { try batches.next() }
    if batch != nil { count += 1 }
    return batch
  }

  /// Files whose columns differ are bad data.
  private static func named<Value>(_ body: () throws -> Value) throws -> Value {
    do {
      return try body()
    } catch let error as BatchError {
      if case .tooLarge = error { throw error }
      throw Failure.data("\(error)")
    }
  }
}
