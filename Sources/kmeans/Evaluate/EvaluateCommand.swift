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
  @OptionGroup(title: "Clusters") var compared: EvaluateOtherOptions
  @OptionGroup(title: "Input") var source: InputOptions
  @OptionGroup(title: "Input") var sparse: SparseOptions
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
    if compared.test != nil, judged.labels != nil {
      throw ValidationError(
        "--test: its points belong to the nearest centroid: expected no --labels")
    }
    let files = source.inputs + [given.path, judged.labels, compared.against, compared.test]
    if files.count(where: { $0 == "-" }) > 1 {
      throw ValidationError("only one of the files can be the standard input")
    }
    if let test = compared.test { try InputFiles.check([test]) }
  }

  func run() throws {
    let execution = try common.execution()
    let table = try listing.table(beside: filesRead.compactMap { $0 })
    let centroids = try given.read(source.rows, note: common.note)
    let other = try compared.against.map {
      try OtherClustering($0, source.rows, note: common.note)
    }
    let clusters = ClusterLabels(judged.labels)
    var labels = try clusters.readFile()
    var expected = given.expectedColumns(centroids, source.rows)
    if given.model == nil { expected = expected?.withoutMeans }
    expected?.setApart = setApart
    let plain = weights.adding(to: expected?.completing(source.reading) ?? source.reading)
    labels = try clusters.readColumn(of: source, plain) ?? labels
    let classes = try truth.read(beside: source, plain)
    let file = try source.open(reading(expected, centroids), note: common.note)
    for note in [clusters.note(file.info), truth.note(file.info)] { note.map(common.note) }
    var run = EvaluateRun(
      command: self, execution: execution, labels: labels, classes: classes)
    run.table = table
    if let distance = centroids?.distance, !distance.hasMeans {
      run.hasSquares = false
      if listing.squared {
        common.note(
          "\(given.path ?? ""): squares of distances by \(distance.kind.rawValue) mean nothing: what is "
            + "told are the distances")
      }
    }
    run.other = other
    run.foundApart = try other.flatMap { try run.apart($0, file.info, expected) }
    let test = compared.test.map { TestInput($0, like: file.info, expected, self) }
    let all = [centroids, other?.centroids]
    switch precision(file.info, centroids, other) {
    case .float:
      let test = try test?.points(as: Float.self, all)
      try run.evaluate(points(file, as: Float.self, expected, for: all), centroids, test)
    case .double:
      let test = try test?.points(as: Double.self, all)
      try run.evaluate(points(file, as: Double.self, expected, for: all), centroids, test)
    }
  }

  /// Reads points that go to some centroids.
  ///
  /// - Parameters:
  ///   - expected: the columns that they must have.
  ///   - weights: those of the input unless others are given.
  func points<Scalar: ClusteringScalar>(
    _ file: consuming OpenedVectorFile, as type: Scalar.Type, _ expected: ExpectedColumns?,
    for given: [GivenCentroids?], _ weights: PointWeights? = nil
  ) throws -> any PointInput<Scalar> {
    let weights = weights ?? self.weights
    let problem = sparse.problem(file.info, given.map { $0?.transform })
    if try sparse.areSparse(file.info, unless: problem) {
      let threads = try common.execution().threadCount
      // Clusters of labels are at least one.
      let clusters = try given.compactMap { try $0?.centroids.rows }.max() ?? 1
      try MemoryBudget().check(
        file.info, clusters: clusters, doubles: 3 + threads, threads: threads, "an evaluation")
      return try SparseInput<Scalar>(file, weights, common, expected: expected)
    }
    let held = held(file.info, given)
    return try Points<Scalar>(file, weights, common, held: held, expected: expected)
  }
}

extension EvaluateCommand {
  var weights: PointWeights { PointWeights(judged.pointWeights) }
  private var truth: TrueClasses { TrueClasses(judged.labelsTrue) }

  /// Columns of the input that are no coordinates, and the options that say so.
  var setApart: [(column: String, option: String)] {
    [
      ("--labels", ClusterLabels(judged.labels).column), ("--labels-true", truth.column),
      ("--point-weights", weights.column),
    ].compactMap { option, column in column.map { ($0, option) } }
  }

  /// Options for reading points that go to some centroids.
  func reading(_ expected: ExpectedColumns?, _ centroids: GivenCentroids?) -> ReadingOptions {
    var options = expected?.completing(source.reading) ?? source.reading
    let clusters = ClusterLabels(judged.labels)
    options.leavingOut = truth.column ?? clusters.column
    if truth.column != nil, let column = clusters.column { options.excluded.append(column) }
    options.skipsZeroRows = centroids?.needsDirections ?? false
    options.isSparse = sparse.storage != .dense
    return weights.adding(to: options)
  }

  /// The type to compare in: the widest of all, so that no value is rounded.
  private func precision(
    _ info: VectorFileInfo, _ centroids: GivenCentroids?, _ other: OtherClustering?
  ) -> Precision {
    let own =
      centroids?.precision(for: info, asked: source.precision)
      ?? source.precision ?? Precision(info.precision)
    guard let other, own == .float, source.precision == nil else { return own }
    return other.centroids.precision
  }

  /// The rows that are kept of the points: copies of those that are transformed, and of a sample of
  /// all.
  private func held(_ info: VectorFileInfo, _ given: [GivenCentroids?]) -> HeldRows {
    let isMapped = given.contains { $0.map { !$0.transform.isIdentity } ?? false }
    let isSampled = info.rows.map { sampling.sample < $0 / 8 } ?? true
    return .ofEvaluation(
      copies: (isMapped ? 1 : 0) + (isSampled ? 0 : 1), isCompared: compared.against != nil)
  }
}
