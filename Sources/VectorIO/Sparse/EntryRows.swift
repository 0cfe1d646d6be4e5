internal import KMeansFiles
internal import KMeansLinearAlgebra

/// The rows of a matrix whose entries come one after another.
///
/// Entries are read once to count those of each row. Where rows ascend, they are then read again
/// and handed out as they come; else they are put in their places, found by these counts:
/// O(nonzeros), in the memory of the matrix. Entries of a pipe must come in the order of their
/// rows.
final class EntryRows<Entries: MatrixEntries>: SparseRowDecoder {
  private enum Plan {
    case unknown
    case ordered
    /// Where the entries of each row begin [rows + 1].
    case counted([Int])
  }

  var info: VectorFileInfo
  private let entries: Entries
  private let finite: FiniteValues
  private let rowCount: Int
  /// The values that a row takes where it goes.
  private let rowLength: Int
  private var plan = Plan.unknown
  private var nextRow = 0
  private var entriesRead = 0
  /// The block of entries that is used up, and the whole matrix, of the type that is read.
  private var block: AnyObject?
  private var whole: Any?
  /// The error that stopped the last read behind its first rows.
  private var pending: FileError?

  /// - Throws: ``FileError`` for more rows than the memory holds offsets of.
  init(
    _ entries: Entries, info: VectorFileInfo, _ options: ReadingOptions
  ) throws(FileError) {
    (self.entries, self.info) = (entries, info)
    rowCount = info.rows ?? 0
    rowLength = options.isSparse ? 1 : info.fileColumns
    finite = FiniteValues(info, options)
    let (bytes, isLarge) = rowCount.multipliedReportingOverflow(by: 16)
    try AvailableMemory.check(
      isLarge ? .max : bytes / 2, path: info.path,
      "where the \(counted(rowCount, "row")) of a sparse matrix begin")
    if isLarge { throw .outOfMemory(path: info.path, problem: "\(rowCount) rows fit no memory") }
  }

  var remainingRowsEstimate: Int? {
    let rest = rowCount - nextRow
    return entries.isProven ? rest : cautious(rest, rowsRead: nextRow, columns: rowLength)
  }

  var remainingNonzerosEstimate: Int? {
    guard let nonzeros = info.nonzeros else { return nil }
    let rest = max(0, nonzeros - entriesRead)
    return entries.isProven ? rest : cautious(rest, rowsRead: entriesRead, columns: 1)
  }

  func rewind() throws(FileError) {
    try entries.rewind()
    (nextRow, entriesRead, block, pending) = (0, 0, nil, nil)
  }

  func readSparse<Scalar: ReadableScalar>(
    into rows: inout SparseMatrix<Scalar>, atMost limit: Int
  ) throws(FileError) -> Int {
    if let pending { throw pending }
    let block = self.block as? EntryBlock<Scalar> ?? EntryBlock<Scalar>()
    self.block = block
    do throws(FileError) {
      if case .unknown = plan { plan = try makePlan(block) }
      if case .counted(let starts) = plan {
        return try handOut(to: &rows, atMost: limit, starts, block)
      }
    } catch {
      // Behind a fault there is no more to come.
      pending = error
      throw error
    }
    let count = min(limit, rowCount - nextRow)
    return try appendRows(to: &rows, atMost: count, before: &pending) {
      (rows: inout SparseMatrix<Scalar>) throws(FileError) in
      try appendRow(to: &rows, block)
      nextRow += 1
    }
  }

  /// Counts the entries of each row.
  private func makePlan<Scalar: ReadableScalar>(
    _ block: EntryBlock<Scalar>
  ) throws(FileError) -> Plan {
    if entries.isLive { return .ordered }
    var starts = [Int](repeating: 0, count: rowCount + 1)
    var (last, isOrdered) = (0, true)
    while true {
      let count = try entries.read(into: block, withValues: false)
      if count == 0 { break }
      for entry in 0..<count {
        let row = block.rows[entry]
        starts[row + 1] += 1
        isOrdered = isOrdered && row >= last
        last = row
      }
    }
    try entries.rewind()
    if isOrdered { return .ordered }
    for row in 0..<rowCount { starts[row + 1] += starts[row] }
    return .counted(starts)
  }

  /// Appends the entries of the next row, up to the first of another one or the end.
  private func appendRow<Scalar: ReadableScalar>(
    to rows: inout SparseMatrix<Scalar>, _ block: EntryBlock<Scalar>
  ) throws(FileError) {
    while true {
      if block.used == block.count {
        block.used = 0
        block.count = try entries.read(into: block, withValues: true)
        if block.count == 0 { return }
        try finite.check(block.values, count: block.count) {
          (block.rows[$0], Int(block.columns[$0]))
        }
      }
      let first = block.used
      let row = block.rows[first]
      guard row >= nextRow else {
        throw .unusable(
          path: info.path,
          problem: "row \(row + 1) after row \(nextRow + 1) (rows count from 1): "
            + (entries.isLive
              ? "rows that come by a pipe must ascend, expected a file"
              : "the file changed while it was used"))
      }
      guard row == nextRow else { return }
      while block.used < block.count, block.rows[block.used] == row { block.used += 1 }
      let count = block.used - first
      rows.append(
        Span(_unsafeStart: block.values + first, count: count),
        columns: Span(_unsafeStart: block.columns + first, count: count))
      entriesRead += count
    }
  }

  /// Hands out rows of the whole matrix: all of it without a copy, where all are wanted.
  private func handOut<Scalar: ReadableScalar>(
    to rows: inout SparseMatrix<Scalar>, atMost limit: Int, _ starts: [Int],
    _ block: EntryBlock<Scalar>
  ) throws(FileError) -> Int {
    guard nextRow < rowCount else { return 0 }
    if !(whole is SparseMatrix<Scalar>) { whole = try gather(starts, block) }
    let count = min(limit, rowCount - nextRow)
    guard let all = whole as? SparseMatrix<Scalar> else { return 0 }
    if count == rowCount, rows.rows == 0 {
      (rows, whole) = (all, nil)
    } else {
      rows.append(rows: nextRow..<nextRow + count, of: all)
    }
    nextRow += count
    entriesRead = all.offsets[nextRow]
    return count
  }

  /// Puts all entries in their places.
  private func gather<Scalar: ReadableScalar>(
    _ starts: [Int], _ block: EntryBlock<Scalar>
  ) throws(FileError) -> SparseMatrix<Scalar> {
    let total = starts[rowCount]
    let bytes = Double(total) * Double(4 + MemoryLayout<Scalar>.stride) + Double(rowCount) * 8
    try AvailableMemory.check(
      Int(min(bytes, 0x1p62)), path: info.path,
      "a sparse matrix of \(counted(total, "value")) whose rows do not ascend")
    var places = starts
    var columns = [Int32](repeating: 0, count: total)
    var values = [Scalar](repeating: 0, count: total)
    while true {
      let count = try entries.read(into: block, withValues: true)
      if count == 0 { break }
      try finite.check(block.values, count: count) { (block.rows[$0], Int(block.columns[$0])) }
      for entry in 0..<count {
        let row = block.rows[entry]
        let place = places[row]
        guard place < starts[row + 1] else {
          throw .malformed(
            path: info.path, place: .wholeFile, problem: "the file changed while it was used")
        }
        places[row] = place + 1
        columns[place] = block.columns[entry]
        values[place] = block.values[entry]
      }
    }
    return SparseMatrix(
      unchecked: starts, indices: columns, values: values, columns: info.fileColumns)
  }
}
