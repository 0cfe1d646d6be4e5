import Clustering
import Foundation
import VectorIO

/// A file of points that is larger than the memory there is, to be read in several passes.
struct RereadFile<Scalar: ClusteringScalar> {
  let info: VectorFileInfo
  let weights: [Double]?
  let blame: Blame
  /// The columns of the coordinates: their names, or their numbers from 1.
  let columnNames: [String]
  let memory: Int?
  let rows: PointRows<Scalar>
  /// Which columns of the file the points are.
  let inputColumns: InputColumns

  /// - Parameter expected: the columns they must have, if anything says so.
  init(
    _ file: consuming OpenedVectorFile, _ source: PointWeights, _ options: RunOptions,
    _ budget: MemoryBudget, expected: ExpectedColumns? = nil
  ) throws {
    let info = file.info
    options.note(info)
    options.note("\(info.path): more than fits into memory, so it is read in several passes")
    if let note = source.note(info) { options.note(note) }
    let place = try source.place(in: info)
    let given = try source.readFile()
    var chosen = info.chosenColumns
    if let place { chosen.remove(at: place) }
    columnNames = chosen.map { $0.name ?? "\($0.number)" }
    try expected?.check(info, chosen) { options.note($0) }
    inputColumns = InputColumns(info, chosen)
    rows = PointRows(file: file.rows(), dropping: place)
    weights =
      try place == nil ? given.map { [rows] in try rows.values($0) } : rows.values(ofColumn: place!)
    self.info = info
    memory = budget.limit
    blame = Blame(
      points: info.path, columns: chosen.map { $0.number - 1 }, weights: source.name(in: info),
      narrows: Scalar.self == Float.self && info.precision == .double)
  }
}

/// The rows of a file without one of their columns, that of the weights.
struct PointRows<Scalar: ClusteringScalar>: SeekableRowSource {
  let file: VectorFile<Scalar>
  let dropping: Int?

  var columns: Int { file.columns - (dropping == nil ? 0 : 1) }
  var remainingRowsEstimate: Int? { file.remainingRowsEstimate }
  var canSeek: Bool { file.canSeek }
  var skipped: SkippedRows { file.skippedRows }

  func rewind() throws { try file.rewind() }
  func seek(toRow row: Int) throws { try file.seek(toRow: row) }

  func read(into rows: inout OutputSpan<Scalar>) throws {
    guard let dropping else { return try file.read(into: &rows) }
    let limit = max(1, min(rows.freeCapacity / columns, (1 << 20) / file.columns))
    var block = try Matrix<Scalar>(reserving: limit, columns: file.columns)
    try block.append(atMost: limit) { try file.read(into: &$0) }
    for row in 0..<block.rows {
      for column in 0..<file.columns where column != dropping { rows.append(block[row, column]) }
    }
  }

  /// Calls a closure with one block of whole rows after another.
  private func forEachBlock(_ body: (borrowing Matrix<Scalar>) throws -> Void) throws {
    try file.rewind()
    let limit = max(1, (1 << 20) / file.columns)
    var block = try Matrix<Scalar>(reserving: limit, columns: file.columns)
    while try block.append(atMost: limit, by: { try file.read(into: &$0) }) > 0 {
      try body(block)
      block.removeAllRows()
    }
  }

  /// The values of a column, of all rows that are not left out.
  func values(ofColumn column: Int) throws -> [Double] {
    var values: [Double] = []
    let rows = file.info.rows ?? 0
    try MemoryBudget().check(
      Double(rows) * 8, "\(file.info.path): the weights of \(rows) points")
    values.reserveCapacity(rows)
    try forEachBlock { block in
      for row in 0..<block.rows { values.append(Double(block[row, column])) }
    }
    return values
  }

  /// Of values for each row of the file those of the rows that are not left out.
  func values(_ all: [Double]) throws -> [Double] {
    var count = 0
    try forEachBlock { count += $0.rows }
    return skipped.kept(of: all, points: count)
  }
}
