// `import Batching` is enough to read rows in batches: the readers of files come with it.

package import KMeansFiles
package import KMeansLinearAlgebra
@_exported public import VectorIO

/// A source of batches of rows: files, a pipe, or one that wraps another source.
///
/// ```swift
/// var stream = StreamingKMeans<Float>(clusterCount: 10, seed: 1)
/// let batches = try FileBatches<Float>(["monday.csv", "tuesday.csv"])
/// while let batch = try batches.next() { _ = try stream.update(batch.points) }
/// ```
public protocol BatchSource<Scalar>: AnyObject {
  /// The type of a value.
  associatedtype Scalar: MatrixScalar

  /// The number of values of a row.
  var columns: Int { get }

  /// The file that says which columns these are; `nil` where no file has a row to say so.
  var columnSource: VectorFileInfo? { get }

  /// The next batch; `nil` at the end. It blocks the calling thread until rows have come; one
  /// thread at a time calls it.
  ///
  /// - Throws: what is wrong with the source; what came before is in earlier batches.
  func next() throws -> RowBatch<Scalar>?

  /// The number of rows that were left out behind the last batch; known at the end. With them,
  /// results for all rows of the source are complete.
  var skippedAtEnd: Int { get }

  /// The same rows with the reasons for which they were left out, counted from any row on.
  var skippedRowsAtEnd: SkippedRows { get }
}

extension BatchSource {
  /// As many rows as ``skippedAtEnd`` says, without a reason.
  public var skippedRowsAtEnd: SkippedRows {
    var rows = SkippedRows()
    rows.append(0..<skippedAtEnd)
    return rows
  }
}

/// Rows of one file that are used together, such as for one update of a model, with what comes
/// beside them.
public struct RowBatch<Scalar: MatrixScalar>: Sendable {
  /// The properties of the file.
  public let file: VectorFileInfo
  /// The rows [n x d]; a file without rows is a batch of none.
  public private(set) var points: Matrix<Scalar>
  /// The weight of each row; `nil` unless ``AuxiliaryColumns/weight`` asked for them.
  public var weights: [Double]? { file.auxiliary.weight.map { _ in auxiliary.weights } }
  /// The time of each row, in seconds; `nil` unless ``AuxiliaryColumns/time`` asked for them.
  public var times: [Double]? { file.auxiliary.time.map { _ in auxiliary.times } }
  /// The key of each row; `nil` unless ``AuxiliaryColumns/key`` asked for them.
  ///
  /// - Complexity: O(their bytes), at each call.
  public var keys: [String]? { file.auxiliary.key.map { _ in auxiliary.keys } }
  /// What was read beside the rows, the keys of those that were left out among it.
  package let auxiliary: AuxiliaryValues
  /// The rows of the file that were left out before, among or behind these, counted from 0 among
  /// all rows of the file.
  public let skippedRows: SkippedRows
  /// The number of rows of the file that came before this batch, those that were left out included.
  public let rowsBefore: Int
  /// Whether the rows are to be predicted and not learnt, as those of one of two folders are.
  package internal(set) var isOnlyPredicted = false

  /// - Parameters:
  ///   - block: rows of a file, all of them behind the first `rowsBefore`.
  init(_ block: RowBlock<Scalar>, of file: VectorFileInfo, rowsBefore: Int) {
    self.file = file
    points = block.matrix
    auxiliary = block.auxiliary
    skippedRows = block.skipped
    self.rowsBefore = rowsBefore
  }

  /// Fills missing values in, by means of these rows where none are known.
  ///
  /// - Parameter hint: the words of a message before columns that are to be left out.
  package mutating func fill(_ missing: inout MissingValues, _ hint: String) throws(FileError) {
    try missing.fill(&points, file, among: " in the first batch", hint)
  }

  /// The batch without some of its rows, which are left out for a reason of the caller's.
  ///
  /// - Parameters:
  ///   - rows: rows of ``points``, ascending.
  ///   - faults: what is wrong with each of them.
  package func leavingOut(
    _ rows: [Int], for reason: SkippedRows.Reason, _ faults: [String]
  ) throws(ShapeError) -> RowBatch {
    var block = try RowBlock<Scalar>(columns: points.columns)
    var start = 0
    for row in rows + [points.rows] {
      try block.append(points, auxiliary, rows: start..<row)
      start = row + 1
    }
    block.append(
      skipped: skippedRows.adding(rows, behind: rowsBefore, for: reason, faults),
      keys: leftOutKeys(with: rows[...]))
    return RowBatch(block, of: file, rowsBefore: rowsBefore)
  }

  /// The batch without its first rows of the file, those that were left out included.
  func droppingFirst(_ count: Int) throws(ShapeError) -> RowBatch {
    let start = rowsBefore + count
    var (before, behind) = (0, SkippedRows())
    for part in skippedRows.parts {
      before += part.rows.clamped(to: Int.min..<start).count
      behind.append(part.rows.clamped(to: start..<Int.max), for: part.reason)
    }
    var block = try RowBlock<Scalar>(columns: points.columns)
    try block.append(points, auxiliary, rows: min(count - before, points.rows)..<points.rows)
    var keys = auxiliary.leftOutKeys
    _ = keys.takeFirst(before)
    block.append(skipped: behind, keys: keys)
    var rest = RowBatch(block, of: file, rowsBefore: start)
    rest.isOnlyPredicted = isOnlyPredicted
    return rest
  }

  /// The keys of the rows that were left out and of some others, in the order of the file.
  private func leftOutKeys(with others: ArraySlice<Int>) -> PackedTexts {
    var (keys, rest) = (PackedTexts(), others)
    guard file.auxiliary.key != nil else { return keys }
    for (before, number) in skippedRows.enumerated() {
      while let row = rest.first, row + before + rowsBefore < number {
        keys.append(auxiliary.keyTexts, row..<row + 1)
        rest.removeFirst()
      }
      keys.append(auxiliary.leftOutKeys, before..<before + 1)
    }
    for row in rest { keys.append(auxiliary.keyTexts, row..<row + 1) }
    return keys
  }

  /// The number of rows of the file that this batch is, those that were left out included.
  var fileRows: Int { points.rows + skippedRows.count }
}

/// An error of batches whose rows are right by themselves.
public enum BatchError: Error, Sendable, Hashable {
  /// There is no memory for a batch, which has more than so many rows.
  case tooLarge(path: String, rows: Int)
  /// The rows of a file are longer or shorter than those of the file that says which columns there
  /// are.
  case otherColumnCount(path: String, found: Int, expected: Int, source: String)
  /// Both files name their columns, and the names differ.
  case otherColumnNames(path: String, found: [String], expected: [String], source: String)
}

extension BatchError: CustomStringConvertible {
  /// One line, such as `b.csv: rows of 3 columns, expected 2 as in a.csv`.
  public var description: String {
    switch self {
    case .tooLarge(let path, let rows):
      "\(visible(path)): a batch of more than \(counted(rows, "row")) does not fit into memory, "
        + "expected smaller batches"
    case .otherColumnCount(let path, let found, let expected, let source):
      "\(visible(path)): rows of \(counted(found, "column")), expected \(expected) as in "
        + visible(source)
    case .otherColumnNames(let path, let found, let expected, let source):
      "\(visible(path)): \(found.count == 1 ? "column" : "columns") \(quoted(found)), expected "
        + "\(quoted(expected)) as in \(visible(source))"
    }
  }
}
