import ArgumentParser
import Batching
import Clustering
import VectorIO

/// The output of the input's rows with their labels behind them: `--append-labels`.
///
/// From delimited text to delimited text the records are copied as they are, all their columns,
/// which takes a second look at the input. Else the columns that were clustered are written, as
/// numbers: in libsvm each behind its label, which takes the place of that of the input.
struct LabeledOutput: Sendable {
  let output: Output
  private let input: String
  private let format: VectorFormat
  /// The name of the column of labels, where the user gives it.
  private let askedName: String?
  private var name: String { askedName ?? AppendOptions.usualName }

  /// Checks the name of the file.
  ///
  /// - Parameters:
  ///   - names: the input.
  ///   - inputs: files that no output may replace.
  init?(_ options: AppendOptions, of names: [String], inputs: [String]) throws {
    guard let path = options.appendLabels else { return nil }
    askedName = options.labelColumn
    let option = "--append-labels"
    if path == "-" { throw Failure.usage("\(option) -: expected a file") }
    let files = try InputFiles(names).paths
    guard let input = files.first, files.count == 1 else {
      throw Failure.usage(
        "\(option) \(path): expected one file as input, found \(files.count): --labels OUT writes the "
          + "labels of all rows in their order")
    }
    output = try Output(rows: path, option: option, inputs: inputs)
    guard case .rows(let format) = output.form else { return nil }
    self.input = input
    self.format = format
  }

  /// Refuses records that cannot be read a second time, before the user waits for their labels; and
  /// a name for these that another column has, or that no format would hold.
  func check(_ info: VectorFileInfo) throws {
    if copiesRecords(of: info), !isRegularFile(input) {
      throw Failure.usage(
        "--append-labels \(output.path): copying the records of text takes reading them twice, and "
          + "\(info.path) is no file: expected a file as input, or an output of numbers such as .npy"
      )
    }
    guard copiesRecords(of: info), let names = info.columnNames else {
      guard let askedName else { return }
      throw Failure.usage(
        "--label-column \(askedName): expected text with names of columns as input and as output, "
          + "found \(info.columnNames == nil ? "none in \(info.path)" : "that \(output.path) has none")"
      )
    }
    guard let place = names.firstIndex(of: name) else { return }
    throw Failure.usage(
      "--append-labels \(output.path): column \(place + 1) of \(info.path) is called '\(name)' already: "
        + "expected --label-column NAME with another name for the labels")
  }

  /// A line for the user where columns of the input are not written: those that are not clustered
  /// go into copies of records only.
  func note(_ info: VectorFileInfo) -> String? {
    guard !copiesRecords(of: info), info.columns < info.fileColumns else { return nil }
    return
      "--append-labels \(output.path): only the columns that are clustered are written before the "
      + "labels, \(info.columns) of \(info.fileColumns)"
      + (info.format == .csv || info.format == .tsv ? "; a name in .csv keeps all of them" : "")
  }

  /// Begins to write.
  ///
  /// - Parameters:
  ///   - columns: the number of columns that were clustered.
  ///   - rows: the number of rows that will come; `nil` where it is not known.
  func begin<Scalar: ClusteringScalar>(
    _ info: VectorFileInfo, columns: Int, rows: Int?, as type: Scalar.Type = Scalar.self
  ) throws -> LabeledRows<Scalar> {
    if copiesRecords(of: info) { return .records(of: input, info, name: name, path: output.path) }
    if format == .libsvm {
      return .lines(
        try VectorWriter<Scalar>(libsvmWithLabels: output.path, columns: columns, rows: rows))
    }
    return .numbers(
      try VectorWriter<Scalar>(output.path, format: format, columns: columns + 1, rows: rows))
  }

  private func copiesRecords(of info: VectorFileInfo) -> Bool {
    (info.format == .csv || info.format == .tsv) && (format == .csv || format == .tsv)
  }
}

/// Rows that are written with their labels.
enum LabeledRows<Scalar: ClusteringScalar> {
  case numbers(VectorWriter<Scalar>)
  /// Lines that begin with their labels.
  case lines(VectorWriter<Scalar>)
  case records(of: String, VectorFileInfo, name: String, path: String)

  /// Takes rows in input units and their labels; records need neither.
  func write(_ rows: borrowing MatrixView<Scalar>, labels: [Int32]) throws {
    switch self {
    case .numbers(let writer): try writer.write(rows, labels: labels.span)
    case .lines(let writer): try writer.write(rows) { labels[$0].description }
    case .records: break
    }
  }

  /// Reads the rows again and writes them with their labels.
  func write(rereading rows: PointRows<Scalar>, labels: [Int32]) throws {
    if case .records = self { return }
    try rows.rewind()
    var rest = labels[...]
    try rows.file.forEachBlock { block in
      try write(block.matrix.view, labels: Array(rest.prefix(block.rows)))
      rest = rest.dropFirst(block.rows)
    }
  }

  /// Puts the file in place.
  ///
  /// - Parameter labels: one for each record of the input: -1 where it had no usable row.
  func finish(recordLabels labels: [Int32]) throws {
    switch self {
    case .numbers(let writer), .lines(let writer): try writer.finish()
    case .records(let input, let info, let name, let path):
      _ = try writeRecords(of: input, info, labels: labels, named: name, to: path)
    }
  }
}

/// Options for writing the rows with their labels, and for the name of the column of these.
struct AppendOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Write the rows of the input with their label as one more column: text is copied as it is, "
        + "numbers go to the format that the extension says. In libsvm it is the label of the line, "
        + "in place of that of the input. Rows that are left out are in copies of text, with -1, and "
        + "not among numbers.", valueName: "OUT"),
    completion: .file())
  var appendLabels: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "What the header of that file calls the labels; a name that no column of the input has. "
        + "(default: \(AppendOptions.usualName))", valueName: "NAME"))
  var labelColumn: String?

  /// The name where the user gives none.
  static let usualName = "cluster"

  func validate() throws {
    guard let labelColumn else { return }
    if appendLabels == nil {
      throw ValidationError("--label-column \(labelColumn): expected --append-labels OUT")
    }
    if labelColumn.isEmpty { throw ValidationError("--label-column: expected a name") }
  }
}
