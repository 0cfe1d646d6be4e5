import Clustering
import KMeansFiles
import VectorIO

/// The weights of the points: a file of one number a row, or a column of the input.
struct PointWeights: Sendable {
  private let source: FileOrColumn

  init(_ text: String?) { source = FileOrColumn(text) }

  /// The file, if there is one.
  var path: String? { source.file }

  /// What an error message about weights begins with.
  func name(in info: VectorFileInfo) -> String { source.name(info.path) }

  /// The column, if it is one.
  var column: String? { source.column }

  /// Reading options that bring the column of weights in, whatever it holds: what is wrong with it is then told
  /// with its place, as of every other column.
  func adding(to options: ReadingOptions) -> ReadingOptions {
    var options = options
    options.including = source.column
    return options
  }

  /// The weights in the file, if there is one.
  func readFile() throws -> [Double]? {
    guard let path else { return nil }
    try checkHoldsPoints(path)
    let rows = try VectorFile<Double>(path)
    guard rows.columns == 1 else {
      throw FileError.malformed(
        path: path, place: .wholeFile,
        problem: "\(counted(rows.columns, "column")), expected one weight a row")
    }
    let matrix = try MemoryBudget().matrix(of: rows, .weights)
    return (0..<matrix.rows).map { matrix[$0, 0] }
  }

  /// A line for the user where the file that is taken has the name of a column.
  func note(_ info: VectorFileInfo) -> String? {
    source.note("--point-weights", info.path, info.columnNames)
  }

  /// Which of the chosen columns holds the weights; nil where they do not come from a column.
  func place(in info: VectorFileInfo) throws -> Int? {
    guard let name = source.column else { return nil }
    guard let place = try info.place(of: name) else {
      if looksLikeFile(name) { throw missingFile(name) }
      throw FileError.unusable(
        path: info.path,
        problem: "there is no column '\(name)' to take weights from, nor a file of that name")
    }
    guard info.columns > 1 else {
      throw FileError.unusable(path: info.path, problem: "no column is left beside the weights")
    }
    return place
  }

  /// Takes a column out of a matrix: its values come back as weights, and the columns behind it move
  /// one to the left, so that the coordinates are the first ones of each row.
  static func split<Scalar: ClusteringScalar>(
    _ place: Int, from matrix: inout Matrix<Scalar>
  ) -> [Double] {
    let width = matrix.columns
    var values = matrix.mutableSpan
    var weights: [Double] = []
    weights.reserveCapacity(values.count / width)
    for start in stride(from: 0, to: values.count, by: width) {
      weights.append(Double(values[start + place]))
      for column in start + place..<start + width - 1 {
        values[column] = values[column + 1]
      }
    }
    return weights
  }
}
