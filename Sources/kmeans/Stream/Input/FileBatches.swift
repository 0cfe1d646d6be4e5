import Clustering
import Foundation
import KMeansFiles
import VectorIO

/// The batches of files: each file is one, or is cut into some of as many rows as were asked for, of
/// which the last one may have fewer. No batch has rows of two files.
final class FileBatches<Scalar: ClusteringScalar>: BatchSource {
  /// How many coordinates a point has.
  let columns: Int
  /// Which columns of the file they are that has rows first; nil where none of those that are open has.
  let inputColumns: InputColumns?
  /// What the columns of the other files are compared with.
  private let expected: ExpectedColumns
  private let note: (String) -> Void
  private let options: StreamInputOptions
  private let memory = MemoryBudget().limit
  /// The files that are open, then those that are not.
  private var opened: [VectorFile<Scalar>]
  private var paths: ArraySlice<String>
  /// What was read of the first open file and is in no batch yet: a row, to know that there is one.
  private var pending: RowBlock<Scalar>?
  private var rowsBefore = 0
  /// Whether the columns of the first open file were compared with the others.
  private var isChecked = false
  private var problem: (any Error)?

  /// - Parameters:
  ///   - first: the first of the files.
  ///   - options: say which the others are.
  ///   - start: the columns that the first file with rows must have, if anything says so.
  ///   - note: takes lines for the user.
  init(
    _ first: VectorFile<Scalar>, _ options: StreamInputOptions, _ start: ExpectedColumns?,
    note: @escaping (String) -> Void
  ) throws {
    self.options = options
    self.note = note
    opened = [first]
    paths = options.inputs.dropFirst()
    // A file without rows may not say for sure how many columns it would have.
    while Self.isBare(opened.last!), let path = paths.popFirst() {
      opened.append(try options.openFile(path, like: start).rows())
    }
    let sure = opened.last.flatMap { Self.isBare($0) ? nil : $0 }
    let guess = opened.first { $0.columns > 0 }
    columns =
      sure?.columns ?? options.rows.dimension ?? options.knownColumns ?? guess?.columns ?? 0
    inputColumns = sure.map { InputColumns($0.info, $0.info.chosenColumns) }
    expected = ExpectedColumns(
      columns: inputColumns, count: columns, source: (sure ?? first).info.path,
      areListed: options.rows.areColumnsListed)
    if let sure { try start?.check(sure.info, sure.info.chosenColumns, note: note) }
    guard columns > 0 else {
      throw FileError.malformed(
        path: first.info.path, place: .wholeFile,
        problem: opened.count == 1
          ? "there are no rows to learn" : "there are no rows to learn, nor in the files after it")
    }
  }

  /// Whether a file has no rows and does not know how many columns they would have: a text without a
  /// line, or with a header alone.
  private static func isBare(_ file: VectorFile<Scalar>) -> Bool {
    file.columns == 0 || file.info.rows == 0 && file.info.columnNames != nil
  }

  var skippedAtEnd: Int { 0 }

  func next() throws -> StreamBatch<Scalar>? {
    if let problem { throw problem }
    guard let file = try currentFile() else { return nil }
    var block = try pending ?? RowBlock(columns: columns)
    let limit = options.batchSize ?? .max
    let isBare = Self.isBare(file)
    if !isBare { try block.fill(from: file, upTo: limit, memory: memory) }
    pending = nil
    if !isBare, !block.isAtEnd {
      do { try peek(file, behind: &block) } catch { problem = error }
    }
    let batch = StreamBatch(block, of: file.info, options.sides, rowsBefore: rowsBefore)
    if pending == nil {
      opened.removeFirst()
      isChecked = false
      rowsBefore = 0
    } else {
      rowsBefore += block.rows + block.skipped.count
    }
    return batch
  }

  /// Looks whether there is a further row; what is left out at the end belongs to the last batch.
  private func peek(_ file: VectorFile<Scalar>, behind block: inout RowBlock<Scalar>) throws {
    var ahead = try RowBlock<Scalar>(columns: columns)
    try ahead.read(file, atMost: 1)
    if ahead.rows == 0 { block.append(skipped: ahead.skipped) } else { pending = ahead }
  }

  private func currentFile() throws -> VectorFile<Scalar>? {
    if opened.isEmpty {
      guard let path = paths.popFirst() else { return nil }
      opened.append(try options.openFile(path, like: expected).rows())
      isChecked = false
    }
    let file = opened[0]
    if !isChecked, !Self.isBare(file), file.info.path != expected.source {
      try expected.check(file.info, file.info.chosenColumns, note: note)
    }
    isChecked = true
    return file
  }
}
