import ArgumentParser
import Clustering
import Foundation
import KMeansFiles
import VectorIO

/// kmeans describe: says what the clusters of a model mean.
struct DescribeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "describe", abstract: "Say what the clusters of a model mean.",
    discussion: """
      For each cluster its size, its centroid in the units of the points, and the columns that \
      separate it most: the difference of the centroid from the mean, in standard deviations. Without \
      INPUT mean and deviation are those of the centroids, by the weights of their clusters; with it \
      those of its points, and there are shares of the inertia and the rows nearest to each centroid.
      Example: kmeans describe clusters.kmeans data.csv --csv clusters.csv
      """)

  @Argument(help: "A model.", completion: .file())
  var model: String

  @Argument(
    help: ArgumentHelp(
      "Files of points, or folders of them, or - for the standard input, with the columns of the "
        + "model.", valueName: "input"), completion: .file())
  var inputs: [String] = []

  @OptionGroup(title: "Input") var rows: RowOptions
  @OptionGroup(title: "Input") var ids: IDOptions
  @OptionGroup(title: "Output") var results: DescribeOutputOptions
  @OptionGroup var common: RunOptions

  func validate() throws {
    if inputs == [""] { throw ValidationError("the input is an empty name: expected a file") }
    try InputFiles.check(inputs)
    guard inputs.isEmpty else { return }
    if let examples = results.examples {
      throw ValidationError("--examples \(examples): expected INPUT, a file to take rows from")
    }
    if rows.areColumnsListed {
      throw ValidationError("--columns \(rows.columns): expected INPUT, a file with these columns")
    }
    if let column = ids.idColumn {
      throw ValidationError("--id-column \(column): expected INPUT, a file with that column")
    }
    if let option = rows.given.first {
      throw ValidationError("\(option): expected INPUT, a file that is read so")
    }
  }

  func run() throws {
    let execution = try common.execution()
    let table = try Output(
      results.csv, option: "--csv", allowing: [.csv], inputs: [model] + InputFiles.all(inputs))
    try results.clobber.check([table])
    guard try archiveKind(model) != nil else {
      throw Failure.data("\(model): expected a model, as 'kmeans fit --model' writes it")
    }
    let given = try GivenCentroids(model: model)
    _ = try results.names(columns: given.centroids.columns)
    guard !inputs.isEmpty else {
      return try show(ClusterDescription(given, model), nil, table)
    }
    var expected = given.expectedColumns(
      from: model, areListed: rows.areColumnsListed, isModel: true)
    expected.setApart = ids.idColumn.map { [($0, "--id-column")] } ?? []
    var reading = expected.completing(rows.reading)
    reading.auxiliary.key = ids.idColumn
    reading.skipsZeroRows = given.needsDirections
    let file = try rows.open(inputs, reading, note: common.note)
    common.note(file.info)
    try expected.check(file.info, file.info.chosenColumns) { common.note($0) }
    switch given.precision(for: file.info, asked: rows.precision) {
    case .float: try describe(file.rows(as: Float.self), given, execution, table)
    case .double: try describe(file.rows(as: Double.self), given, execution, table)
    }
  }

  private func describe<Scalar: ClusteringScalar>(
    _ points: VectorFile<Scalar>, _ given: GivenCentroids, _ execution: Execution,
    _ table: Output?
  ) throws {
    let centroids: KMeansModel<Scalar> = try given.model(from: model)
    var assignment = BlockAssignment(centroids, execution)
    assignment.leavesOutZeroRows = rows.leavesOut
    assignment.keepsLabels = false
    assignment.source = model
    var profile = PointProfile(centroids, execution, examples: results.examples ?? 3)
    let (info, clock) = (points.info, ContinuousClock())
    let begin = clock.now
    var blocks = try PointBlocks(points, byteCount: 1 << 25, least: 1024)
    try assignment.read(&blocks) { try profile.add($0, $1, $2) }
    if profile.counts.allSatisfy({ $0 == 0 }) {
      throw Failure.data("\(info.path): \(blocks.leftOut.noPoints)")
    }
    var run = RunFacts(
      assignment, skipped: blocks.skippedCount + assignment.zeroRows.count,
      readSeconds: (clock.now - begin).seconds - assignment.seconds)
    run.filledValues = blocks.missing?.filledCount
    blocks.notes.forEach(common.note)
    let isScaled = given.transform.scalesColumns
    if let note = ZeroRows.note(
      info.path, assignment.zeroRows, points.parts, isScaled: isScaled)
    {
      common.note(note)
    }
    try show(ClusterDescription(given, model, profile, info), run, table)
  }

  /// Writes the table and prints the rest.
  private func show(
    _ given: ClusterDescription, _ run: RunFacts?, _ table: Output?
  ) throws {
    var description = given
    if let names = try results.names(columns: given.centroids.columns) { description.names = names }
    if let table { try description.writeCSV(to: table.path) }
    if common.json { return try description.printJSON(run, top: results.top) }
    let summary = DescriptionSummary(description: description, run: run, top: results.top)
    if table == nil {
      try common.printResult(summary.lines)
    } else {
      try common.summary(summary.lines, besideFiles: true)
    }
  }
}

/// What is shown of the clusters.
struct DescribeOutputOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("The names of the columns, one a line.", valueName: "FILE"),
    completion: .file())
  var featureNames: String?

  /// The names that were given.
  ///
  /// - Throws: where they are not one a column.
  func names(columns: Int) throws -> ColumnNames? {
    try featureNames.map { ColumnNames(try FeatureNames($0, columns: columns).all) }
  }

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Columns of each cluster to show. (default: 5)", valueName: "N"),
    transform: wholeNumber)
  var top = 5

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Rows of each cluster to show, those nearest to its centroid. (default: 3)", valueName: "N"),
    transform: wholeNumber)
  var examples: Int?

  @Option(
    help: ArgumentHelp(
      "Write a table of all clusters: number, size, share, centroid, and with --id-column the ids of "
        + "the examples.", valueName: "OUT.csv"),
    completion: .file())
  var csv: String?

  @OptionGroup var clobber: ClobberOptions

  func validate() throws {
    if top < 1 { throw ValidationError("--top \(top): expected at least 1") }
    if let examples, examples < 0 {
      throw ValidationError("--examples \(examples): expected a number that is not negative")
    }
  }
}
