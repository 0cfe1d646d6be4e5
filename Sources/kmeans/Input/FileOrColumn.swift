import Clustering
import KMeansFiles
import VectorIO

/// Where something comes from that each point has one of: a file with one a row, or a column of the
/// input.
enum FileOrColumn: Sendable {
  case none
  case file(String)
  case column(String)

  /// A file where there is one of that name, else a column: a folder has nothing for each point.
  init(_ text: String?) {
    guard let text else {
      self = .none
      return
    }
    let isFile = FileStatus(of: text).map { !$0.isFolder } ?? false
    self = isFile ? .file(text) : .column(text)
  }

  /// A line for the user where a name is that of a file, which is taken, and that of a column, too.
  ///
  /// - Parameter names: those of the columns, if they have any.
  func note(_ option: String, _ path: String, _ names: [String]?) -> String? {
    guard case .file(let text) = self, let place = names?.firstIndex(of: text) else { return nil }
    return "\(option) \(text): the file of that name is taken, not the column of \(path) "
      + "(\(place + 1) takes that)"
  }

  /// The file, if it is one.
  var file: String? {
    if case .file(let path) = self { path } else { nil }
  }

  /// The column, if it is one.
  var column: String? {
    if case .column(let column) = self { column } else { nil }
  }

  /// What messages call it.
  ///
  /// - Parameter input: what they call the input.
  func name(_ input: String) -> String {
    switch self {
    case .none: input
    case .file(let path): path
    case .column(let column): "\(input): column \(column)"
    }
  }
}

/// The weights of the points: a file of one number a row, or a column of the input.
struct PointWeights: Sendable {
  let source: FileOrColumn

  init(_ text: String?) { source = FileOrColumn(text) }

  /// The file, if there is one.
  var path: String? { source.file }

  /// The column, if it is one.
  var column: String? { source.column }

  /// Reading options that take the column of weights, if it is one, beside the rows: what is wrong
  /// with it is told with its place, as of every column.
  func adding(to options: ReadingOptions) -> ReadingOptions {
    var options = options
    options.auxiliary.weight = column
    options.auxiliary.isWeightOptional = true
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
      problem: "there is no column '\(column)' to take weights from, nor a file of that name"
        + ColumnSelection.suggestion(for: column, among: info.columnNames ?? []))
  }
}
