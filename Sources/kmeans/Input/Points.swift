import Clustering
import Foundation
import KMeansFiles
import VectorIO

/// Points in memory with their weights, and what is known of where they came from.
struct Points<Scalar: ClusteringScalar> {
  let info: VectorFileInfo
  let weights: [Double]?
  let readSeconds: Double
  let skipped: SkippedRows
  /// The files that errors are about.
  let blame: Blame
  /// The columns of the coordinates: their names, or their numbers from 1.
  let columnNames: [String]
  private let matrix: Matrix<Scalar>
  /// How many columns of the matrix are coordinates; a weight may come behind them.
  let columns: Int
  /// Which columns of the file they are.
  let inputColumns: InputColumns

  var rows: Int { matrix.rows }

  /// Reads all points of an opened file.
  ///
  /// - Parameters:
  ///   - held: what is kept of them; nothing for those of a fit.
  ///   - expected: the columns they must have, if anything says so.
  init(
    _ file: consuming OpenedVectorFile, _ source: PointWeights, _ options: RunOptions,
    _ budget: MemoryBudget = MemoryBudget(), held: HeldRows? = nil,
    expected: ExpectedColumns? = nil
  ) throws {
    let clock = ContinuousClock()
    let start = clock.now
    let info = file.info
    options.note(info)
    if let note = source.note(info) { options.note(note) }
    let place = try source.place(in: info)
    let given = try source.readFile()
    var chosen = info.chosenColumns
    if let place { chosen.remove(at: place) }
    try expected?.check(info, chosen) { options.note($0) }
    inputColumns = InputColumns(info, chosen)
    let rows = file.rows(as: Scalar.self)
    var matrix = try held.map { try budget.matrix(of: rows, $0) } ?? budget.points(of: rows)
    let skipped = rows.skippedRows
    self.skipped = skipped
    if let place {
      weights = PointWeights.split(place, from: &matrix)
    } else {
      // A file of weights has one for each row, left out or not.
      weights = given.map { skipped.kept(of: $0, points: matrix.rows) }
    }
    skipped.notes(info.path).forEach(options.note)
    self.info = info
    self.matrix = matrix
    columns = chosen.count
    columnNames = chosen.map { $0.name ?? "\($0.number)" }
    blame = Blame(
      points: info.path, columns: chosen.map { $0.number - 1 }, weights: source.name(in: info),
      narrows: Scalar.self == Float.self && info.precision == .double, skipped: skipped)
    readSeconds = (clock.now - start).seconds
  }

  /// What a file says of each of its rows, for the rows that are points.
  func forPoints<Value>(_ values: [Value]) -> [Value] {
    skipped.kept(of: values, points: rows)
  }

  /// The coordinates.
  var view: MatrixView<Scalar> {
    @_lifetime(borrow self)
    get {
      let view = try! MatrixView(
        matrix.span, rows: matrix.rows, columns: columns, rowStride: matrix.columns)
      return view
    }
  }
}

extension Duration {
  /// In seconds.
  var seconds: Double {
    Double(components.seconds) + Double(components.attoseconds) * 1e-18
  }
}
