import Clustering
import Foundation
import KMeansFiles
import VectorIO

/// One pass of which the command line has been checked.
struct OnePassRun {
  let command: OnePassCommand
  let parameters: OnePassKMeans
  let outputs: OnePassOutputs

  /// Clusters the rows of a file, writes the outputs and prints the results.
  func cluster<Scalar: ClusteringScalar>(_ file: VectorFile<Scalar>) throws {
    var times = OnePassTimes()
    var blocks = try PointBlocks(file, weightColumn: command.source.pointWeights)
    let (sketch, leftOut) = try self.sketch(&blocks, file, &times)
    blocks.notes.forEach(command.common.note)
    noteTransform(sketch, leftOut: leftOut, file.info.path)
    let clock = ContinuousClock()
    let start = clock.now
    let fit = try self.fit(sketch, blocks.locator)
    times.ball = (clock.now - start).seconds
    let labels = try command.results.wantsLabels ? label(file, fit, &times) : nil
    let report = OnePassReport(fit, self, times, cost: labels?.cost)
    let run = RunFacts(fit, parameters, times, skipped: blocks.skippedCount + leftOut)
    var model = fit.model
    model.inputColumns = InputColumns(file.info, file.info.chosenColumns).remembered
    try outputs.write(model, labels?.records)
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
    for output in outputs.labels { try output.write(labels: labels?.records ?? [], toStdout: true) }
  }

  /// The first pass: the memory it takes is that of a block and of the sketch.
  ///
  /// - Returns: the sketch, and the number of rows that were left out of it for they have no
  ///   direction once they are standardised.
  private func sketch<Scalar: ClusteringScalar>(
    _ blocks: inout PointBlocks<Scalar>, _ file: VectorFile<Scalar>, _ times: inout OnePassTimes
  ) throws -> (StreamingSketch<Scalar>, leftOut: Int) {
    var rows = 0
    var sketch = StreamingSketch<Scalar>(parameters.sketch)
    let progress = Progress(command.common, total: file.info.rows ?? 0)
    let clock = ContinuousClock()
    while try blocks.next() {
      if rows == 0 { noteIDs(blocks.view, file.info) }
      let start = clock.now
      let weights = blocks.weights
      try blocks.locator.onError { () throws(ClusteringError) in
        try sketch.add(blocks.view, weights: weights?.span)
      }
      times.sketch += (clock.now - start).seconds
      rows += blocks.view.rows
      progress.show(sketch.pointCount) {
        "\(counted(sketch.pointCount, "point")), \(counted(sketch.weights.count, "centroid")) of the sketch"
      }
    }
    progress.finish()
    times.read += blocks.seconds
    // No other rows have a say in what is done to all.
    let begun = try ErrorLocator(file.info, as: Scalar.self).onError {
      () throws(ClusteringError) in try sketch.begun()
    }
    return (begun, rows - begun.pointCount)
  }

  /// Notes by which rows the columns are standardised, and rows that were left out.
  private func noteTransform<Scalar: ClusteringScalar>(
    _ sketch: StreamingSketch<Scalar>, leftOut: Int, _ path: String
  ) {
    guard parameters.standardizes, sketch.pointCount > 0 else { return }
    let rows = sketch.pointCount + leftOut
    let isAll = rows <= SketchParameters.rowsToStandardizeBy
    command.common.note(
      "\(path): standardised by "
        + (isAll ? "all \(counted(rows, "row"))" : "the first 10,000 rows"))
    if leftOut > 0 {
      command.common.note(
        "\(path): \(counted(leftOut, "row")) \(ZeroRows.withoutDirection(leftOut)) once the columns are "
          + "standardised")
    }
  }

  /// Notes columns of the first rows that look like ids.
  private func noteIDs<Scalar: ClusteringScalar>(
    _ points: MatrixView<Scalar>, _ info: VectorFileInfo
  ) {
    let notes = ColumnNotes(info: info, areListed: command.source.rows.areColumnsListed)
    let line = notes.line(ids: notes.ids(points), rows: points.rows, isWhole: false)
    if let line { command.common.note(line) }
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
  ) throws -> (records: [Int32], cost: Double) {
    try file.rewind()
    var blocks = try PointBlocks(file, weightColumn: command.source.pointWeights)
    var assignment = BlockAssignment(fit.model, parameters.ball.execution)
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
    return (assignment.labels, cost)
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
        "the distance cutoff \(short(cutoff)), the smallest squared distance among the first rows, made "
        + "distinct points one, expected a smaller one as -e"
    }
  }
}
