import ArgumentParser
import Clustering
import VectorIO

/// kmeans evaluate: measures the quality of a clustering.
struct EvaluateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate", abstract: "Say how good a clustering is.",
    discussion: """
      With --model or --centroids each point belongs to the nearest centroid, unless --labels says \
      otherwise; with --labels alone the centroids are the means of the points. Distances are \
      Euclidean, in the units of the input, or those of the model's transform.
      Example: kmeans evaluate data.csv --model clusters.kmeans --labels-true kind
      """)

  @OptionGroup var source: InputOptions
  @OptionGroup var common: RunOptions

  @OptionGroup var given: GivenCentroidOptions

  @Option(
    help: ArgumentHelp(
      "The cluster of each point, a whole number, -1 for one that is left out: a file, of several "
        + "columns the one named cluster, or a column of the input, which is no coordinate then.",
      valueName: "FILE|COLUMN"), completion: .file())
  var labels: String?

  @Option(
    help: ArgumentHelp(
      "The true class of each point, a number or a text: a file, to which --header applies, too, or a "
        + "column of the input, which is not clustered then.", valueName: "FILE|COLUMN"),
    completion: .file())
  var labelsTrue: String?

  @Option(
    help: ArgumentHelp(
      "Weights: a file of one number a row, or a column of the input.", valueName: "FILE|COLUMN"),
    completion: .file())
  var pointWeights: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Points for the silhouette, drawn without regard to clusters and weights. (default: 10000)",
      valueName: "N"),
    transform: wholeNumber)
  var sample = 10_000

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Decides which points those are. (default: 0)", valueName: "N"),
    transform: seedNumber)
  var seed: UInt64 = 0

  @Flag(help: "List all clusters and classes, not only the largest.")
  var all = false

  func validate() throws {
    if given.model != nil, given.centroids != nil {
      throw ValidationError("expected one of --model M and --centroids FILE, found both")
    }
    guard given.path != nil || labels != nil else {
      throw ValidationError(
        "expected --model M, --centroids FILE or --labels FILE, found none of them")
    }
    if (source.inputs + [given.path, labels]).count(where: { $0 == "-" }) > 1 {
      throw ValidationError("only one of the files can be the standard input")
    }
    if sample < 1 { throw ValidationError("--sample \(sample): expected at least 1") }
  }

  func run() throws {
    let execution = try common.execution()
    let centroids = try given.read(source.rows)
    let clusters = ClusterLabels(self.labels)
    var labels = try clusters.readFile()
    let weights = PointWeights(pointWeights)
    let truth = TrueClasses(labelsTrue)
    var expected = given.expectedColumns(centroids, source.rows)
    if given.model == nil { expected = expected?.withoutMeans }
    expected?.setApart = [
      ("--labels", clusters.column), ("--labels-true", truth.column),
      ("--point-weights", weights.column),
    ].compactMap { option, column in column.map { ($0, option) } }
    var options = expected?.completing(source.reading) ?? source.reading
    labels = try clusters.readColumn(of: source, weights.adding(to: options)) ?? labels
    let classes = try truth.read(beside: source, weights.adding(to: options))
    options.leavingOut = truth.column ?? clusters.column
    if truth.column != nil, let column = clusters.column { options.excluded.append(column) }
    options.skipsZeroRows = centroids?.needsDirections ?? false
    let file = try source.open(weights, options, note: common.note)
    for note in [clusters.note(file.info), truth.note(file.info)] { note.map(common.note) }
    let run = EvaluateRun(
      command: self, execution: execution, labels: labels, classes: classes)
    let held = held(file.info, centroids)
    let precision =
      centroids?.precision(for: file.info, asked: source.precision)
      ?? source.precision ?? Precision(file.info.precision)
    switch precision {
    case .float:
      try run.evaluate(
        Points<Float>(file, weights, common, held: held, expected: expected), centroids)
    case .double:
      try run.evaluate(
        Points<Double>(file, weights, common, held: held, expected: expected), centroids)
    }
  }

  /// The rows that are kept of the points: copies of those that are transformed, and of a sample of
  /// all.
  private func held(_ info: VectorFileInfo, _ given: GivenCentroids?) -> HeldRows {
    let isMapped = given.map { !$0.transform.isIdentity } ?? false
    let isSampled = info.rows.map { sample < $0 / 8 } ?? true
    return .ofEvaluation(copies: (isMapped ? 1 : 0) + (isSampled ? 0 : 1))
  }
}
