import Batching
import Clustering
import KMeansFiles
import VectorIO

// The batches of a stream: of all inputs, one after another, or of the standard input.
extension StreamInputOptions {
  /// Opens one input; waits for its first row if that is to come yet.
  ///
  /// - Parameter expected: what says from where indices of libsvm count and how long rows are.
  func openFile(_ path: String, like expected: ExpectedColumns?) throws -> OpenedVectorFile {
    var options = expected?.completing(rows.reading) ?? rows.reading
    // Rows of a pipe are learnt as they come.
    options.awaitsSample = false
    options.auxiliary = auxiliary
    options.skipsZeroRows = skipsZeroRows
    // A file without rows is a batch without points; on the standard input nothing would follow.
    options.allowsNoRows = !isStandardInput
    return try rows.open(path, options)
  }

  /// The batches.
  ///
  /// - Parameters:
  ///   - first: the first input, opened.
  ///   - mark: what an earlier run has taken, if this one goes on from it.
  ///   - start: the columns that the first input with rows must have, if anything says so.
  ///   - note: takes lines for the user.
  func batches<Scalar: ClusteringScalar>(
    _ first: consuming OpenedVectorFile, as type: Scalar.Type = Scalar.self,
    behind mark: BatchMark? = nil, like start: ExpectedColumns?, note: @escaping (String) -> Void
  ) throws -> any BatchSource<Scalar> {
    let memory = MemoryBudget().limit
    if isStandardInput {
      try start?.check(first.info, first.info.chosenColumns, note: note)
      let batches = ArrivingBatches<Scalar>(
        first.rows(), interval: batchSize == nil ? interval ?? usualInterval : nil,
        limit: batchSize, memory: memory, behind: mark)
      batches.answersLeftOut = true
      return batches
    }
    let areListed = rows.areColumnsListed
    let batches = try FileBatches<Scalar>(
      first.rows(), andOf: inputs.dropFirst(), limit: batchSize, memory: memory,
      columns: rows.dimension ?? knownColumns
    ) { path, like in
      let expected =
        like.map { ExpectedColumns($0, areListed: areListed, behind: start) } ?? start
      let file = try openFile(path, like: expected).rows(as: Scalar.self)
      if like != nil, file.info.saysColumns {
        try expected?.check(file.info, file.info.chosenColumns, note: note)
      }
      return file
    }
    if let info = batches.columnSource {
      try start?.check(info, info.chosenColumns, note: note)
      try checkColumns(like: ExpectedColumns(info, areListed: areListed, behind: start))
    }
    if let mark { try batches.begin(behind: mark) }
    return batches
  }

  private var usualInterval: Duration { takesRowsAtOnce ? .zero : .seconds(1) }

  /// Looks at the columns of all later files, before anything is learnt. What is wrong with their
  /// rows ends the stream when it comes to them. A libsvm file would have to be read as a whole.
  private func checkColumns(like expected: ExpectedColumns) throws {
    for path in inputs.dropFirst() where isRegularFile(path) {
      if rows.format ?? VectorFormat(path: path) == .libsvm { continue }
      do {
        let info = try openFile(path, like: expected).info
        if info.saysColumns { try expected.check(info, info.chosenColumns) { _ in } }
      } catch let error as FileError {
        guard case .malformed(_, let place, _) = error, place != .wholeFile else { throw error }
      }
    }
  }
}

extension RowBatch where Scalar: ClusteringScalar {
  /// The file and the row that an error of this batch is about.
  var locator: ErrorLocator {
    var locator = ErrorLocator(file, as: Scalar.self, weightColumn: file.auxiliary.weight)
    (locator.rowsBefore, locator.skipped) = (rowsBefore, skippedRows)
    locator.beside = auxiliary
    return locator
  }

  /// The rows that were left out, counted from 0 among all rows that came for this batch.
  var leftOut: SkippedRows { skippedRows.moved(by: -rowsBefore) }
}
