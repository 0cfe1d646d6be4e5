internal import KMeansFiles
public import KMeansLinearAlgebra
public import VectorIO

/// The batches of files: each file is one, or is cut into some of as many rows as were asked for,
/// of which the last one may have fewer. No batch has rows of two files; a file without rows is a
/// batch of none.
///
/// ```swift
/// let batches = try FileBatches<Float>(["monday.csv", "tuesday.csv.gz"], limit: 5_000)
/// while let batch = try batches.next() { _ = try stream.update(batch.points) }
/// ```
///
/// A file is opened when the one before it has been read to its end.
public final class FileBatches<Scalar: MatrixScalar>: MarkedBatchSource {
  public let columnSource: VectorFileInfo?
  public let columns: Int
  public var skippedAtEnd: Int { 0 }
  /// The files that are open, then those that are not.
  var opened: [VectorFile<Scalar>]
  var paths: ArraySlice<String>
  let open: FileOpener<Scalar>
  private let limit: Int
  private let memory: Int?
  /// A row of the first open file that is in no batch yet, read to know that there is one.
  var pending: RowBlock<Scalar>?
  var rowsBefore = 0
  var problem: (any Error)?
  package internal(set) var mark: BatchMark? = BatchMark()

  /// Opens the first files, up to one that has a row to say what the columns are.
  ///
  /// - Parameters:
  ///   - paths: the files, in their order.
  ///   - options: how each of them is read; a text without rows is a batch of none. The
  ///     columns of the first file with rows hold for the others, too: their number, their names,
  ///     and the first index of libsvm.
  ///   - limit: the largest number of rows of a batch; `nil` makes each file one batch.
  ///   - memory: how many bytes a batch may take; `nil` for as many as there are.
  /// - Throws: ``FileError``, also where no file says how many columns there are.
  /// - Precondition: there is a file, and `limit` is at least 1.
  public convenience init(
    _ paths: [String], options: ReadingOptions = ReadingOptions(), limit: Int? = nil,
    memory: Int? = nil
  ) throws {
    precondition(!paths.isEmpty, "there are no files")
    let open: FileOpener<Scalar> = { path, first in
      let file = try VectorFile<Scalar>(path, options: options.reading(like: first))
      if let first { try file.info.checkColumns(like: first) }
      return file
    }
    try self.init(
      try open(paths[0], nil), andOf: paths.dropFirst(), limit: limit, memory: memory,
      columns: options.dimension, open: open)
  }

  /// - Parameters:
  ///   - first: the first of the files.
  ///   - paths: the others.
  ///   - columns: the number of columns, where more than the files say it.
  ///   - open: opens the others.
  package init(
    _ first: VectorFile<Scalar>, andOf paths: ArraySlice<String>, limit: Int?, memory: Int?,
    columns: Int?, open: @escaping FileOpener<Scalar>
  ) throws {
    precondition(limit ?? 1 >= 1, "batches of \(limit ?? 0) rows")
    (self.open, self.limit, self.memory) = (open, limit ?? .max, memory)
    (opened, self.paths) = ([first], paths)
    // A file without rows may not say for sure how many columns it would have.
    while !opened.last!.info.saysColumns, let path = self.paths.popFirst() {
      opened.append(try open(path, nil))
    }
    columnSource = opened.last.flatMap { $0.info.saysColumns ? $0.info : nil }
    let guess = opened.first { $0.columns > 0 }
    self.columns = columnSource?.columns ?? columns ?? guess?.columns ?? 0
    guard self.columns > 0 else {
      throw FileError.malformed(
        path: first.info.path, place: .wholeFile,
        problem: opened.count == 1
          ? "there are no rows to learn" : "there are no rows to learn, nor in the files after it")
    }
  }

  /// The next batch; `nil` behind the last file.
  ///
  /// - Throws: what is wrong with the file once all whole batches before are handed out;
  ///   ``BatchError`` where it does not go with those before it or does not fit into memory. It is
  ///   thrown again by every further call.
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
    if opened.isEmpty, let path = paths.popFirst() { opened.append(try open(path, columnSource)) }
    guard let file = opened.first else { return nil }
    var block = try pending ?? RowBlock(columns: columns)
    pending = nil
    if file.info.saysColumns {
      try block.fill(from: file, upTo: limit, memory: memory)
      // The batch is right, whatever comes behind it.
      if !block.isAtEnd { do { try peek(file, behind: &block) } catch { problem = error } }
    }
    let batch = RowBatch(block, of: file.info, rowsBefore: rowsBefore)
    rowsBefore += batch.fileRows
    if pending == nil {
      opened.removeFirst()
      // What is wrong behind the batch hides whether it has all that belongs to it.
      mark = problem == nil ? BatchMark(files: (mark?.files ?? 0) + 1) : nil
      rowsBefore = 0
    } else {
      mark?.rows = rowsBefore
    }
    return batch
  }

  /// Looks whether there is a further row; what is left out at the end belongs to the last batch.
  func peek(_ file: VectorFile<Scalar>, behind block: inout RowBlock<Scalar>) throws {
    var ahead = try RowBlock<Scalar>(columns: columns)
    while ahead.rows == 0, !ahead.isAtEnd { try ahead.read(file, atMost: 1) }
    guard ahead.rows == 0 else {
      pending = ahead
      return
    }
    block.append(skipped: ahead.skipped, keys: ahead.auxiliary.leftOutKeys)
  }
}

/// Opens a file whose columns have to be those of another one, where there is one to say it.
package typealias FileOpener<Scalar: MatrixScalar> = (
  _ path: String, _ first: VectorFileInfo?
) throws -> VectorFile<Scalar>

extension VectorFileInfo {
  /// Refuses other columns than those of another file.
  func checkColumns(like other: VectorFileInfo) throws(BatchError) {
    guard saysColumns else { return }
    guard columns == other.columns else {
      throw .otherColumnCount(
        path: path, found: columns, expected: other.columns, source: other.path)
    }
    guard columnNames != nil, other.columnNames != nil else { return }
    let (found, expected) = (chosenColumns, other.chosenColumns)
    if found.map(\.name) != expected.map(\.name) {
      throw .otherColumnNames(
        path: path, found: found.map { $0.name ?? "" }, expected: expected.map { $0.name ?? "" },
        source: other.path)
    }
  }
}

extension ReadingOptions {
  /// These for a file of a series: columns that have names are those of the first file, whatever
  /// their order; libsvm does not say how long rows are and from where indices count.
  func reading(like first: VectorFileInfo?) -> ReadingOptions {
    var options = self
    options.allowsNoRows = true
    if let first, columns == .numeric, first.columnNames != nil {
      options.choose(named: first.chosenColumns.compactMap(\.name), as: first.path)
    }
    if let first, first.format == .libsvm {
      options.dimension = options.dimension ?? first.fileColumns
      options.firstIndex = options.firstIndex ?? first.firstIndex
    }
    return options
  }
}
