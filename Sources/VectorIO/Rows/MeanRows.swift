internal import KMeansFiles

/// The rows of a decoder with the mean of a column in place of each missing value.
final class MeanRows: UniformRowDecoder {
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
    if missing == nil { try learn(rows) }
    let count = try all.read(rows: rows)
    let values = UnsafeMutableBufferPointer(rebasing: rows[..<(count * info.columns)])
    var span = values.mutableSpan
    missing!.fill(&span)
    return count
  }

  /// Reads all rows for their means, and goes back to the first.
  ///
  /// - Parameter memory: room for some rows.
  private func learn<Scalar: ReadableScalar>(
    _ memory: UnsafeMutableBufferPointer<Scalar>
  ) throws(FileError) {
    var learning = MissingValues(columns: info.columns)
    if firstRow != nil { try all.rewind() }
    while true {
      let count = try all.read(rows: memory)
      if count == 0, !all.onlyLeftOut { break }
      learning.learn(UnsafeBufferPointer(rebasing: memory[..<(count * info.columns)]))
      _ = all.takeAuxiliaryValues()
      _ = all.takeSkippedRows()
    }
    try learning.finish(info, among: "", excludeOption)
    missing = MissingValues(columns: info.columns, means: learning.means)
    try all.rewind()
    if let firstRow { try all.seek(toRow: firstRow) }
  }
}
