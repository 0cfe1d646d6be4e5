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

  @OptionGroup(title: "Clusters") var given: GivenCentroidOptions
  @OptionGroup(title: "Clusters") var judged: EvaluateLabelOptions
  @OptionGroup(title: "Input") var source: InputOptions
  @OptionGroup(title: "Output") var listing: EvaluateListOptions
  @OptionGroup(title: "Speed") var sampling: EvaluateSampleOptions
  @OptionGroup var common: RunOptions

  func validate() throws {
    if given.model != nil, given.centroids != nil {
      throw ValidationError("expected one of --model M and --centroids FILE, found both")
    }
    guard given.path != nil || judged.labels != nil else {
      throw ValidationError(
        "expected --model M, --centroids FILE or --labels FILE, found none of them")
    }
    if (source.inputs + [given.path, judged.labels]).count(where: { $0 == "-" }) > 1 {
      throw ValidationError("only one of the files can be the standard input")
    }
  }

  func run() throws {
    let execution = try common.execution()
    let centroids = try given.read(source.rows, note: common.note)
    let clusters = ClusterLabels(judged.labels)
    var labels = try clusters.readFile()
    let weights = PointWeights(judged.pointWeights)
    let truth = TrueClasses(judged.labelsTrue)
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
    let isSampled = info.rows.map { sampling.sample < $0 / 8 } ?? true
    return .ofEvaluation(copies: (isMapped ? 1 : 0) + (isSampled ? 0 : 1))
  }
}
