import Clustering
import Foundation
import KMeansFiles
import VectorIO

/// Points in memory with their weights, and what is known of where they came from.
struct Points<Scalar: ClusteringScalar> {
  let info: VectorFileInfo
  let weights: [Double]?
  let readSeconds: Double
  /// The files that errors are about.
  let blame: Blame
  private let matrix: Matrix<Scalar>
  /// How many columns of the matrix are coordinates; a weight may come behind them.
  let columns: Int

  var rows: Int { matrix.rows }

  /// Reads all points of an opened file.
  init(
    _ file: consuming OpenedVectorFile, _ source: PointWeights, _ options: RunOptions
  ) throws {
    let clock = ContinuousClock()
    let start = clock.now
    let info = file.info
    if let summary = info.columnSummary { options.note("\(info.path): \(summary)") }
    let given = try source.readFile()
    let place = try source.place(in: info)
    var rows = file.rows(as: Scalar.self)
    var matrix = try Matrix(reading: &rows)
    var chosen = info.chosenColumns
    if let place {
      weights = PointWeights.split(place, from: &matrix)
      chosen.remove(at: place)
    } else {
      weights = given
    }
    self.info = info
    self.matrix = matrix
    columns = chosen.count
    blame = Blame(
      points: info.path, columns: chosen.map { $0.number - 1 }, weights: source.name(in: info),
      narrows: Scalar.self == Float.self && info.precision == .double)
    readSeconds = (clock.now - start).seconds
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
