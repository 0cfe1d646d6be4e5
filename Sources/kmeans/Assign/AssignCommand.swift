import ArgumentParser
import Clustering
import VectorIO

/// kmeans assign: finds the nearest centroid of each point of a file, block by block.
struct AssignCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "assign", abstract: "Find the nearest centroid of each point.",
    discussion: """
      Without --labels, --distances and --append-labels the labels go to the standard output, one \
      a line; those of a pipe as soon as its rows come.
      Example: kmeans assign new.csv --model clusters.kmeans --labels labels.csv
      """)

  @OptionGroup var source: InputOptions
  @OptionGroup var common: RunOptions

  @OptionGroup var given: GivenCentroidOptions

  @Option(
    help: ArgumentHelp(
      "Write the labels: .npy, .csv, or - for the standard output.", valueName: "OUT"),
    completion: .file())
  var labels: String?

  @Option(
    help: ArgumentHelp(
      "Write the squared Euclidean distance to the nearest centroid: .npy or .csv.",
      valueName: "OUT"), completion: .file())
  var distances: String?

  @OptionGroup var append: AppendOptions

  func validate() throws {
    guard (given.model == nil) != (given.centroids == nil) else {
      throw ValidationError(
        "expected one of --model M and --centroids FILE, "
          + "found \(given.path == nil ? "neither" : "both")")
    }
    if source.input == "-", given.path == "-" {
      throw ValidationError("the points and the centroids cannot both be the standard input")
    }
  }

  func run() throws {
    let execution = try common.execution()
    let outputs = try AssignOutputs(self)
    // The centroids first: a stream of points may have no end.
    let path = given.path!
    let centroids = try given.read(source.rows)!
    let expected = centroids.expectedColumns(from: path, areListed: source.rows.areColumnsListed)
    var reading = expected.completing(source.reading)
    reading.skipsZeroRows = centroids.needsDirections
    // Rows of a pipe get their labels as they come.
    reading.awaitsSample = source.input != "-"
    let file = try source.open(reading)
    try outputs.labeledRows?.check(file.info)
    common.note(file.info)
    try expected.check(file.info, file.info.chosenColumns) { common.note($0) }
    switch centroids.precision(for: file.info, asked: source.precision) {
    case .float:
      try assign(file.rows(), to: centroids.model(as: Float.self, from: path), execution, outputs)
    case .double:
      try assign(file.rows(), to: centroids.model(as: Double.self, from: path), execution, outputs)
    }
  }

  private func assign<Scalar: ClusteringScalar>(
    _ rows: VectorFile<Scalar>, to centroids: KMeansModel<Scalar>, _ execution: Execution,
    _ outputs: AssignOutputs
  ) throws {
    var assignment = BlockAssignment(centroids, execution)
    assignment.leavesOutZeroRows = source.rows.onInvalid == .skip
    // Who gives rows by a pipe waits for their labels.
    let areLive = source.input == "-" && outputs.takeStdout
    assignment.keepsLabels = !areLive || outputs.labeledRows != nil
    assignment.keepsDistances = outputs.distances != nil
    assignment.source = given.path
    let (path, clock) = (rows.info.path, ContinuousClock())
    let begin = clock.now
    let labeled: LabeledRows<Scalar>? = try outputs.labeledRows?.begin(
      rows.info, columns: rows.columns, rows: rows.info.rows)
    var blocks = try PointBlocks(rows, byteCount: 1 << 25, least: 1024, areLive: areLive)
    try assignment.read(&blocks) { blocks, labels, _ in
      try labeled?.write(blocks.view, labels: labels)
      if areLive { try outputs.labels?.write(labels: blocks.filled(labels, with: -1)) }
    }
    if assignment.points == 0 { throw Failure.data("\(path): there are no points") }
    var run = RunFacts(
      assignment, skipped: blocks.skippedCount + assignment.zeroRows.count,
      readSeconds: (clock.now - begin).seconds - assignment.seconds)
    run.filledValues = blocks.missing?.filledCount
    blocks.notes.forEach(common.note)
    if let note = ZeroRows.note(path, assignment.zeroRows) { common.note(note) }
    try outputs.labels?.write(labels: assignment.labels, toStdout: false)
    try outputs.distances?.write(values: assignment.distances, named: "squared_distance")
    try labeled?.finish(recordLabels: assignment.labels)
    let report = AssignReport(inertia: assignment.inertia)
    if common.json {
      try report.printJSON(run)
    } else {
      try common.summary(
        [report.summary(run, path)], stdoutIsTaken: outputs.takeStdout,
        besideFiles: true)
    }
    if !areLive { try outputs.labels?.write(labels: assignment.labels, toStdout: true) }
  }
}
