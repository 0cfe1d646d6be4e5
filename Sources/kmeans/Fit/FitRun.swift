import Clustering
import Foundation
import VectorIO

/// A fit of which the command line has been checked.
struct FitRun {
  let command: FitCommand
  let start: InitialCentroids
  let parameters: KMeans
  let outputs: FitOutputs
  /// The budget as it was before the input was read.
  let budget: MemoryBudget
  let stop: FitStop
  let checkpoints: FitCheckpoints?

  /// Clusters points in memory, writes the outputs and prints the results.
  func fit<Scalar: ClusteringScalar>(_ points: Points<Scalar>) throws {
    let initial: Matrix<Scalar>? = try start.read()
    points.noteColumns(
      command.source.rows, command.clustering, command.common, parameters.execution)
    let progress = Progress(command.common, total: parameters.maxIterations)
    var locator = points.locator
    locator.centroids = start.path
    var replay = try locator.onError { () throws(ClusteringError) in
      command.speed.verify ? try FitReplay(points, parameters) : nil
    }
    var remembering = parameters
    remembering.recordsInertia = command.speed.verify
    remembering.rowMemory = budget.rest(
      points: points.rows, columns: points.columns, Scalar.self == Float.self ? .float : .double)
    let keeping = try checkpoints?.keeping(points.file, of: Scalar.self, command.common.note)
    let clock = ContinuousClock()
    let begin = clock.now
    let fit = try locator.onError { [remembering] () throws(ClusteringError) in
      try remembering.fit(
        points.view, weights: points.weights?.span, from: initial, keeping: keeping,
        onSeeds: { progress.show(seeds: $0, of: remembering.clusterCount) },
        while: { iteration, centroids in
          progress.show(iteration)
          replay?.observe(iteration, centroids)
          return stop.goesOn(after: iteration)
        })
    }
    let seconds = (clock.now - begin).seconds
    progress.finish()
    try replay?.finish(fit)
    try finish(
      fit, points.file, points.weights, points.skipped, points.ids, points.locator.parts,
      seconds: seconds, readSeconds: points.readSeconds
    ) { try $0.write(points.view, labels: fit.labels) }
  }

  /// The same for sparse points.
  func fit<Scalar: ClusteringScalar>(_ points: SparseInput<Scalar>) throws {
    let initial: Matrix<Scalar>? = try start.read()
    let progress = Progress(command.common, total: parameters.maxIterations)
    var locator = points.locator
    locator.centroids = start.path
    let keeping = try checkpoints?.keeping(points.file, of: Scalar.self, command.common.note)
    let clock = ContinuousClock()
    let begin = clock.now
    let fit = try locator.onError { () throws(ClusteringError) in
      try parameters.fit(
        points.matrix, weights: points.weights?.span, from: initial, keeping: keeping,
        onSeeds: { progress.show(seeds: $0, of: parameters.clusterCount) },
        observing: { iteration, _ in
          progress.show(iteration)
          return stop.goesOn(after: iteration)
        })
    }
    let seconds = (clock.now - begin).seconds
    progress.finish()
    try finish(
      fit, points.file, points.weights, points.skipped, points.ids, points.locator.parts,
      seconds: seconds, readSeconds: points.readSeconds, isSparse: true
    ) { try $0.write(points.matrix, labels: fit.labels) }
  }

  /// The same for points that are read in several passes.
  func fit<Scalar: ClusteringScalar>(_ points: RereadFile<Scalar>) throws {
    let initial: Matrix<Scalar>? = try start.read()
    let progress = Progress(command.common, total: parameters.maxIterations)
    var locator = points.file.locator
    locator.centroids = start.path
    var rows = points.rows
    let keeping = try checkpoints?.keeping(points.file, of: Scalar.self, command.common.note)
    let clock = ContinuousClock()
    let begin = clock.now
    let fit: KMeans.Fit<Scalar>
    do {
      fit = try parameters.fit(
        rereading: &rows, weights: points.weights?.span, from: initial, memory: points.memory,
        keeping: keeping, onSeeds: { progress.show(seeds: $0, of: parameters.clusterCount) },
        while: { iteration, _ in
          progress.show(iteration)
          return stop.goesOn(after: iteration)
        })
    } catch let error as ClusteringError {
      (locator.skipped, locator.parts) = (rows.skipped, rows.file.parts)
      throw locator.failure(error)
    }
    let seconds = (clock.now - begin).seconds
    progress.finish()
    let skipped = rows.skipped
    skipped.notes(points.file.info.path, rows.file.parts).forEach(command.common.note)
    try finish(
      fit, points.file, points.weights, skipped, points.ids, rows.file.parts, seconds: seconds,
      readSeconds: nil
    ) { try $0.write(rereading: rows, labels: fit.labels) }
  }

  /// Writes the outputs and prints the results.
  ///
  /// - Parameters:
  ///   - ids: those of all rows, if they have any.
  ///   - parts: the files that the rows are from, where they are several.
  ///   - readSeconds: the time of reading; `nil` where the fit itself read.
  ///   - writePoints: writes the points with their labels.
  private func finish<Scalar: ClusteringScalar>(
    _ fit: KMeans.Fit<Scalar>, _ file: PointFile, _ weights: [Double]?, _ skipped: SkippedRows,
    _ ids: RowIDs?, _ parts: [FilePart], seconds: Double, readSeconds: Double?,
    isSparse: Bool = false, writePoints: (LabeledRows<Scalar>) throws -> Void
  ) throws {
    let (path, common) = (file.info.path, command.common)
    var run = RunFacts(
      fit, parameters, skipped: skipped, seconds: seconds, readSeconds: readSeconds ?? 0)
    run.filledValues = file.missing?.filledCount
    if isSparse { run.setSparseStrategy(of: parameters.execution) }
    let report = FitReport(
      fit, self, file.columnNames, isWeighted: weights != nil, reread: readSeconds == nil)
    let records = skipped.filled(fit.labels, with: -1)
    try outputs.write(fit, file.inputColumns, records, ids)
    if let output = outputs.labeledRows {
      let labeled: LabeledRows<Scalar> = try output.begin(
        file.info, columns: fit.model.dimension, rows: fit.labels.count)
      try writePoints(labeled)
      try labeled.finish(recordLabels: records)
    }
    let note = ClusterTable.note(
      path, empty: report.emptyClusters, of: fit.model.clusterCount, distinct: report.distinctRows)
    if let note { common.note(note) }
    let without = fit.labels.indices.filter { fit.labels[$0] < 0 }
    let withoutRows = without.map(skipped.fileRow)
    let isScaled = fit.model.transform.scalesColumns
    if let note = ZeroRows.note(path, withoutRows, parts, isScaled: isScaled) { common.note(note) }
    if common.json {
      try report.printJSON(run)
    } else {
      let summary = FitSummary(fit, report, run, verified: command.speed.verify, path)
      try common.summary(
        summary.lines, stdoutIsTaken: outputs.takeStdout, besideFiles: outputs.haveFiles)
    }
    try outputs.labels?.write(labels: records, ids, toStdout: true)
    try checkpoints?.finish()
    stop.finish(iterations: fit.model.iterations, written: outputs.files.values.sorted())
  }
}
