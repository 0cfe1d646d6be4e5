import ArgumentParser
import Clustering
import Foundation
import KMeansFiles
import VectorIO

/// kmeans assign: finds the nearest centroid of each point of a file, block by block.
struct AssignCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "assign", abstract: "Find the nearest centroid of each point.",
    discussion: """
      Without --labels, --distances and --append-labels the labels go to the standard output, one \
      a line.
      Example: kmeans assign new.csv --model clusters.kmeans --labels labels.csv
      """)

  @OptionGroup var source: InputOptions
  @OptionGroup var common: RunOptions

  @Option(help: ArgumentHelp("The model of a fit.", valueName: "M"), completion: .file())
  var model: String?

  @Option(
    help: ArgumentHelp("Centroids: any file of rows.", valueName: "FILE"), completion: .file())
  var centroids: String?

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
    guard (model == nil) != (centroids == nil) else {
      throw ValidationError(
        "expected one of --model M and --centroids FILE, "
          + "found \(model == nil ? "neither" : "both")")
    }
    if source.input == "-", model ?? centroids == "-" {
      throw ValidationError("the points and the centroids cannot both be the standard input")
    }
  }

  func run() throws {
    let isa = try common.instructionSet()
    try common.strategy.check(on: isa)
    let outputs = try AssignOutputs(self)
    // The centroids first: a stream of points may have no end.
    let path = model ?? centroids!
    let given =
      try model == nil
      ? GivenCentroids(rows: path, format: source.rows.format) : GivenCentroids(model: path)
    let expected = given.expectedColumns(from: path, areListed: source.rows.areColumnsListed)
    var reading = expected.completing(source.reading)
    reading.skipsZeroRows = given.needsDirections
    let file = try source.open(reading)
    try outputs.labeledRows?.check(file.info)
    common.note(file.info)
    try expected.check(file.info, file.info.chosenColumns) { common.note($0) }
    switch precision(file.info, given) {
    case .float: try assign(file.rows(), to: given.model(as: Float.self, from: path), outputs)
    case .double: try assign(file.rows(), to: given.model(as: Double.self, from: path), outputs)
    }
  }

  /// What is asked for, else the wider of the points' and the centroids' types: nothing is rounded.
  private func precision(_ info: VectorFileInfo, _ given: GivenCentroids) -> Precision {
    if let asked = source.precision { return asked }
    return info.precision == .float ? given.precision : .double
  }

  private func assign<Scalar: ClusteringScalar>(
    _ rows: VectorFile<Scalar>, to centroids: KMeansModel<Scalar>, _ outputs: AssignOutputs
  ) throws {
    var assignment = BlockAssignment(
      model: centroids, threads: common.threadCount, isa: try common.instructionSet(),
      strategy: common.strategy, leavesOutZeroRows: source.rows.onInvalid == .skip,
      blame: Blame(
        points: rows.info.path, columns: rows.info.chosenColumns.map { $0.number - 1 },
        centroids: model ?? self.centroids,
        narrows: Scalar.self == Float.self && rows.info.precision == .double))
    let clock = ContinuousClock()
    let begin = clock.now
    let labeled: LabeledRows<Scalar>? = try outputs.labeledRows?.begin(
      rows.info, columns: rows.columns, rows: rows.info.rows)
    try assignment.read(rows, keepingDistances: outputs.wantDistances, labeled)
    let skipped = rows.skippedRows
    let run = facts(
      assignment, skipped: skipped.count + assignment.zeroRows.count,
      readSeconds: (clock.now - begin).seconds - assignment.seconds)
    skipped.notes(rows.info.path).forEach(common.note)
    let zeroRows = assignment.zeroRows.map(skipped.fileRow)
    if let note = ZeroRows.note(rows.info.path, zeroRows) { common.note(note) }
    let records = skipped.filled(assignment.labels, with: -1)
    let distances =
      outputs.wantDistances ? skipped.filled(assignment.distances, with: .nan) : []
    try outputs.writeFiles(records, distances)
    try labeled?.finish(recordLabels: records)
    if common.json {
      try AssignReport(inertia: assignment.inertia).printJSON(run)
    } else {
      try common.summary(
        [summary(run, assignment.inertia, rows.info.path)], stdoutIsTaken: outputs.takeStdout,
        besideFiles: true)
    }
    try outputs.writeToStdout(records)
  }

  private func facts<Scalar: ClusteringScalar>(
    _ assignment: BlockAssignment<Scalar>, skipped: Int, readSeconds: Double
  ) -> RunFacts {
    let (counts, model) = (assignment.counts, assignment.model)
    var run = RunFacts(
      of: Scalar.self, points: counts.rows, dimension: model.dimension, readSeconds: readSeconds,
      threads: assignment.threads, assignment.isa)
    run.set(common.strategy, clusters: model.clusterCount, of: Scalar.self, on: assignment.isa)
    run.set(seconds: assignment.seconds)
    run.redecidedShare = Double(counts.redecided) / Double(counts.rows)
    run.skippedRows = skipped
    return run
  }

  private func summary(_ run: RunFacts, _ inertia: Double, _ path: String) -> String {
    "\(path): \(counted(run.points, "point")) of \(counted(run.dimension, "column")) to "
      + "\(counted(run.clusters ?? 0, "centroid")) in "
      + String(format: "%.3g s, inertia ", run.seconds ?? 0) + "\(inertia)"
  }
}

/// What `kmeans assign --json` prints beside the facts of the run.
private struct AssignReport: Encodable {
  let inertia: Double
}
