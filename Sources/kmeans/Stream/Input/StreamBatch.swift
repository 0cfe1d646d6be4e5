import Clustering
import VectorIO

/// Some rows of a stream with what comes beside them: one update of a model.
struct StreamBatch<Scalar: ClusteringScalar> {
  /// The file, or "standard input", as messages name it.
  let path: String
  /// One a row, where there is a column of weights; so for times and keys.
  let weights: [Double]?
  /// In seconds.
  let times: [Double]?
  let keys: [String]?
  /// Rows that were left out, counted from 0 among all rows that came for this batch.
  let skipped: SkippedRows
  /// How many rows of the file came before this batch, those that were left out included.
  let rowsBefore: Int
  /// The file and the row that an error of this batch is about.
  let locator: ErrorLocator
  private let matrix: Matrix<Scalar>

  /// - Parameters:
  ///   - block: rows of a file, all of them behind the first `rowsBefore`.
  ///   - sides: which side columns were asked for.
  init(
    _ block: RowBlock<Scalar>, of info: VectorFileInfo, _ sides: SideColumns, rowsBefore: Int
  ) {
    path = info.path
    matrix = block.matrix
    weights = sides.weight.map { _ in block.sides.weights }
    times = sides.time.map { _ in block.sides.times }
    keys = sides.key.map { _ in block.sides.keys }
    skipped = block.skipped.moved(by: -rowsBefore)
    self.rowsBefore = rowsBefore
    var locator = ErrorLocator(info, as: Scalar.self, weightColumn: sides.weight)
    (locator.rowsBefore, locator.skipped) = (rowsBefore, block.skipped)
    self.locator = locator
  }

  /// How many points there are.
  var rows: Int { matrix.rows }

  /// The coordinates.
  var view: MatrixView<Scalar> {
    @_lifetime(borrow self)
    get { matrix.view }
  }

  /// Lines for the user if rows were left out, with their numbers in the file.
  var notes: [String] { locator.skipped.notes(path) }
}
