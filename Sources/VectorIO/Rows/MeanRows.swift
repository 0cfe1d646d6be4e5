internal import KMeansFiles
internal import KMeansLinearAlgebra

/// The rows of a decoder with the mean of a column in place of each missing value.
final class MeanRows: UniformRowDecoder, UniformSparseDecoder {
  private let all: any RowDecoder
  private let excludeOption: String
  private(set) var missing: MissingValues?
  /// The row that is read next, where that is not the first and no row was read yet.
  private var firstRow: Int?

  /// - Throws: ``FileError`` where the means are not known, and the rows cannot be read twice; and
  ///   where those that are given are no means of these columns.
  init(_ all: any RowDecoder, _ options: ReadingOptions) throws(FileError) {
    self.all = all
    excludeOption = options.excludeOption
    let (info, means) = (all.info, options.means)
    if let means {
      guard means.count == info.columns, means.allSatisfy(\.isFinite) else {
        throw .unusable(
          path: info.path,
          problem:
            "\(counted(means.count, "mean")) for \(counted(info.columns, "column")), expected "
            + "as many, finite ones")
      }
      missing = MissingValues(columns: info.columns, means: means)
    } else if info.isLive {
      throw .unusable(
        path: info.path,
        problem: "the means of columns take reading twice, which a pipe does not allow: expected a "
          + "file\(options.namesOptions ? ", or --on-invalid skip" : " or ReadingOptions.means")")
    }
  }

  var info: VectorFileInfo {
    get { all.info }
    set { all.info = newValue }
  }

  var remainingRowsEstimate: Int? { all.remainingRowsEstimate }
  var remainingNonzerosEstimate: Int? { all.remainingNonzerosEstimate }
  var canSeek: Bool { all.canSeek }
  var parts: [FilePart] { all.parts }
  var skippedRows: SkippedRows { all.skippedRows }
  var onlyLeftOut: Bool { all.onlyLeftOut }

  func seek(toRow row: Int) throws(FileError) {
    firstRow = row
    try all.seek(toRow: row)
  }

  func rewind() throws(FileError) {
    firstRow = nil
    try all.rewind()
    if let means = missing?.means {
      missing = MissingValues(columns: info.columns, means: means)
    }
  }
  func takeAuxiliaryValues() -> AuxiliaryValues { all.takeAuxiliaryValues() }
  func takeSkippedRows() -> SkippedRows { all.takeSkippedRows() }

  func readRows<Scalar: ReadableScalar>(
    into rows: UnsafeMutableBufferPointer<Scalar>
  ) throws(FileError) -> Int {
    if missing == nil {
      try learn { (learning: inout MissingValues) throws(FileError) in
        let count = try all.read(rows: rows)
        learning.learn(UnsafeBufferPointer(rebasing: rows[..<(count * info.columns)]))
        return count
      }
    }
    let count = try all.read(rows: rows)
    let values = UnsafeMutableBufferPointer(rebasing: rows[..<(count * info.columns)])
    var span = values.mutableSpan
    missing!.fill(&span)
    return count
  }

  func readSparse<Scalar: ReadableScalar>(
    into rows: inout SparseMatrix<Scalar>, atMost limit: Int
  ) throws(FileError) -> Int {
    if missing == nil {
      var block = noRows(of: info.columns, as: Scalar.self)
      try learn { (learning: inout MissingValues) throws(FileError) in
        block.removeAllRows()
        let count = try all.read(sparse: &block, atMost: Self.rowsAtATime)
        learning.learn(block)
        return count
      }
    }
    let first = rows.rows
    let count = try all.read(sparse: &rows, atMost: limit)
    missing!.fill(&rows, from: first)
    return count
  }

  /// The sparse rows that are learnt from at a time.
  private static var rowsAtATime: Int { 1 << 14 }

  /// Reads all rows for their means, and goes back to the first.
  ///
  /// - Parameter read: learns from some rows; returns their number.
  private func learn(
    _ read: (inout MissingValues) throws(FileError) -> Int
  ) throws(FileError) {
    var learning = MissingValues(columns: info.columns)
    if firstRow != nil { try all.rewind() }
    while true {
      let count = try read(&learning)
      if count == 0, !all.onlyLeftOut { break }
      _ = all.takeAuxiliaryValues()
      _ = all.takeSkippedRows()
    }
    try learning.finish(info, among: "", excludeOption)
    missing = MissingValues(columns: info.columns, means: learning.means)
    try all.rewind()
    if let firstRow { try all.seek(toRow: firstRow) }
  }
}
