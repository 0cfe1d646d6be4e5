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

  @Option(
    name: [.customShort("k"), .customLong("clusters")], parsing: .unconditional,
    help: ArgumentHelp("The number of clusters.", valueName: "K"), transform: wholeNumber)
  var k: Int

  @Option(
    help: ArgumentHelp(
      "k-means++, random, or a file of k rows to start from.", valueName: "INIT"))
  var `init` = Initialization.kMeansPlusPlus.rawValue

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The largest number of iterations. (default: 300)", valueName: "N"),
    transform: wholeNumber)
  var maxIterations = 300

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Stop when the sum of the squared moves of the centroids is at most this times the mean "
        + "variance of a column; 0: until no label changes. (default: 1e-4)", valueName: "T"),
    transform: number)
  var tolerance = 1e-4

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Starts; the smallest inertia wins. (default: 1)", valueName: "N"),
    transform: wholeNumber)
  var runs = 1

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Decides every random draw. (default: 0)", valueName: "N"),
    transform: seedNumber)
  var seed: UInt64 = 0

  @Option(
    help: ArgumentHelp(
      "Weights: a file of one number a row, or a column of the input.", valueName: "FILE|COLUMN"))
  var pointWeights: String?

  @Option(help: ArgumentHelp("Write the centroids: .npy or .csv.", valueName: "OUT"))
  var centroids: String?

  @Option(
    help: ArgumentHelp(
      "Write the labels: .npy, .csv, or - for the standard output.", valueName: "OUT"))
  var labels: String?

  @Option(
    help: ArgumentHelp(
      "Write the rows of the input with their label as one more column: text is copied as it is, "
        + "numbers go to the format that the extension says.", valueName: "OUT"))
  var appendLabels: String?

  @Option(help: ArgumentHelp("Write the model.", valueName: "OUT"))
  var model: String?

  @Flag(help: "Replay each iteration in a naive reference (slow) and compare.")
  var verify = false

  func run() throws {
    let start = try InitialCentroids(self.`init`)
    let parameters = try self.parameters(start)
    try parameters.validate()
    let weights = PointWeights(pointWeights)
    let outputs = try FitOutputs(self, inputs: [source.input] + (weights.path.map { [$0] } ?? []))
    let run = FitRun(command: self, start: start, parameters: parameters, outputs: outputs)
    let file = try open(weights)
    try outputs.labeledRows?.check(file.info)
    switch source.precision ?? Precision(file.info.precision) {
    case .float: try run.fit(Points<Float>(file, weights, common))
    case .double: try run.fit(Points<Double>(file, weights, common))
    }
  }

  /// Opens the input with the column of the weights, which may be one of the listed columns already
  /// by another name; nothing but the file can say that.
  private func open(_ weights: PointWeights) throws -> OpenedVectorFile {
    do {
      return try source.open(weights.adding(to: source.reading))
    } catch FileError.unusable where isRegularFile(source.input) {
      return try source.open(source.reading)
    }
  }

  private func parameters(_ start: InitialCentroids) throws -> KMeans {
    var kmeans = KMeans(clusterCount: k, seed: seed)
    kmeans.initialization = start.method
    kmeans.maxIterations = maxIterations
    kmeans.tolerance = tolerance
    kmeans.runs = runs
    kmeans.threads = common.threadCount
    kmeans.strategy = common.strategy
    kmeans.instructionSet = try common.instructionSet()
    return kmeans
  }
}
