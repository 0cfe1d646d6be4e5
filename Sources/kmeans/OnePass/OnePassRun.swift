import Clustering
import Foundation
import KMeansFiles
import VectorIO

/// One pass of which the command line has been checked.
struct OnePassRun {
  let command: OnePassCommand
  let parameters: OnePassKMeans
  let outputs: OnePassOutputs
  var checkpoints: OnePassCheckpoints?

  /// How each input is read.
  var reading: ReadingOptions {
    var options = command.source.reading
    options.skipsZeroRows = parameters.distance == .cosine && !parameters.standardizes
    return options
  }

  /// Clusters the rows of a file, writes the outputs and prints the results.
  ///
  /// - Parameters:
  ///   - file: `nil` where its rows were read by an earlier run of some phases.
  ///   - phases: those of `-xm mapreduce`.
  func cluster<Scalar: ClusteringScalar>(
    _ file: VectorFile<Scalar>?, _ phases: MapReduceRun?
  ) throws {
    var times = OnePassTimes()
    guard let first = try firstPass(file, phases, &times) else { return }
    let clock = ContinuousClock()
    let start = clock.now
    let fit = try SketchClustering(parameters, command).fit(first.sketch, first.locator)
    times.note((clock.now - start).seconds, of: .ball)
    let labels =
      try command.results.wantsLabels ? file.map { try label($0, fit, &times) } : nil
    var model = fit.model
    model.inputColumns = first.columns
    try outputs.write(model, first.sketch, labels?.records, labels?.ids)
    outputs.staleNotes.forEach(command.common.note)
    var report = OnePassReport(
      fit, parameters, start: command.ball.start(command.mahout.compat), command.mahout.compat,
      times, cost: labels?.cost)
    report.method = phases == nil ? "sequential" : "mapreduce"
    (report.splits, report.phases) = (phases?.plan.splits, phases.map { _ in times.phases })
    var run = RunFacts(
      fit, parameters, times, skipped: first.skippedCount + first.withoutDirection)
    run.filledValues = first.filledCount
    try tell(report, run, model, first.locator.points, times)
    for output in outputs.labels {
      try output.write(labels: labels?.records ?? [], labels?.ids, toStdout: true)
    }
    try checkpoints?.finish()
  }

  /// The sketch of all rows; `nil` where a run of some phases ends before it is clustered, which is
  /// told.
  private func firstPass<Scalar: ClusteringScalar>(
    _ file: VectorFile<Scalar>?, _ phases: MapReduceRun?, _ times: inout OnePassTimes
  ) throws -> FirstPass<Scalar>? {
    guard let phases else { return try file.map { try sketch($0, &times) } }
    if let first = try phases.sketch(file, &times) { return first }
    let stopped = StoppedRun(phases, times)
    if command.common.json {
      try stopped.printJSON()
    } else {
      try command.common.summary(stopped.lines)
    }
    return nil
  }

  /// Prints the results.
  private func tell<Scalar: ClusteringScalar>(
    _ report: OnePassReport, _ run: RunFacts, _ model: KMeansModel<Scalar>, _ path: String,
    _ times: OnePassTimes
  ) throws {
    let note = ClusterTable.note(path, empty: report.emptyClusters, of: model.clusterCount)
    if let note { command.common.note(note) }
    if command.common.json { return try report.printJSON(run) }
    var lines = OnePassSummary(report, run, model, path: path).lines
    if let splits = report.splits { lines.insert(times.line(splits: splits), at: 1) }
    try command.common.summary(
      lines, stdoutIsTaken: outputs.takeStdout, besideFiles: outputs.haveFiles)
  }

  /// The second pass: the label of each row of the file, and the k-means cost itself.
  private func label<Scalar: ClusteringScalar>(
    _ file: VectorFile<Scalar>, _ fit: OnePassKMeans.Fit<Scalar>, _ times: inout OnePassTimes
  ) throws -> (records: [Int32], ids: RowIDs?, cost: Double) {
    try file.rewind()
    var blocks = try PointBlocks(file, weightColumn: command.source.pointWeights)
    var assignment = BlockAssignment(fit.model, parameters.ball.execution)
    assignment.keepsIDs = true
    assignment.leavesOutZeroRows = parameters.sketch.leavesOutZeroRows == true
    var cost = 0.0
    try assignment.read(&blocks) { blocks, _, distances in
      // Block by block, so that the rounding does not grow with the number of points.
      cost +=
        zip(blocks.weights ?? Array(repeating: 1, count: distances.count), distances)
        .reduce(0) { $1.1.isNaN ? $0 : $0 + $1.0 * $1.1 }
    }
    times.label += assignment.seconds
    times.read += blocks.seconds
    let points = assignment.points - assignment.zeroRows.count
    guard points == fit.sketch.pointCount else {
      throw blocks.locator.failure(
        .pointsChanged(found: points, expected: fit.sketch.pointCount))
    }
    return (assignment.labels, assignment.ids, cost)
  }
}

/// The times that the parts took, in seconds.
struct OnePassTimes {
  /// Those of the phases that were run.
  var phases: [PhaseTime] = []
  var read = 0.0
  var sketch = 0.0
  var ball = 0.0
  var label = 0.0
}
