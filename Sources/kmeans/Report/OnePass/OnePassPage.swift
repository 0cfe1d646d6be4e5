import Clustering
import KMeansFiles
import KMeansReports
import VectorIO

/// The report of points that are clustered in one pass, and of the sketch as it grew.
struct OnePassPage: ReportKind {
  private let command: ReportCommand
  private let parameters: OnePassKMeans

  init?(_ command: ReportCommand) throws {
    guard command.shown.onepass else { return nil }
    let weights = PointWeights(command.clustering.pointWeights)
    if let path = weights.path {
      throw Failure.usage(
        "--point-weights \(path): one pass takes weights from a column of the input")
    }
    self.command = command
    parameters = try command.onePass()
  }

  func made() throws -> (page: Page, facts: ReportFacts) {
    var options = command.rows.reading
    options.skipsZeroRows = parameters.distance == .cosine && !parameters.standardizes
    options.auxiliary.weight = command.clustering.pointWeights
    options.auxiliary.key = command.ids.idColumn
    let file = try command.rows.open(command.inputs, options, note: command.common.note)
    command.common.note(file.info)
    return switch command.rows.precision ?? Precision(file.info.precision) {
    case .float: try page(file.rows(as: Float.self))
    case .double: try page(file.rows(as: Double.self))
    }
  }

  private func page<Scalar: ClusteringScalar>(
    _ file: VectorFile<Scalar>
  ) throws -> (page: Page, facts: ReportFacts) {
    let weightColumn = command.clustering.pointWeights
    var blocks = try PointBlocks(file, weightColumn: weightColumn)
    var growing = GrowingSketch<Scalar>(parameters.sketch)
    var sample: RowSample<Scalar> = command.sample(columns: file.columns)
    let isReadOnce = !command.canBeReadAgain
    let progress = Progress(command.common, total: file.info.rows ?? 0)
    while try blocks.next() {
      try growing.add(blocks)
      if isReadOnce { sample.add(blocks.view) }
      progress.show(growing.rows) { "\(counted(growing.rows, "point")) sketched" }
    }
    progress.finish()
    try blocks.locator.onError { () throws(ClusteringError) in try growing.finish() }
    let fit = try SketchClustering(parameters).fit(growing.sketch, blocks.locator)
    var found = SketchedClusters(fit: fit, parameters: parameters)
    found.steps = growing.steps
    found.columns = InputColumns(
      file.info, file.info.chosenColumns, means: blocks.missing?.means)
    if isReadOnce {
      blocks.notes.forEach(command.common.note)
      found.drawn = try DrawnPoints(
        sample.finished(), of: sample.points, fit.model, parameters.sketch.execution)
    } else {
      try file.rewind()
      found.info = file.info
      found.points = try ReportedPoints(
        reading: file, fit.model, from: nil, weightColumn: weightColumn, command,
        parameters.sketch.execution)
    }
    return try found.page(command, file.info.path, kind: "onepass")
  }
}

extension ReportCommand {
  /// Whether all inputs are files.
  var canBeReadAgain: Bool {
    ((try? InputFiles(inputs))?.paths ?? inputs).allSatisfy(isRegularFile)
  }
}

/// The report of a sketch in a file, alone or with points.
struct SketchPage: ReportKind {
  private let command: ReportCommand
  private let path: String

  init?(_ command: ReportCommand) throws {
    guard let path = command.shown.sketch else { return nil }
    if command.inputs.isEmpty, let option = command.rows.given.first {
      throw Failure.usage("\(option): expected INPUT, a file that is read so")
    }
    (self.command, self.path) = (command, path)
  }

  func made() throws -> (page: Page, facts: ReportFacts) {
    switch try AnySketch(path, command.common.execution()) {
    case .floats(let file): try page(file)
    case .doubles(let file): try page(file)
    }
  }

  private func page<Scalar: ClusteringScalar>(
    _ file: SketchFile<Scalar>
  ) throws -> (page: Page, facts: ReportFacts) {
    let parameters = try command.onePass(file.sketch.parameters)
    let fit = try SketchClustering(parameters).fit(
      file.sketch, ErrorLocator(path, columnCount: file.sketch.dimension ?? 0))
    var found = SketchedClusters(fit: fit, parameters: parameters)
    found.columns = file.columns
    guard !command.inputs.isEmpty else { return try found.page(command, path, kind: "sketch") }
    var model = fit.model
    model.inputColumns = file.columns
    let given = GivenCentroids(model)
    let opened = try command.open(like: given, from: path)
    found.info = opened.info
    // In the type of the sketch, whose model is compared with them.
    found.points = try ReportedPoints(
      reading: opened.rows(as: Scalar.self), model, from: path, command,
      parameters.sketch.execution)
    return try found.page(command, path, kind: "sketch")
  }
}
