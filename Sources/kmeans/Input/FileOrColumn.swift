import Clustering
import KMeansFiles
import VectorIO

/// Where something comes from that each point has one of: a file with one a row, a column of such a
/// file, or a column of the input.
enum FileOrColumn: Sendable {
  case none
  /// A file, and the column of it where it has several.
  case file(String, column: String?)
  case column(String)

  /// A file where there is one of that name, a column of a file where a name with a colon begins
  /// with the name of one, else a column: a folder has nothing for each point.
  init(_ text: String?) {
    guard let text else {
      self = .none
      return
    }
    if Self.isFile(text) {
      self = .file(text, column: nil)
    } else if let (path, column) = Self.parts(text).first(where: { Self.isFile($0.path) }) {
      self = .file(path, column: column)
    } else {
      self = .column(text)
    }
  }

  private static func isFile(_ path: String) -> Bool {
    FileStatus(of: path).map { !$0.isFolder } ?? false
  }

  /// What stands before and behind each colon, the last colon first: names of files and of columns
  /// may have colons, too.
  private static func parts(_ text: String) -> [(path: String, column: String)] {
    text.indices.reversed().filter { text[$0] == ":" }
      .map { (String(text[..<$0]), String(text[text.index(after: $0)...])) }
      .filter { !$0.0.isEmpty && !$0.1.isEmpty }
  }

  /// The error of a file that was meant by a word that is no column, and that is not there; `nil`
  /// where no part of the word looks like a file.
  static func absentFile(in text: String) -> FileError? {
    ([text] + parts(text).map(\.path)).first(where: looksLikeFile).map(missingFile)
  }

  /// A line for the user where a name is that of a file, which is taken, and that of a column, too.
  ///
  /// - Parameter names: those of the columns, if they have any.
  func note(_ option: String, _ path: String, _ names: [String]?) -> String? {
    guard case .file(let text, nil) = self, let place = names?.firstIndex(of: text) else {
      return nil
    }
    return "\(option) \(text): the file of that name is taken, not the column of \(path) "
      + "(\(place + 1) takes that)"
  }

  /// The file, if it is one.
  var file: String? {
    if case .file(let path, _) = self { path } else { nil }
  }

  /// The column of the input, if it is one.
  var column: String? {
    if case .column(let column) = self { column } else { nil }
  }

  /// What can be done about a file of several columns, for the end of a message.
  static let hint = "; FILE:COLUMN takes one of them"

  /// The choice of the column of the file, where the user made one.
  var chosen: ColumnSelection? {
    if case .file(_, let column?) = self { .listed([column]) } else { nil }
  }

  /// What messages call it.
  ///
  /// - Parameter input: what they call the input.
  func name(_ input: String) -> String {
    switch self {
    case .none: input
    case .file(let path, let column): column.map { "\(path): column \($0)" } ?? path
    case .column(let column): "\(input): column \(column)"
    }
  }
}

/// The weights of the points: a file of one number a row, a column of a file, or one of the input.
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
    var options = ReadingOptions()
    source.chosen.map { options.columns = $0 }
    return try MemoryBudget().values(of: path, .weights, options, hint: FileOrColumn.hint).values
  }

  /// A line for the user where the file that is taken has the name of a column.
  func note(_ info: VectorFileInfo) -> String? {
    source.note("--point-weights", info.path, info.columnNames)
  }

  /// Refuses a word that is neither a column nor a file.
  func check(_ info: VectorFileInfo) throws {
    guard let column, info.optionalWeight == nil else { return }
    if let missing = FileOrColumn.absentFile(in: column) { throw missing }
    throw FileError.unusable(
      path: info.path,
      problem: "there is no column '\(column)' to take weights from, nor a file of that name"
        + ColumnSelection.suggestion(for: column, among: info.columnNames ?? []))
  }
}
