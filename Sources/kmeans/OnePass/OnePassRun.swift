import Clustering
import Foundation
import KMeansFiles
import VectorIO

/// One pass of which the command line has been checked.
struct OnePassRun {
  let command: OnePassCommand
  let parameters: OnePassKMeans
  let outputs: OnePassOutputs

  /// How each input is read.
  var reading: ReadingOptions {
    var options = command.source.reading
    options.skipsZeroRows = parameters.distance == .cosine && !parameters.standardizes
    return options
  }

  /// Clusters the rows of a file, writes the outputs and prints the results.
  func cluster<Scalar: ClusteringScalar>(_ file: VectorFile<Scalar>) throws {
    var times = OnePassTimes()
    let first = try sketch(file, &times)
    let clock = ContinuousClock()
    let start = clock.now
    let fit = try self.fit(first.sketch, first.locator)
    times.ball = (clock.now - start).seconds
    let labels = try command.results.wantsLabels ? label(file, fit, &times) : nil
    let report = OnePassReport(fit, self, times, cost: labels?.cost)
    var run = RunFacts(
      fit, parameters, times, skipped: first.skippedCount + first.withoutDirection)
    run.filledValues = first.filledCount
    var model = fit.model
    model.inputColumns =
      InputColumns(file.info, file.info.chosenColumns, means: first.means).remembered
    try outputs.write(model, labels?.records, labels?.ids)
    outputs.staleNotes.forEach(command.common.note)
    let note = ClusterTable.note(
      file.info.path, empty: report.emptyClusters, of: fit.model.clusterCount)
    if let note { command.common.note(note) }
    if command.common.json {
      try report.printJSON(run)
    } else {
      let summary = OnePassSummary(report, run, fit.model, path: file.info.path)
      try command.common.summary(
        summary.lines, stdoutIsTaken: outputs.takeStdout, besideFiles: outputs.haveFiles)
    }
    for output in outputs.labels {
      try output.write(labels: labels?.records ?? [], labels?.ids, toStdout: true)
    }
  }

  /// Ball k-means of the sketch.
  private func fit<Scalar: ClusteringScalar>(
    _ sketch: StreamingSketch<Scalar>, _ locator: ErrorLocator
  ) throws -> OnePassKMeans.Fit<Scalar> {
    do throws(ClusteringError) {
      // Points there are, but none that counts.
      if sketch.pointCount > 0, sketch.weights.isEmpty { throw .invalidTotalWeight(0) }
      return try parameters.fit(sketch)
    } catch {
      guard
        case .tooFewCentroids(let found, let clusters, let shortage)? =
          error.specific(SketchError.self)
      else {
        throw locator.failure(error)
      }
      let reason = ShortageReason(shortage, command)
      throw Failure.data(
        "\(locator.points): the sketch has \(counted(found, "centroid")) for "
          + "\(counted(clusters, "cluster")): \(reason.text)")
    }
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
  var read = 0.0
  var sketch = 0.0
  var ball = 0.0
  var label = 0.0
}

/// The reason why a sketch has too few centroids, with the option that mends it.
struct ShortageReason {
  let text: String

  init(_ shortage: SketchShortage, _ command: OnePassCommand) {
    switch shortage {
    case .fewDistinctPoints(let resolution):
      let weighted = command.source.pointWeights == nil ? "" : " of a weight above 0"
      let rounded =
        resolution > 0
        ? " (such as are nearer to each other than \(short(resolution)) count as one, so far from the "
          + "first rows)" : ""
      text = "the points\(weighted) have no more distinct values\(rounded), expected a smaller -k"
    case .collapsed(let wanted):
      let size = command.sketching.sketchSize
      text =
        "a collapse left so few of about \(wanted) that it was to keep, expected "
        + (size.map { "a -km above \($0)" } ?? "a larger -km") + ", or a smaller --beta"
    case .largeCutoff(let cutoff) where command.sketching.cutoff != -1:
      let weighted =
        command.source.pointWeights == nil
        ? ""
        : " (it is for points of weight 1; others are compared by weight times squared distance)"
      text =
        "the distance cutoff -e \(cutoff) made distinct points one\(weighted), expected a smaller one"
    case .largeCutoff(let cutoff):
      text =
        "the distance cutoff \(short(cutoff)), the smallest "
        + "\(command.sketching.power == 1 ? "" : "squared ")distance among the first rows, made "
        + "distinct points one, expected a smaller one as -e"
    }
  }
}
