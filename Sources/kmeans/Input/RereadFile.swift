import Batching
import Clustering
import VectorIO

/// A file of points that is larger than the memory there is, to be read in several passes.
struct RereadFile<Scalar: ClusteringScalar> {
  private(set) var file: PointFile
  let weights: [Double]?
  /// The ids of all rows, where there is a column of them.
  let ids: RowIDs?
  let memory: Int?
  let rows: PointRows<Scalar>

  /// - Parameter expected: the columns they must have, if anything says so.
  init(
    _ opened: consuming OpenedVectorFile, _ source: PointWeights, _ options: RunOptions,
    _ budget: MemoryBudget, expected: ExpectedColumns? = nil
  ) throws {
    file = try PointFile(
      opened.info, as: Scalar.self, source, options, expected: expected,
      remark: "more than fits into memory, so it is read in several passes")
    rows = PointRows(file: opened.rows())
    if let missing = try rows.missing() { file.take(missing, options) }
    let hasWeights = file.hasWeightColumn || file.givenWeights != nil
    let sides =
      hasWeights || file.info.auxiliary.key != nil
      ? try rows.sides(given: file.givenWeights) : nil
    weights = hasWeights ? sides?.weights : nil
    ids = sides?.ids
    memory = budget.limit.map { [ids] in max(0, $0 - (ids?.byteCount ?? 0)) }
  }
}

/// The rows of a file without what is read beside them.
struct PointRows<Scalar: ClusteringScalar>: SeekableRowSource {
  let file: VectorFile<Scalar>

  var columns: Int { file.columns }
  var remainingRowsEstimate: Int? { file.remainingRowsEstimate }
  var canSeek: Bool { file.canSeek }
  var skipped: SkippedRows { file.skippedRows }

  func rewind() throws { try file.rewind() }
  func seek(toRow row: Int) throws { try file.seek(toRow: row) }

  func read(into rows: inout OutputSpan<Scalar>) throws {
    try file.read(into: &rows)
    _ = file.takeAuxiliaryValues()
  }

  /// What is filled in of all rows, by a pass over them; `nil` where nothing is.
  func missing() throws -> MissingValues? {
    guard file.info.takesMeans else { return nil }
    try file.rewind()
    try file.forEachBlock { _ in }
    let missing = file.missing
    try file.rewind()
    return missing
  }

  /// The weight of each row that is not left out, and the ids of all rows, by a pass over all rows.
  ///
  /// - Parameter given: weights of all rows of the file; else a column has them, if any.
  func sides(given: [Double]?) throws -> (weights: [Double], ids: RowIDs?) {
    let (rows, budget) = (file.info.rows ?? 0, MemoryBudget())
    try budget.check(
      Double(rows) * 8, "\(file.info.path): the weights of \(rows) points")
    var weights: [Double] = []
    var ids: RowIDs?
    weights.reserveCapacity(given == nil ? rows : 0)
    try file.rewind()
    var (count, skipped) = (0, SkippedRows())
    try file.forEachBlock { block in
      count += block.rows
      weights += block.auxiliary.weights
      let before = count - block.rows + skipped.count
      ids.append(
        RowIDs(
          file.info, block.auxiliary, points: block.rows, block.skipped.moved(by: -before)))
      try budget.check(
        Double(weights.count * 8 + (ids?.byteCount ?? 0)),
        "\(file.info.path): the ids of \(count) points")
      skipped.append(block.skipped)
    }
    return (given.map { skipped.kept(of: $0, points: count) } ?? weights, ids)
  }
}
