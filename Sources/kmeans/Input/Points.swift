import Batching
import Clustering
import Foundation
import KMeansFiles
import VectorIO

/// Points in memory with their weights, and what is known of where they came from.
struct Points<Scalar: ClusteringScalar> {
  let file: PointFile
  let weights: [Double]?
  let readSeconds: Double
  let skipped: SkippedRows
  /// The ids of all rows, those that were left out included, where there is a column of them.
  let ids: RowIDs?
  /// The files and the rows that errors are about.
  let locator: ErrorLocator
  private let matrix: Matrix<Scalar>

  var rows: Int { matrix.rows }
  var columns: Int { matrix.columns }

  /// Reads all points of an opened file.
  ///
  /// - Parameters:
  ///   - held: what is kept of them; nothing for those of a fit.
  ///   - expected: the columns they must have, if anything says so.
  init(
    _ opened: consuming OpenedVectorFile, _ source: PointWeights, _ options: RunOptions,
    _ budget: MemoryBudget = MemoryBudget(), held: HeldRows? = nil,
    expected: ExpectedColumns? = nil
  ) throws {
    let clock = ContinuousClock()
    let start = clock.now
    var file = try PointFile(
      opened.info, as: Scalar.self, source, options, expected: expected)
    let rows = opened.rows(as: Scalar.self)
    var block = try held.map { try budget.rows(of: rows, $0) } ?? budget.points(of: rows)
    if var missing = file.info.missing {
      try block.fill(&missing, file.info, among: "", "--exclude")
      file.take(missing, options)
    }
    skipped = block.skipped
    matrix = block.matrix
    weights =
      file.hasWeightColumn
      ? block.auxiliary.weights
      : file.givenWeights.map { [skipped, matrix] in skipped.kept(of: $0, points: matrix.rows) }
    skipped.notes(file.info.path, rows.parts).forEach(options.note)
    var locator = file.locator
    (locator.skipped, locator.parts) = (skipped, rows.parts)
    ids = RowIDs(file.info, block.auxiliary, points: block.rows, skipped)
    (self.file, self.locator) = (file, locator)
    readSeconds = (clock.now - start).seconds
  }

  /// The coordinates.
  var view: MatrixView<Scalar> {
    @_lifetime(borrow self)
    get { matrix.view }
  }
}

extension Duration {
  /// In seconds.
  var seconds: Double {
    Double(components.seconds) + Double(components.attoseconds) * 1e-18
  }
}

/// What is known of a file of points and of their weights before the points are read.
struct PointFile {
  let info: VectorFileInfo
  /// The columns of the coordinates: their names, or their numbers from 1.
  let columnNames: [String]
  /// Which columns of the file they are.
  private(set) var inputColumns: InputColumns
  /// What was filled in of the points, where that was asked for.
  private(set) var missing: MissingValues?
  /// The files that errors are about.
  let locator: ErrorLocator
  /// The weights where they come from a file of their own: one for each row, left out or not.
  let givenWeights: [Double]?
  /// Whether they are a column of the points' file.
  var hasWeightColumn: Bool { info.optionalWeight != nil }

  /// Says how the file was taken, and refuses what does not go together.
  ///
  /// - Parameters:
  ///   - expected: the columns the points must have, if anything says so.
  ///   - remark: what else the user should know, behind the name of the file.
  init<Scalar: ClusteringScalar>(
    _ info: VectorFileInfo, as type: Scalar.Type, _ weights: PointWeights, _ options: RunOptions,
    expected: ExpectedColumns?, remark: String? = nil
  ) throws {
    self.info = info
    options.note(info)
    if let remark { options.note("\(info.path): \(remark)") }
    if let note = weights.note(info) { options.note(note) }
    try weights.check(info)
    givenWeights = try weights.readFile()
    let chosen = info.chosenColumns
    try expected?.check(info, chosen) { options.note($0) }
    columnNames = chosen.map { $0.name ?? "\($0.number)" }
    inputColumns = InputColumns(info, chosen)
    var locator = ErrorLocator(info, as: Scalar.self)
    locator.weights = weights.source
    self.locator = locator
  }

  /// Remembers, and says, what was filled in.
  mutating func take(_ missing: MissingValues, _ options: RunOptions) {
    self.missing = missing
    inputColumns = InputColumns(info, info.chosenColumns, means: missing.means)
    missing.notes(info).forEach(options.note)
  }
}
