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

  @OptionGroup(title: "Clusters") var given: GivenCentroidOptions
  @OptionGroup(title: "Input") var source: InputOptions
  @OptionGroup(title: "Input") var ids: IDOptions
  @OptionGroup(title: "Input") var sparse: SparseOptions
  @OptionGroup(title: "Output") var results: AssignOutputOptions
  @OptionGroup var common: RunOptions

  func validate() throws {
    guard (given.model == nil) != (given.centroids == nil) else {
      throw ValidationError(
        "expected one of --model M and --centroids FILE, "
          + "found \(given.path == nil ? "neither" : "both")")
    }
    if source.isStandardInput, given.path == "-" {
      throw ValidationError("the points and the centroids cannot both be the standard input")
    }
  }

  func run() throws {
    let execution = try common.execution()
    let outputs = try AssignOutputs(self)
    // The centroids first: a stream of points may have no end.
    let path = given.path!
    let centroids = try given.read(source.rows, note: common.note)!
    var expected = given.expectedColumns(centroids, source.rows)!
    expected.setApart = ids.idColumn.map { [($0, "--id-column")] } ?? []
    var reading = expected.completing(source.reading)
    reading.auxiliary.key = ids.idColumn
    reading.skipsZeroRows = centroids.needsDirections
    reading.isSparse = sparse.storage != .dense
    // Rows of a pipe get their labels as they come.
    reading.awaitsSample = !source.isStandardInput
    let file = try source.open(reading, note: common.note)
    try outputs.labeledRows?.check(file.info)
    if let note = outputs.labeledRows?.note(file.info) { common.note(note) }
    common.note(file.info)
    try expected.check(file.info, file.info.chosenColumns) { common.note($0) }
    switch centroids.precision(for: file.info, asked: source.precision) {
    case .float:
      try assign(file, to: centroids.model(as: Float.self, from: path), execution, outputs)
    case .double:
      try assign(file, to: centroids.model(as: Double.self, from: path), execution, outputs)
    }
  }

  private func assign<Scalar: ClusteringScalar>(
    _ file: consuming OpenedVectorFile, to centroids: KMeansModel<Scalar>, _ execution: Execution,
    _ outputs: AssignOutputs
  ) throws {
    let problem =
      source.isStandardInput && outputs.takeStdout
      ? "rows of a pipe get their labels as they come"
      : sparse.problem(file.info, [centroids.transform])
    guard try sparse.areSparse(file.info, unless: problem) else {
      return try assign(file.rows(), to: centroids, execution, outputs)
    }
    var assignment = BlockAssignment(centroids, execution)
    assignment.leavesOutZeroRows = source.rows.leavesOut
    assignment.keepsDistances = outputs.distances != nil
    assignment.source = given.path
    // What is to be said of the file was said when it was opened.
    let points = try SparseInput<Scalar>(file, PointWeights(nil), common.silenced)
    let labels = try assignment.assign(points)
    let labeled: LabeledRows<Scalar>? = try outputs.labeledRows?.begin(
      points.file.info, columns: points.matrix.columns, rows: points.matrix.rows)
    try labeled?.write(points.matrix, labels: labels)
    if assignment.points == 0 {
      throw Failure.data("\(points.file.info.path): \(LeftOut(points.skipped).noPoints)")
    }
    points.skipped.notes(points.file.info.path, points.locator.parts).forEach(common.note)
    var run = RunFacts(
      assignment, skipped: points.skipped.count + assignment.zeroRows.count,
      readSeconds: points.readSeconds)
    run.setSparseStrategy(of: execution)
    try finish(
      assignment, run, points.file.info.path, points.locator.parts, labeled, outputs, areLive: false
    )
  }

  private func assign<Scalar: ClusteringScalar>(
    _ rows: VectorFile<Scalar>, to centroids: KMeansModel<Scalar>, _ execution: Execution,
    _ outputs: AssignOutputs
  ) throws {
    var assignment = BlockAssignment(centroids, execution)
    assignment.leavesOutZeroRows = source.rows.leavesOut
    // Who gives rows by a pipe waits for their labels.
    let areLive = source.isStandardInput && outputs.takeStdout
    assignment.keepsLabels = !areLive && outputs.labels != nil || outputs.labeledRows != nil
    assignment.keepsDistances = outputs.distances != nil
    assignment.keepsIDs = !areLive && outputs.labels != nil || outputs.distances != nil
    assignment.source = given.path
    let (path, clock) = (rows.info.path, ContinuousClock())
    let begin = clock.now
    let labeled: LabeledRows<Scalar>? = try outputs.labeledRows?.begin(
      rows.info, columns: rows.columns, rows: rows.info.rows)
    var blocks = try PointBlocks(rows, byteCount: 1 << 25, least: 1024, areLive: areLive)
    try assignment.read(&blocks) { blocks, labels, _ in
      try labeled?.write(blocks.view, labels: labels)
      if areLive { try outputs.labels?.write(labels: blocks.filled(labels, with: -1), blocks.ids) }
    }
    if assignment.points == 0 { throw Failure.data("\(path): \(blocks.leftOut.noPoints)") }
    var run = RunFacts(
      assignment, skipped: blocks.skippedCount + assignment.zeroRows.count,
      readSeconds: (clock.now - begin).seconds - assignment.seconds)
    run.filledValues = blocks.missing?.filledCount
    blocks.notes.forEach(common.note)
    try finish(assignment, run, path, rows.parts, labeled, outputs, areLive: areLive)
  }

  /// Writes the outputs and prints the results.
  private func finish<Scalar: ClusteringScalar>(
    _ assignment: BlockAssignment<Scalar>, _ run: RunFacts, _ path: String, _ parts: [FilePart],
    _ labeled: LabeledRows<Scalar>?, _ outputs: AssignOutputs, areLive: Bool
  ) throws {
    let centroids = assignment.model
    let isScaled = centroids.transform.scalesColumns
    if let note = ZeroRows.note(path, assignment.zeroRows, parts, isScaled: isScaled) {
      common.note(note)
    }
    try outputs.labels?.write(labels: assignment.labels, assignment.ids, toStdout: false)
    try outputs.distances?.write(
      values: assignment.distances,
      named: centroids.distance.hasMeans ? "squared_distance" : "distance", assignment.ids)
    try labeled?.finish(recordLabels: assignment.labels)
    let report = AssignReport(inertia: assignment.inertia)
    if common.json {
      try report.printJSON(run)
    } else {
      try common.summary(
        [report.summary(run, path)], stdoutIsTaken: outputs.takeStdout,
        besideFiles: true)
    }
    if !areLive {
      try outputs.labels?.write(labels: assignment.labels, assignment.ids, toStdout: true)
    }
  }
}
