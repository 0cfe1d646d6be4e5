import ArgumentParser
import Clustering
import VectorIO

/// The options that all clustering commands share.
struct ClusteringOptions: ParsableArguments {
  @OptionGroup(title: "Distance") var distances: DistanceOptions

  @Flag(
    help: """
      Subtract the mean of each column and divide by its standard deviation first. A model \
      remembers both; centroids are written in the units of the input.
      """)
  var standardize = false

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The largest number of iterations of a fit. (default: 300)", valueName: "N"),
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
    help: ArgumentHelp("Decides every random draw. (default: 0)", valueName: "N"),
    transform: seedNumber)
  var seed: UInt64 = 0

  @Option(
    help: ArgumentHelp(
      "Weights: a file of one number a row, FILE:COLUMN of several, or a column of the input.",
      valueName: "FILE|COLUMN"),
    completion: .file())
  var pointWeights: String?

  /// Which distance it is.
  var distance: DistanceMeasure.Kind { distances.distance ?? .euclidean }

  /// The parameters of a fit.
  func parameters(clusters: Int, _ common: RunOptions) throws -> KMeans {
    var kmeans = KMeans(clusterCount: clusters, seed: seed)
    kmeans.distance = try distances.measure()
    kmeans.standardizes = standardize
    kmeans.maxIterations = maxIterations
    kmeans.tolerance = tolerance
    kmeans.execution = try common.execution()
    return kmeans
  }

  /// The options of reading: rows without a direction are left out where invalid ones are.
  func reading(_ source: InputOptions) -> ReadingOptions {
    var options = source.reading
    options.skipsZeroRows = distance == .cosine && !standardize
    return options
  }
}
