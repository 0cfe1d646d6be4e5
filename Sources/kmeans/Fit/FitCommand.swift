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

  @OptionGroup(title: "Clusters") var clusters: FitClusterOptions
  @OptionGroup(title: "Clusters") var clustering: ClusteringOptions
  @OptionGroup(title: "Input") var source: InputOptions
  @OptionGroup(title: "Input") var ids: IDOptions
  @OptionGroup(title: "Input") var sparse: SparseOptions
  @OptionGroup(title: "Output") var results: FitOutputOptions
  @OptionGroup(title: "Checkpoints") var keeping: FitCheckpointOptions
  @OptionGroup(title: "Speed") var speed: FitSpeedOptions
  @OptionGroup var common: RunOptions

  func validate() throws {
    if clusters.k == nil, CentroidInitialization(rawValue: clusters.`init`) != nil {
      throw ValidationError("Missing expected argument '--clusters <K>'")
    }
    if keeping.resume, speed.verify {
      throw ValidationError(
        "--verify replays a fit from its beginning: expected no --resume beside it")
    }
  }

  func run() throws {
    let start = try InitialCentroids(clusters.`init`, source.rows, note: common.note)
    let parameters = try self.parameters(start)
    try parameters.validate()
    let weights = PointWeights(clustering.pointWeights)
    let outputs = try FitOutputs(
      self,
      inputs: InputFiles.all(source.inputs) + (weights.path.map { [$0] } ?? [])
        + clustering.distances.paths)
    let seedBytes = max(CentroidInitialization.greedy.bytesAPoint, start.method.bytesAPoint)
    let budget = MemoryBudget(speed.memory, seedBytes: seedBytes)
    let run = FitRun(
      command: self, start: start, parameters: parameters, outputs: outputs, budget: budget,
      stop: FitStop(common, mostIterations: parameters.maxIterations),
      checkpoints: try FitCheckpoints(self, outputs.checkpoint, parameters))
    var expected = start.expectedColumns(areListed: source.rows.areColumnsListed)
    expected?.setApart = [("--id-column", ids.idColumn), ("--point-weights", weights.column)]
      .compactMap { option, column in column.map { ($0, option) } }
    var reading = clustering.reading(source)
    reading.auxiliary.key = ids.idColumn
    reading.isSparse = sparse.storage != .dense
    var options = expected?.completing(reading) ?? reading
    var file = try source.open(weights, options, note: common.note)
    try outputs.labeledRows?.check(file.info)
    if let note = outputs.labeledRows?.note(file.info) { common.note(note) }
    let precision = source.precision ?? Precision(file.info.precision)
    let problem = speed.verify ? "--verify compares rows with their zeros" : nil
    if try sparse.areSparse(file.info, unless: problem ?? sparse.problem(file.info, parameters)) {
      try budget.check(
        file.info, clusters: parameters.clusterCount, doubles: 3,
        threads: parameters.execution.threadCount, "a fit")
      switch precision {
      case .float:
        try run.fit(SparseInput<Float>(file, weights, common, budget, expected: expected))
      case .double:
        try run.fit(SparseInput<Double>(file, weights, common, budget, expected: expected))
      }
    } else if try budget.needsPasses(file.info, precision, run) {
      if file.info.takesMeans {
        // Rows that are read again and again are filled in by who reads them.
        options.leavesMissing = false
        file = try source.open(weights, options) { _ in }
      }
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
    var kmeans = try clustering.parameters(
      clusters: start.clusterCount(asked: clusters.k), common)
    kmeans.initialization = start.method
    kmeans.runs = clusters.runs
    if speed.verify { kmeans.verifiesBounds = true }
    kmeans.leavesOutZeroRows = source.rows.leavesOut
    return kmeans
  }
}

/// The outputs of a fit, checked before any work is done.
struct FitOutputs {
  let labels: Output?
  let labeledRows: LabeledOutput?
  private let centroids: Output?
  private let model: Output?
  let checkpoint: Output?
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
    centroids = try Output(
      command.results.centroids, option: "--centroids", allowing: Output.centroidForms,
      inputs: inputs)
    labels = try Output(command.results.labels, option: "--labels", toStdout: true, inputs: inputs)
    model = try Output(command.results.model, option: "--model", allowing: [.model], inputs: inputs)
    checkpoint = try Output(
      command.keeping.checkpoint, option: "--checkpoint", allowing: [.model], inputs: inputs)
    labeledRows = try LabeledOutput(
      command.results.append, of: command.source.inputs, inputs: inputs)
    let all = [centroids, labels, model, labeledRows?.output]
    try Output.checkDistinct(all + [checkpoint])
    try CheckpointFile.check(all, besides: checkpoint)
    try command.results.clobber.check(all)
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
