import Batching
import Clustering
import Foundation
import VectorIO

/// The points of a file, one block after another in the same memory, with their weights and with
/// what an error is about.
struct PointBlocks<Scalar: ClusteringScalar> {
  let file: VectorFile<Scalar>
  private let weightColumn: String?
  /// How many rows a block has, but for the last.
  private let limit: Int
  /// Whether a block is what has come, at least one row.
  private let areLive: Bool
  private var block: RowBlock<Scalar>
  /// How many rows of the file come before this block, those that were left out included.
  private var rowsBefore = 0
  /// The rows that were left out so far.
  private(set) var leftOut = LeftOut()
  /// What is filled in, where that is asked for: by means of the first block where none are known.
  private(set) var missing: MissingValues?
  /// Whether there were rows behind the first block.
  private var areMore = false
  /// How many rows are still to come, where only some of the file are read.
  private var rest: Int?
  /// Rows that were read with those that were passed over, and belong to the first block.
  private var carried: RowBlock<Scalar>?
  /// The time it took to read.
  private(set) var seconds = 0.0

  /// - Parameters:
  ///   - weightColumn: where the weights come from, which the file was opened with.
  ///   - byteCount: how large a block is.
  ///   - least: how many rows it has all the same, but for the last.
  ///   - areLive: whether a block is whatever has come by a pipe, instead.
  ///   - rows: those of the file that are read, of one that can be read from any row on; `nil` for
  ///     all that are to come.
  init(
    _ file: VectorFile<Scalar>, weightColumn: String? = nil, byteCount: Int = 1 << 22,
    least: Int = 1, areLive: Bool = false, rows: Range<Int>? = nil
  ) throws {
    self.file = file
    self.weightColumn = weightColumn
    self.areLive = areLive
    limit = max(least, byteCount / (file.columns * MemoryLayout<Scalar>.stride))
    block = try RowBlock(columns: file.columns)
    missing = file.info.missing
    guard let rows else { return }
    try file.seek(toRow: rows.lowerBound)
    (rowsBefore, rest) = (rows.lowerBound, rows.count)
  }

  /// Reads the next block.
  ///
  /// - Returns: whether there may be more; there are no points in the last, but rows may have been
  ///   left out.
  mutating func next() throws -> Bool {
    rowsBefore += block.rows + block.skipped.count
    block.removeAll()
    if let carried = carried.take() { block = carried }
    if rest == 0 { return false }
    let limit = min(limit, rest ?? limit)
    let clock = ContinuousClock()
    let start = clock.now
    // Rows that are left out take memory, too.
    while !block.isAtEnd, block.rows + block.skipped.count < limit {
      try block.read(file, atMost: limit - block.rows)
      if areLive, block.rows > 0 || !block.skipped.isEmpty { break }
    }
    if missing != nil {
      if missing?.means != nil, block.rows > 0 { areMore = true }
      try block.fill(
        &missing!, file.info, among: block.isAtEnd ? "" : " in the first \(block.rows) rows",
        "--exclude")
    }
    seconds += (clock.now - start).seconds
    leftOut.add(block.skipped)
    rest = rest.map { max(0, $0 - block.rows) }
    return block.rows > 0 || !block.isAtEnd
  }

  /// How many rows of the file were read so far, those that were left out included.
  var rowsSoFar: Int { rowsBefore + block.rows + block.skipped.count }

  /// Lets the next block begin at a place in the file.
  ///
  /// - Parameter rows: those behind it that were read already.
  mutating func goOn(at position: BlockPosition, with rows: RowBlock<Scalar>?) {
    (rowsBefore, leftOut, carried) = (position.rows, position.leftOut, rows)
    (missing, areMore) = (position.missing, true)
  }

  /// How many rows were left out so far.
  var skippedCount: Int { leftOut.count }

  /// The coordinates of the block.
  var view: MatrixView<Scalar> {
    @_lifetime(borrow self)
    get { block.matrix.view }
  }

  /// One a point, where there is a column of weights.
  var weights: [Double]? { weightColumn.map { _ in block.auxiliary.weights } }

  /// One result for each row of the file that belongs to the block, left out or not.
  func filled<Value>(_ results: [Value], with filler: Value) -> [Value] {
    block.skipped.moved(by: -rowsBefore).filled(results, with: filler)
  }

  /// The ids of the rows of the file that belong to the block, left out or not, where there is a
  /// column of them.
  var ids: RowIDs? {
    RowIDs(
      file.info, block.auxiliary, points: block.rows, block.skipped.moved(by: -rowsBefore))
  }

  /// What an error of this block is about.
  var locator: ErrorLocator {
    var locator = ErrorLocator(file.info, as: Scalar.self, weightColumn: weightColumn)
    (locator.rowsBefore, locator.skipped) = (rowsBefore, block.skipped)
    locator.parts = file.parts
    return locator
  }

  /// Lines for the user if rows were left out, or values filled in.
  var notes: [String] {
    let path = file.info.path
    let means = areMore ? missing?.learnedRows : nil
    return leftOut.notes(path, file.parts) + (missing?.notes(file.info) ?? [])
      + (means.map { ["\(path): the means are those of the first \($0) rows"] } ?? [])
  }
}
