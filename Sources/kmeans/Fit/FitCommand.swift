import ArgumentParser
import Clustering
import Foundation
import VectorIO

/// kmeans fit: clusters a file.
struct FitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fit", abstract: "Cluster the points of files.",
    discussion: """
      Several files are one set of points; a folder stands for the files in it, by name, but for \
      those that begin with _ or a dot.
      SIGINT, SIGTERM and SIGHUP let the iteration at work finish and all outputs be written; a second \
      signal stops at once.
      Example: kmeans fit data.npy -k 100 --model clusters.kmeans --labels labels.csv
      """)

  @OptionGroup var source: InputOptions
  @OptionGroup var ids: IDOptions
  @OptionGroup var common: RunOptions
  @OptionGroup var clustering: ClusteringOptions

  @Option(
    name: [.customShort("k", allowingJoined: true), .customLong("clusters")],
    parsing: .unconditional,
    help: ArgumentHelp("The number of clusters.", valueName: "K"), transform: wholeNumber)
  var k: Int

  @Option(
    help: ArgumentHelp(
      "greedy (k-means++ that takes the best of several draws), k-means++, random, optimal (the "
        + "global optimum of one column), or a file of k rows or a model to start from.",
      valueName: "INIT"), completion: .file())
  var `init` = CentroidInitialization.greedy.rawValue

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Starts, one with --init optimal; the smallest inertia wins. (default: 1)", valueName: "N"),
    transform: wholeNumber)
  var runs = 1

  @Option(
    help: ArgumentHelp(
      "Memory to use, such as 512M or 8G; a larger file is read in several passes. (default: what "
        + "is available)", valueName: "SIZE"), transform: memorySize)
  var memory: Int?

  @Option(
    help: ArgumentHelp("Write the centroids: .npy or .csv.", valueName: "OUT"), completion: .file())
  var centroids: String?

  @Option(
    help: ArgumentHelp(
      "Write the labels: .npy, .csv, or - for the standard output.", valueName: "OUT"),
    completion: .file())
  var labels: String?

  @OptionGroup var append: AppendOptions
  @OptionGroup var clobber: ClobberOptions

  @Option(help: ArgumentHelp("Write the model.", valueName: "OUT"), completion: .file())
  var model: String?

  @Flag(help: "Replay each iteration in a naive reference (slow) and compare.")
  var verify = false

  func run() throws {
    let start = try InitialCentroids(self.`init`, format: source.rows.format)
    let parameters = try self.parameters(start)
    try parameters.validate()
    let weights = PointWeights(clustering.pointWeights)
    let outputs = try FitOutputs(
      self, inputs: InputFiles.all(source.inputs) + (weights.path.map { [$0] } ?? []))
    let seedBytes = max(CentroidInitialization.greedy.bytesAPoint, start.method.bytesAPoint)
    let budget = MemoryBudget(memory, seedBytes: seedBytes)
    let run = FitRun(
      command: self, start: start, parameters: parameters, outputs: outputs, budget: budget,
      stop: FitStop(common, mostIterations: parameters.maxIterations))
    var expected = start.expectedColumns(areListed: source.rows.areColumnsListed)
    expected?.setApart = [("--id-column", ids.idColumn), ("--point-weights", weights.column)]
      .compactMap { option, column in column.map { ($0, option) } }
    var reading = clustering.reading(source)
    reading.auxiliary.key = ids.idColumn
    var options = expected?.completing(reading) ?? reading
    let file = try source.open(weights, options, note: common.note)
    try outputs.labeledRows?.check(file.info)
    if let note = outputs.labeledRows?.note(file.info) { common.note(note) }
    let precision = source.precision ?? Precision(file.info.precision)
    if try budget.needsPasses(file.info, precision, run) {
      // Rows that are read again and again are filled in by who reads them.
      options.leavesMissing = false
      let file = try source.open(weights, options) { _ in }
      switch precision {
      case .float:
        try run.fit(RereadFile<Float>(file, weights, common, budget, expected: expected))
      case .double:
        try run.fit(RereadFile<Double>(file, weights, common, budget, expected: expected))
      }
    } else {
      switch precision {
      case .float: try run.fit(Points<Float>(file, weights, common, budget, expected: expected))
      case .double: try run.fit(Points<Double>(file, weights, common, budget, expected: expected))
      }
    }
  }

  private func parameters(_ start: InitialCentroids) throws -> KMeans {
    var kmeans = try clustering.parameters(clusters: k, common)
    kmeans.initialization = start.method
    kmeans.runs = runs
    if verify { kmeans.verifiesBounds = true }
    kmeans.leavesOutZeroRows = source.rows.onInvalid == .skip
    return kmeans
  }
}

/// The outputs of a fit, checked before any work is done.
struct FitOutputs {
  let labels: Output?
  let labeledRows: LabeledOutput?
  private let centroids: Output?
  private let model: Output?
  /// Whether the labels go to the standard output.
  var takeStdout: Bool { labels?.isStdout ?? false }
  /// Whether anything goes to files.
  var haveFiles: Bool { [centroids, labels, model, labeledRows?.output].haveFiles }

  /// The files by the names of their options.
  var files: [String: String] {
    let named = [
      "centroids": centroids, "labels": labels, "model": model,
      "append-labels": labeledRows?.output,
    ]
    return named.compactMapValues { $0 }.filter { !$1.isStdout }.mapValues(\.path)
  }

  /// - Parameter inputs: files that no output may replace. Initial centroids are none of them: they
  ///   may be replaced by better ones.
  init(_ command: FitCommand, inputs: [String]) throws {
    centroids = try Output(command.centroids, option: "--centroids", inputs: inputs)
    labels = try Output(command.labels, option: "--labels", toStdout: true, inputs: inputs)
    model = try Output(command.model, option: "--model", allowing: [.model], inputs: inputs)
    labeledRows = try LabeledOutput(command.append, of: command.source.inputs, inputs: inputs)
    let all = [centroids, labels, model, labeledRows?.output]
    try Output.checkDistinct(all)
    try command.clobber.check(all)
    try command.ids.check([labels])
    try Output.checkStdout([command.common.json ? "--json" : nil, takeStdout ? "--labels -" : nil])
  }

  /// Writes the files, but for rows with their labels.
  ///
  /// - Parameters:
  ///   - columns: the columns of the points, as the model remembers them.
  ///   - records: a label for each row of the input, -1 where it was left out.
  ///   - ids: the ids of these rows, if they have any.
  func write<Scalar: ClusteringScalar>(
    _ fit: KMeans.Fit<Scalar>, _ columns: InputColumns, _ records: [Int32], _ ids: RowIDs?
  ) throws {
    try centroids?.write(centroids: fit.model.centroids, columns)
    try labels?.write(labels: records, ids, toStdout: false)
    guard let model else { return }
    var remembering = fit.model
    remembering.inputColumns = columns.remembered
    try remembering.save(to: model.path)
  }
}
