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

  /// Reading options that take the column of weights, if it is one, beside the rows: what is wrong with it is told
  /// with its place, as of every column.
  func adding(to options: ReadingOptions) -> ReadingOptions {
    var options = options
    options.sides.weight = column
    options.sides.isWeightOptional = true
    return options
  }

  /// The weights in the file, if there is one.
  func readFile() throws -> [Double]? {
    guard let path else { return nil }
    try checkHoldsPoints(path)
    return try MemoryBudget().values(of: path, .weights).values
  }

  /// A line for the user where the file that is taken has the name of a column.
  func note(_ info: VectorFileInfo) -> String? {
    source.note("--point-weights", info.path, info.columnNames)
  }

  /// Refuses a word that is neither a column nor a file.
  func check(_ info: VectorFileInfo) throws {
    guard let column, info.optionalWeight == nil else { return }
    if looksLikeFile(column) { throw missingFile(column) }
    throw FileError.unusable(
      path: info.path,
      problem: "there is no column '\(column)' to take weights from, nor a file of that name")
  }
}
