import ArgumentParser
import Batching
import Clustering
import Foundation
import KMeansFiles
import VectorIO

/// kmeans convert: writes the rows of a file in another format.
struct ConvertCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "convert",
    abstract: "Write the points of files, or the centroids of a model, in another format.",
    usage: "kmeans convert [<options>] <input> ... <output>",
    discussion: """
      Reads whatever the other commands read and writes \(VectorFormat.fileExtensions); .gz behind \
      any of them but .npz packs it. Memory does not grow with the file. Numbers in text are the \
      shortest that read back as the same bits. From libsvm to libsvm lines keep their labels. Of a \
      model the centroids are written, in the units of its points. Several files, or folders of them, \
      become one.
      Example: kmeans convert points.csv.gz points.fvecs
      """)

  @Argument(
    help: ArgumentHelp(
      "Files of points, folders of them, or - for the standard input; behind them the new file, or "
        + "- for the standard output.", valueName: "input"), completion: .file())
  var files: [String]

  @OptionGroup(title: "Input") var rows: RowOptions
  @OptionGroup(title: "Output") var results: ConvertOutputOptions

  var inputs: [String] { files.dropLast() }
  var output: String { files[files.count - 1] }

  func validate() throws {
    guard files.count > 1 else { throw ValidationError("Missing expected argument '<output>'") }
    try InputFiles.check(inputs)
  }

  func run() throws {
    let target = try Output(
      rows: output, option: "output",
      format: results.to
        ?? (StandardStreams.isOutput(output) ? .csv : nil),
      inputs: InputFiles.all(inputs))
    try results.clobber.check([target])
    guard case .rows(let format) = target.form else { return }
    try Output.checkStdout([results.messages.json ? "--json" : nil, target.isStdout ? output : nil])
    let clock = ContinuousClock()
    let start = clock.now
    let copied =
      if try inputs.count == 1 && isModel(inputs[0]) {
        try copyCentroids(of: inputs[0], to: target, format)
      } else {
        try copyPoints(to: target, format)
      }
    let report = ConvertReport(
      copied, output: target.isStdout ? "standard output" : output, format: format.rawValue,
      seconds: (clock.now - start).seconds)
    if results.messages.json { return try report.printJSON() }
    if target.isStdout {
      note(report.summary)
    } else if !results.messages.quiet {
      try Streams.print([visible(report.summary)])
    }
  }

  private func isModel(_ path: String) throws -> Bool {
    // A folder is no archive, and cannot be looked into as one.
    if path != "-", FileStatus(of: path)?.isFolder ?? false { return false }
    return try archiveKind(path).map(GivenCentroids.modelKinds.contains) ?? false
  }

  private func copyPoints(to target: Output, _ format: VectorFormat) throws -> CopiedRows {
    var reading = rows.reading
    reading.leavesMissing = false
    reading.takesLabels = true
    reading.keepsLineLabels = format == .libsvm
    // Nothing is summed.
    reading.largestValue = .infinity
    let file = try rows.open(inputs, reading, note: note)
    let info = file.info
    for remark in info.remarks { note("\(info.path): \(remark)") }
    return switch rows.precision ?? Precision(info.precision) {
    case .float: try copy(file.rows(as: Float.self), to: target.path, format)
    case .double: try copy(file.rows(as: Double.self), to: target.path, format)
    }
  }

  /// Copies all rows.
  private func copy<Scalar: ClusteringScalar>(
    _ source: VectorFile<Scalar>, to output: String, _ format: VectorFormat
  ) throws -> CopiedRows {
    let info = source.info
    let names = info.columnNames == nil ? nil : info.chosenColumns.map { $0.name ?? "" }
    let keepsLabels = info.format == .libsvm && format == .libsvm
    let writer =
      keepsLabels
      ? try VectorWriter<Scalar>(libsvmWithLabels: output, columns: info.columns)
      : try VectorWriter<Scalar>(
        output, format: format, columns: info.columns, columnNames: names, rows: info.rows)
    var leftOut = LeftOut()
    var rounded = RoundedValues<Scalar>(info, as: format)
    try source.forEachBlock { block in
      let rowsBefore = writer.rows + leftOut.count
      try source.checkNarrowed(block, rowsBefore: rowsBefore)
      leftOut.add(block.skipped)
      rounded.add(block.matrix, rowsBefore: writer.rows)
      if keepsLabels {
        let labels = block.auxiliary.keys
        // Files of other formats among the input have none.
        try writer.write(block.matrix.view) { $0 < labels.count ? labels[$0] : "0" }
      } else {
        try writer.write(block.matrix.view)
      }
    }
    try writer.finish()
    leftOut.notes(info.path, source.parts).forEach(note)
    source.missing?.notes(info).forEach(note)
    rounded.notes.forEach { note("\(info.path): \($0)") }
    return CopiedRows(
      rows: writer.rows, columns: info.columns, bytes: writer.byteCount, path: info.path,
      filledValues: source.missing?.filledCount)
  }

  func note(_ line: String) {
    if !results.messages.quiet { Streams.say(visible(line)) }
  }
}

extension VectorFile where Scalar: ClusteringScalar {
  /// Refuses large doubles that became infinite when they were read as floats.
  ///
  /// - Parameter rowsBefore: how many rows of the file come before the block.
  func checkNarrowed(_ block: RowBlock<Scalar>, rowsBefore: Int) throws {
    guard info.isNarrowed(to: Scalar.self) else { return }
    let values = block.matrix.span
    for index in values.indices where values[index].isInfinite {
      let (number, place) = index.quotientAndRemainder(dividingBy: block.matrix.columns)
      let row = block.skipped.fileRow(rowsBefore + number)
      let part = parts.part(ofRow: row)
      let info = part?.info ?? info
      throw Failure.data(
        "\(info.path): the value in row \(row - (part?.firstRow ?? 0) + 1), column "
          + "\(info.chosenColumns[place].number) is more than a 32-bit float can hold "
          + "\(RowNumbers.ofBoth); expected --precision double")
    }
  }
}

/// Rows that were written, and the bytes that they became.
struct CopiedRows {
  let rows: Int
  let columns: Int
  let bytes: Int
  /// Where they come from, as messages name it.
  let path: String
  /// Missing values that are means, where that was asked for.
  var filledValues: Int?
}

/// The output of `kmeans convert --json`.
struct ConvertReport: Encodable {
  let rows: Int
  let columns: Int
  let input: String
  let output: String
  let format: String
  let bytes: Int
  let filledValues: Int?
  let seconds: Double

  init(_ copied: CopiedRows, output: String, format: String, seconds: Double) {
    (rows, columns, bytes) = (copied.rows, copied.columns, copied.bytes)
    filledValues = copied.filledValues
    (input, self.output, self.format, self.seconds) = (copied.path, output, format, seconds)
  }

  var summary: String {
    "\(input): \(counted(rows, "row")) of \(counted(columns, "column")) to \(output) "
      + "(\(format), \(counted(bytes, "byte")))"
  }
}

/// How the new file is written, and what is said of it.
struct ConvertOutputOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The format of the new file; by its extension otherwise, and csv on the standard output.",
      valueName: "FORMAT"))
  var to: VectorFormat?

  @OptionGroup var messages: MessageOptions
  @OptionGroup var clobber: ClobberOptions
}
