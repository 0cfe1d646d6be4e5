import ArgumentParser
import Clustering
import VectorIO

/// kmeans elbow: the inertia over the number of clusters.
struct ElbowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "elbow", abstract: "Show what more clusters bring, and where the knee is.",
    discussion: """
      Example: kmeans elbow data.npy --clusters 2-20

      Each fit starts from the centroids of the last one and new ones drawn as in k-means++, so that \
      the inertia never rises. The knee is found by Kneedle (Satopaa and others, 2011).
      """)

  @OptionGroup var source: InputOptions
  @OptionGroup var common: RunOptions

  @Option(
    name: [.customShort("k"), .customLong("clusters")], parsing: .unconditional,
    help: ArgumentHelp(
      "The numbers of clusters: 2-20, 10-100:10 (in steps of ten) or 2,4,8.", valueName: "LIST"),
    transform: ClusterCounts.parse)
  var counts: ClusterCounts

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "How many points of the curve must be flat behind a knee. (default: 1)", valueName: "S"),
    transform: number)
  var sensitivity = 1.0

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The largest number of iterations of a fit. (default: 300)", valueName: "N"),
    transform: wholeNumber)
  var maxIterations = 300

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Stop a fit when the sum of the squared moves of the centroids is at most this times the mean "
        + "variance of a column; 0: until no label changes. (default: 1e-4)", valueName: "T"),
    transform: number)
  var tolerance = 1e-4

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Decides every random draw. (default: 0)", valueName: "N"),
    transform: seedNumber)
  var seed: UInt64 = 0

  @Option(
    help: ArgumentHelp(
      "Weights: a file of one number a row, or a column of the input.", valueName: "FILE|COLUMN"))
  var pointWeights: String?

  func validate() throws {
    guard sensitivity >= 0, sensitivity.isFinite else {
      throw ValidationError("--sensitivity \(sensitivity): expected a number that is not negative")
    }
  }

  func run() throws {
    let parameters = try self.parameters()
    let weights = PointWeights(pointWeights)
    let file = try source.open(weights, source.reading)
    switch source.precision ?? Precision(file.info.precision) {
    case .float: try show(Points<Float>(file, weights, common), parameters)
    case .double: try show(Points<Double>(file, weights, common), parameters)
    }
  }

  /// The parameters of the fits, checked before a file is opened.
  private func parameters() throws -> KMeans {
    var kmeans = KMeans(clusterCount: 1, seed: seed)
    kmeans.maxIterations = maxIterations
    kmeans.tolerance = tolerance
    kmeans.threads = common.threadCount
    kmeans.strategy = common.strategy
    kmeans.instructionSet = try common.instructionSet()
    for clusters in counts.values {
      kmeans.clusterCount = clusters
      try kmeans.validate()
    }
    return kmeans
  }

  private func show<Scalar: ClusteringScalar>(
    _ points: Points<Scalar>, _ parameters: KMeans
  ) throws {
    let values = counts.values
    let progress = Progress(common, total: values.count)
    var done = 0
    let curve = try points.blame.onError { () throws(ClusteringError) in
      try parameters.curve(
        points.view, weights: points.weights?.span, clusterCounts: values
      ) { fit in
        done += 1
        progress.show(done) { "\(fit.clusters) clusters, \(done) of \(values.count) fits" }
      }
    }
    progress.finish()
    let knee = try curve.knee(sensitivity: sensitivity)
    let report = ElbowReport(curve, knee: knee, sensitivity: sensitivity, points, parameters)
    if common.json {
      try report.printJSON()
    } else {
      try common.summary(ElbowSummary(curve, report, points.info.path).lines)
    }
  }
}
