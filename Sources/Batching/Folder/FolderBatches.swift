internal import KMeansFiles
public import KMeansLinearAlgebra
public import VectorIO

/// The batches of a folder that files are put into, as long as anyone likes: each file that comes
/// is one, or is cut into some of as many rows as were asked for.
///
/// ```swift
/// let batches = try FolderBatches<Double>("incoming", options: ReadingOptions(format: .spark))
/// while let batch = try batches.next() { _ = try stream.update(batch.points) }
/// ```
///
/// Once an interval the folder is looked at. A file is taken when it has been moved in, or when its
/// size and time have stood still for two intervals; of several the oldest comes first, then the
/// first by the bytes of its name. It is read to its end before its first batch is handed out, and
/// read again later where it has changed meanwhile. Files that are there at the beginning are
/// taken, too. Names that begin with `.` or `_` or end in `.tmp` or `._COPYING_` are passed over,
/// as are folders, links to other places, and what is no regular file. A file is taken once, also
/// where it leaves and comes back; one whose size or time has changed since is another one. A
/// folder that vanishes is waited for.
///
/// One process at a time may learn from a folder: it is locked.
public final class FolderBatches<Scalar: MatrixScalar>: MarkedBatchSource {
  public let columnSource: VectorFileInfo?
  public let columns: Int
  public var skippedAtEnd: Int { 0 }
  /// Whether files that are to be predicted are of use already.
  package var canPredict: Bool
  private let folders: WatchedFolders
  private let reader: FolderReader<Scalar>
  private let onBadFile: (any Error) throws -> Void
  private let say: (String) -> Void
  /// The file whose batches are handed out, those that are left, and the rows of those before.
  private var file: FolderFile?
  private var ready: ArraySlice<RowBatch<Scalar>> = []
  private var rows = 0
  private var problem: (any Error)?

  /// Waits for the first file that has rows, which say what the columns are.
  ///
  /// - Parameters:
  ///   - folder: a folder of this machine, or of a network.
  ///   - options: how each file is read; the columns of the first one hold for the others, as those
  ///     of ``FileBatches`` do.
  ///   - interval: the time from one look at the folder to the next.
  ///   - limit: the largest number of rows of a batch; `nil` makes each file one batch.
  ///   - memory: how many bytes a file may take; `nil` for as many as there are.
  ///   - onBadFile: gets what is wrong with a file that cannot be read. To throw it ends the
  ///     batches, to return leaves the file out.
  ///   - note: gets lines for people: a folder that is gone, a file that has changed.
  /// - Throws: ``FileError`` where there is no such folder; an error that says so where another
  ///   process learns from it; what `onBadFile` throws.
  /// - Precondition: `limit` is at least 1.
  public convenience init(
    _ folder: String, options: ReadingOptions = ReadingOptions(),
    interval: Duration = .seconds(1), limit: Int? = nil, memory: Int? = nil,
    onBadFile: @escaping (any Error) throws -> Void = { throw $0 },
    note: @escaping (String) -> Void = { _ in }
  ) throws {
    precondition(limit ?? 1 >= 1, "batches of \(limit ?? 0) rows")
    var rules = WatchedFolders.Rules()
    rules.interval = interval
    let reader = FolderReader<Scalar>(limit: limit, memory: memory) { file, input, first in
      let opened = try OpenedVectorFile(
        source: input, name: file.path, options: options.reading(like: first))
      if let first { try opened.info.checkColumns(like: first) }
      return opened.rows()
    }
    try self.init(
      WatchedFolders([(folder, .learnt)], rules, say: note), reader, canPredict: false,
      onBadFile: onBadFile, say: note)
  }

  /// - Parameter canPredict: whether files that are to be predicted are of use from the beginning.
  package init(
    _ folders: WatchedFolders, _ reader: FolderReader<Scalar>, canPredict: Bool,
    onBadFile: @escaping (any Error) throws -> Void, say: @escaping (String) -> Void
  ) throws {
    (self.folders, self.reader, self.canPredict) = (folders, reader, canPredict)
    (self.onBadFile, self.say) = (onBadFile, say)
    var first: (file: FolderFile, batches: [RowBatch<Scalar>])?
    while first == nil {
      guard let file = try folders.next(canPredict: canPredict) else { throw folders.noFile }
      switch reader.read(file, like: nil, columns: nil) {
      case .batches(let batches): first = (file, batches)
      case let outcome: try Self.settle(file, outcome, folders, onBadFile, say)
      }
    }
    columnSource = first?.batches.first?.file
    columns = columnSource?.columns ?? 0
    begin(first!.file, first!.batches)
  }

  /// The next batch, which waits for a file; `nil` at the end, if there is one.
  ///
  /// - Throws: what is wrong with a file, none of whose batches was handed out. It is thrown again
  ///   by every further call.
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
    while ready.isEmpty {
      guard let file = try folders.next(canPredict: canPredict) else { return nil }
      switch reader.read(file, like: columnSource, columns: columns) {
      case .batches(let batches): begin(file, batches)
      case let outcome: try Self.settle(file, outcome, folders, onBadFile, say)
      }
    }
    let batch = ready.removeFirst()
    rows = batch.rowsBefore + batch.fileRows
    if ready.isEmpty { end() }
    return batch
  }

  /// Hands out no further batch of the file whose batch came last.
  package func leaveOutRest() {
    guard !ready.isEmpty else { return }
    ready = []
    end()
  }

  /// The place behind the last batch. A run that begins there takes none of these files again;
  /// where ``BatchMark/rows`` is not 0, the last of them was handed out up to that row.
  package var mark: BatchMark? { folders.mark(in: file, rows: rows) }

  private func begin(_ file: FolderFile, _ batches: [RowBatch<Scalar>]) {
    (self.file, ready, rows) = (file, batches[...], 0)
    let before = folders.rowsBefore(in: file)
    while let batch = ready.first, batch.rowsBefore < before {
      ready.removeFirst()
      let rest = batch.rowsBefore + batch.fileRows - before
      if rest > 0, let part = try? batch.droppingFirst(batch.fileRows - rest) {
        ready.insert(part, at: ready.startIndex)
      }
    }
    if ready.isEmpty { end() }
  }

  private func end() {
    if let file { folders.note(file, .whole) }
    (file, rows) = (nil, 0)
  }

  /// What becomes of a file without batches.
  private static func settle(
    _ file: FolderFile, _ outcome: FolderReader<Scalar>.Outcome, _ folders: WatchedFolders,
    _ onBadFile: (any Error) throws -> Void, _ say: (String) -> Void
  ) throws {
    switch outcome {
    case .batches: break
    case .noRows:
      say("\(file.path): it has no rows: it is left out")
      folders.note(file, .whole)
    case .bad(let error):
      try onBadFile(error)
      // It is not tried again before it changes.
      folders.note(file, .whole)
    case .changed: folders.note(file, .changed)
    case .gone: folders.note(file, .gone)
    }
  }
}
