import ArgumentParser
import Clustering
import Foundation
import KMeansFiles
import VectorIO

/// kmeans fit: clusters a file.
struct FitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fit", abstract: "Cluster the points of a file.",
    discussion: """
      Example: kmeans fit data.npy -k 100 --model clusters.kmeans --labels labels.csv
      """)

  @OptionGroup var source: InputOptions
  @OptionGroup var common: RunOptions

  @Option(name: [.customShort("k"), .customLong("clusters")], help: "The number of clusters.")
  var k: Int

  @Option(help: ArgumentHelp(
    "k-means++, random, or a file of k rows to start from.", valueName: "INIT"))
  var `init` = Initialization.kMeansPlusPlus.rawValue

  @Option(help: ArgumentHelp("The largest number of iterations.", valueName: "N"))
  var maxIterations = 300

  @Option(help: ArgumentHelp(
    "Stop when the sum of the squared moves of the centroids is at most this times the mean "
      + "variance of a column; 0: until no label changes.", valueName: "T"))
  var tolerance = 1e-4

  @Option(help: ArgumentHelp("Starts; the smallest inertia wins.", valueName: "N"))
  var runs = 1

  @Option(help: ArgumentHelp("Decides every random draw.", valueName: "N"))
  var seed: UInt64 = 0

  @Option(help: ArgumentHelp(
    "Weights: a file of one number a row, or a column of the input.", valueName: "FILE|COLUMN"))
  var pointWeights: String?

  @Option(help: ArgumentHelp("Write the centroids: .npy or .csv.", valueName: "OUT"))
  var centroids: String?

  @Option(help: ArgumentHelp(
    "Write the labels: .npy, .csv, or - for the standard output.", valueName: "OUT"))
  var labels: String?

  @Option(help: ArgumentHelp("Write the model.", valueName: "OUT"))
  var model: String?

  @Flag(help: "Replay each iteration in a naive reference (slow) and compare.")
  var verify = false

  func run() throws {
    let outputs = try FitOutputs(self)
    let parameters = try self.parameters()
    try parameters.validate()
    let weights = PointWeights(pointWeights)
    let file = try OpenedVectorFile(source.input, options: weights.adding(to: source.reading))
    switch source.precision ?? Precision(file.info.precision) {
    case .float: try fit(Points<Float>(file, weights, common), parameters, outputs)
    case .double: try fit(Points<Double>(file, weights, common), parameters, outputs)
    }
  }

  private func parameters() throws(ClusteringError) -> KMeans {
    var kmeans = KMeans(clusterCount: k, seed: seed)
    kmeans.initialization = Initialization(rawValue: self.`init`) ?? .kMeansPlusPlus
    kmeans.maxIterations = maxIterations
    kmeans.tolerance = tolerance
    kmeans.runs = runs
    kmeans.threads = common.threadCount
    kmeans.strategy = common.strategy
    kmeans.instructionSet = try common.instructionSet()
    return kmeans
  }

  private func fit<Scalar: ClusteringScalar>(
    _ points: Points<Scalar>, _ parameters: KMeans, _ outputs: FitOutputs
  ) throws {
    let start: Matrix<Scalar>? = try initialCentroids()
    let progress = Progress(common, total: parameters.maxIterations)
    var replay = verify ? FitReplay(points) : nil
    let clock = ContinuousClock()
    let begin = clock.now
    let fit = try inFile {
      () throws(ClusteringError) in
      try parameters.fit(points.view, weights: points.weights?.span, from: start) {
        progress.show($0)
        replay?.observe($0, $1)
      }
    }
    let seconds = (clock.now - begin).seconds
    progress.finish()
    try replay?.finish(fit)
    let report = FitReport(fit, points, parameters, seconds: seconds)
    try outputs.write(fit)
    if common.json {
      try report.printJSON()
    } else {
      FitSummary(fit, report, verified: verify, points.info.path)
        .lines.forEach { common.summary($0, stdoutIsTaken: outputs.takeStdout) }
    }
    try outputs.writeToStdout(fit)
  }

  private func initialCentroids<Scalar: ClusteringScalar>() throws -> Matrix<Scalar>? {
    guard Initialization(rawValue: self.`init`) == nil else { return nil }
    guard FileManager.default.fileExists(atPath: self.`init`) else {
      let names = Initialization.allCases.map(\.rawValue).joined(separator: ", ")
      throw Failure.usage("--init \(self.`init`): expected \(names) or a file")
    }
    var rows = try VectorFile<Scalar>(self.`init`)
    return try Matrix(reading: &rows)
  }

  /// Puts the name of the input before what is wrong with its points.
  private func inFile<Result>(_ body: () throws(ClusteringError) -> Result) throws -> Result {
    do {
      return try body()
    } catch {
      let failure = Failure(error, of: FitCommand.self)
      throw Failure(line: "\(source.input): \(failure.line)", status: failure.status)
    }
  }
}
