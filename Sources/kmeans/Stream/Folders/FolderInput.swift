import Batching
import Clustering
import Foundation
import KMeansFiles
import VectorIO

/// The files of the folders of a stream as they are opened: with columns like those of the first,
/// or of a model.
final class FolderInput {
  let badFiles: BadFiles
  private let source: StreamInputOptions
  private let common: RunOptions
  private let expected: ExpectedColumns?
  private let folders: WatchedFolders
  /// The folders of which it was said how their columns are taken: not of every file.
  private var told: Set<FolderFile.Role> = []

  /// - Parameters:
  ///   - expected: the columns that files must have, if anything says so.
  ///   - mark: where an earlier run has ended: what it took is not taken again.
  init(
    _ source: StreamInputOptions, _ common: RunOptions, like expected: ExpectedColumns?,
    from mark: BatchMark? = nil
  ) {
    (self.source, self.common, self.expected) = (source, common, expected)
    badFiles = BadFiles(source.folders.onBadFile ?? .stop, note: common.note)
    var rules = WatchedFolders.Rules()
    rules.interval = source.interval ?? .seconds(1)
    rules.polls = source.folders.poll
    rules.untilIdle = source.folders.untilIdle
    rules.never = [STDOUT_FILENO, STDERR_FILENO].compactMap { stream in
      FileStatus(descriptor: stream).flatMap { $0.isRegularFile ? $0.identity : nil }
    }
    folders = WatchedFolders(source.folders.all, rules, from: mark, say: common.note)
  }

  /// The type that suits the first file that can be opened, for which it waits.
  func precision(canPredict: Bool) throws -> Precision {
    var seen: [FolderFile] = []
    // Whoever reads them says what is wrong with those that cannot be opened.
    defer { for file in seen.reversed() { folders.putBack(file) } }
    while let file = try folders.next(canPredict: canPredict) {
      seen.append(file)
      if let input = try? InputFile(regularFile: file.place, called: file.path),
        let found = try? open(file, input, like: nil).info.precision
      {
        return Precision(found)
      }
      if badFiles.rule == .stop { break }
    }
    return .double
  }

  /// The batches of all files, from the first good one on, for which it waits.
  func batches<Scalar: ClusteringScalar>(canPredict: Bool) throws -> FolderBatches<Scalar> {
    let cuts = source.batchSize != nil
    let takesMissing = source.rows.onInvalid == .mean
    let reader = FolderReader<Scalar>(
      limit: source.batchSize, memory: MemoryBudget().limit
    ) { file, input, first in
      try self.open(file, input, like: first).rows()
    } examine: { batch in
      // A file that is one batch is refused as a whole anyway.
      if cuts { try batch.checkFinite(takingMissing: takesMissing) }
    }
    return try FolderBatches(
      folders, reader, canPredict: canPredict, onBadFile: badFiles.take, say: common.note)
  }

  /// Opens a file.
  ///
  /// - Parameter first: the file whose columns it must have, if there is one.
  private func open(
    _ file: FolderFile, _ input: InputFile, like first: VectorFileInfo?
  ) throws -> OpenedVectorFile {
    try source.rows.checkLength(of: file.path)
    if let kind = try Archive.kind(of: input) {
      throw Failure.data("\(file.path): expected points, found a \(kind)")
    }
    let areListed = source.rows.areColumnsListed
    let expected =
      first.map { ExpectedColumns($0, areListed: areListed, behind: self.expected) }
      ?? self.expected
    var options = expected?.completing(source.rows.reading) ?? source.rows.reading
    (options.auxiliary, options.leavingOutIfThere) = source.columnsBeside(file.role)
    options.skipsZeroRows = source.skipsZeroRows
    options.allowsNoRows = true
    let opened = try OpenedVectorFile(source: input, name: file.path, options: options)
    if opened.info.saysColumns, let expected { try check(opened.info, expected, file.role) }
    return opened
  }

  private func check(
    _ info: VectorFileInfo, _ expected: ExpectedColumns, _ role: FolderFile.Role
  ) throws {
    if source.folders.areBoth, role == .predicted, info.columnNames == nil {
      // Without names nothing but their number says which columns are points: keys stand among
      // them.
      guard info.columns == expected.count else {
        throw Failure.data(
          ExpectedColumns.mismatch(
            info.path, found: info.columns, expected: expected.count, expected.source))
      }
      return
    }
    var lines: [String] = []
    try expected.check(info, info.chosenColumns) { lines.append($0) }
    if !lines.isEmpty, told.insert(role).inserted { lines.forEach(common.note) }
  }
}

extension StreamInputOptions {
  /// The columns beside the points of a file, and the names of those that it may have and that are
  /// nothing to it. Of two folders, times and weights are of what is learnt, and keys of what is
  /// predicted; a column that is known by its number is there in those files alone.
  fileprivate func columnsBeside(
    _ role: FolderFile.Role
  ) -> (AuxiliaryColumns, ifThere: [String]) {
    guard folders.areBoth else { return (auxiliary, []) }
    let learnt = AuxiliaryColumns(time: timeColumn, weight: pointWeights)
    let predicted = AuxiliaryColumns(key: keyColumn)
    let others = role == .learnt ? [keyColumn] : [timeColumn, pointWeights]
    return (
      role == .learnt ? learnt : predicted,
      others.compactMap { $0 }.filter { Int($0) == nil }
    )
  }
}

extension RowBatch where Scalar: ClusteringScalar {
  /// Refuses a value that is no finite number, or a weight that is none: before any other batch of
  /// the file is learnt.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  fileprivate func checkFinite(takingMissing: Bool) throws {
    for row in 0..<points.rows {
      for column in 0..<points.columns {
        let value = points[row, column]
        if value.isFinite || takingMissing && value.isNaN { continue }
        throw locator.failure(.notFinite(row: row, column: column))
      }
    }
    for (row, weight) in (weights ?? []).enumerated() where !(weight >= 0 && weight.isFinite) {
      throw locator.failure(.invalidWeight(row: row, weight: weight))
    }
  }
}
