import ArgumentParser
import Batching
import Clustering
import Foundation
import KMeansFiles
import VectorIO

/// kmeans resplit: divides the rows of files into files of as many rows each (Mahout's
/// ResplitSequenceFiles).
struct ResplitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "resplit",
    abstract: "Divide points into files of as many rows each, in their order.",
    discussion: """
      The last file has the rest, too. The format is that of the output's extension, else that of the \
      input. All files are there at the end, or none. Memory does not grow with the input, which is \
      read twice where it does not say how many rows it has.
      Example: kmeans resplit -i points.csv.gz -o part.npy -ns 8    writes part-0.npy to part-7.npy
      """)

  @OptionGroup(title: "Input") var source: ResplitInputOptions
  @OptionGroup(title: "Output") var results: ResplitOutputOptions

  func run() throws {
    let pipe = source.paths.first { path in
      path == "-" || FileStatus(of: path).map { !$0.isRegularFile && !$0.isFolder } ?? false
    }
    if let pipe {
      throw Failure.usage(
        "\(pipe == "-" ? "the standard input" : pipe): its rows are counted before they are divided, and "
          + "it can be read once alone: expected a file")
    }
    var reading = source.rows.reading
    reading.leavesMissing = false
    reading.takesLabels = true
    reading.largestValue = .infinity
    // Both passes keep the labels of lines, for the second may write them.
    reading.keepsLineLabels = true
    let file = try source.rows.open(source.paths, reading, note: note)
    for remark in file.info.remarks { note("\(file.info.path): \(remark)") }
    switch source.rows.precision ?? Precision(file.info.precision) {
    case .float: try divide(file.rows(as: Float.self))
    case .double: try divide(file.rows(as: Double.self))
    }
  }

  private func divide<Scalar: ClusteringScalar>(_ file: VectorFile<Scalar>) throws {
    let clock = ContinuousClock()
    let start = clock.now
    let count = try self.count(file)
    let splits = results.splits
    guard count > 0 else { throw Failure.data("\(file.info.path): there are no rows") }
    guard splits <= count else {
      throw Failure.data(
        "\(file.info.path): \(counted(count, "row")) for -ns \(splits): each file has at least one, "
          + "expected -ns of at most \(count)")
    }
    let names = try SplitNames(results.base, of: file.info)
    let inputs = InputFiles.all(source.paths)
    let targets = try (0..<splits).map {
      try Output(rows: names.path($0), option: "-o", format: names.format, inputs: inputs)
    }
    try results.clobber.check(targets)
    var writer = SplitWriter(file, names.format)
    for (split, target) in targets.enumerated() {
      let rest = split == splits - 1 ? count % splits : 0
      try writer.write(count / splits + rest, to: target.path)
    }
    try writer.putInPlace()
    writer.notes.forEach(note)
    let report = ResplitReport(
      rows: count, columns: file.columns, input: file.info.path, outputs: targets.map(\.path),
      format: names.format.rawValue, seconds: (clock.now - start).seconds)
    if results.messages.json { return try report.printJSON() }
    if !results.messages.quiet { try Streams.print([visible(report.summary)]) }
  }

  /// The number of rows: what the file says, or what a pass over it finds.
  private func count<Scalar: ClusteringScalar>(_ file: VectorFile<Scalar>) throws -> Int {
    if let rows = file.info.rows, !source.rows.leavesOut { return rows }
    var count = 0
    try file.forEachBlock { count += $0.rows }
    try file.rewind()
    return count
  }

  private func note(_ line: String) {
    if !results.messages.quiet { Streams.say(visible(line)) }
  }
}

/// What is divided.
struct ResplitInputOptions: ParsableArguments {
  @Argument(
    help: ArgumentHelp("Files of points, or folders of them.", valueName: "input"),
    completion: .file())
  var inputs: [String] = []

  @Option(
    name: [.customShort("i"), .customLong("input")],
    help: ArgumentHelp("The same under Mahout's name, once or more often.", valueName: "INPUT"),
    completion: .file())
  var namedInputs: [String] = []

  @OptionGroup var rows: RowOptions

  var paths: [String] { inputs + namedInputs }

  func validate() throws {
    if paths.isEmpty { throw ValidationError("there is no input: expected a file") }
    if let input = inputs.first, let named = namedInputs.first {
      throw ValidationError("two inputs, '\(input)' and -i '\(named)': expected one of them")
    }
    try InputFiles.check(paths)
  }
}

/// Where it goes.
struct ResplitOutputOptions: ParsableArguments {
  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: ArgumentHelp(
      "The name of the files, which get -0, -1 and so on before the extension.", valueName: "BASE"),
    completion: .file())
  var base: String

  @Option(
    name: [.customLong("ns", withSingleDash: true), .customLong("numSplits")],
    parsing: .unconditional,
    help: ArgumentHelp("The number of files.", valueName: "N"), transform: wholeNumber)
  var splits: Int

  @OptionGroup var clobber: ClobberOptions
  @OptionGroup var messages: MessageOptions

  /// More files than that are a slip of the pen.
  private static let mostSplits = 100_000

  func validate() throws {
    guard (1...Self.mostSplits).contains(splits) else {
      throw ValidationError("-ns \(splits): expected 1 to \(Self.mostSplits)")
    }
    if base.isEmpty || base == "-" || base.hasSuffix("/") {
      throw ValidationError("-o '\(base)': expected a name for files, such as part.npy")
    }
  }
}

/// The output of `kmeans resplit --json`.
struct ResplitReport: Encodable {
  let rows: Int
  let columns: Int
  let input: String
  let outputs: [String]
  let format: String
  let seconds: Double

  var summary: String {
    let (share, last) = (rows / outputs.count, rows / outputs.count + rows % outputs.count)
    let each =
      share == last
      ? "\(counted(share, "row")) each"
      : "\(counted(share, "row")) each, \(last) in the last"
    let files = outputs.count == 1 ? outputs[0] : "\(outputs[0]) ... \(outputs[outputs.count - 1])"
    return "\(input): \(counted(rows, "row")) of \(counted(columns, "column")) to \(files) "
      + "(\(format), \(each))"
  }
}
