import Clustering
import KMeansFiles
import VectorIO

/// The clusters of the points: a file with one a row, a column of a file, or one of the input.
struct ClusterLabels {
  private let source: FileOrColumn

  /// - Parameter text: a file, - for the standard input, or a column.
  init(_ text: String?) { source = text == "-" ? .file("-", column: nil) : FileOrColumn(text) }

  /// The column, if it is one.
  var column: String? { source.column }

  /// What messages call them.
  func name(_ input: String) -> String { source.name(input) }

  /// A line for the user where the file that is taken has the name of a column of the input.
  func note(_ info: VectorFileInfo) -> String? {
    source.note("--labels", info.path, info.columnNames)
  }

  /// The cluster of each row, if a file holds them: whole numbers from -1 on.
  func readFile() throws -> [Int32]? {
    guard let path = source.file else { return nil }
    try checkHoldsPoints(path)
    let (name, values) = try MemoryBudget().values(
      of: path, .labels, options(path), hint: FileOrColumn.hint)
    return try values.enumerated().map { row, value in
      try Self.label(value, value.description, name, row)
    }
  }

  /// The same, if a column of the input holds them. Where rows may be left out those without a
  /// label are in no cluster, as are malformed ones.
  ///
  /// - Parameter options: those by which the points are read.
  func readColumn(of input: InputOptions, _ options: ReadingOptions) throws -> [Int32]? {
    guard let column else { return nil }
    let files = try InputFiles(input.inputs).paths
    let name = source.name(files.count == 1 ? files[0] : counted(files.count, "file"))
    return try TrueClasses.read(column, of: input, options, "--labels").enumerated().map {
      if options.leavesOut, $1.text.isEmpty { return -1 }
      return try Self.label(Double($1.text), $1.text, name, $0)
    }
  }

  /// Of several columns the one that labels are written to is read, unless the user chooses one:
  /// there may be ids beside it.
  private func options(_ path: String) throws -> ReadingOptions {
    var options = ReadingOptions()
    if let chosen = source.chosen {
      options.columns = chosen
      return options
    }
    guard isRegularFile(path) else { return options }
    let info = try OpenedVectorFile(path, options: options).info
    let usual = AppendOptions.usualName
    if info.columns > 1, info.columnNames?.contains(usual) ?? false {
      options.columns = .listed([usual])
    }
    return options
  }

  private static func label(
    _ value: Double?, _ text: String, _ path: String, _ row: Int
  ) throws -> Int32 {
    if let label = value.flatMap({ Int32(exactly: $0) }), label >= -1 { return label }
    let found = value == nil ? quoted(text) : text
    throw FileError.malformed(
      path: path, place: .row(row),
      problem: "expected a whole number from -1 to \(Int32.max), found \(found) "
        + RowNumbers.ofRows)
  }
}
