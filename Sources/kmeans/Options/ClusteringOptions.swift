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

  @OptionGroup var scaling: ScalingOptions

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
    kmeans.columnScale = scaling.columnScale
    if scaling.unitRows { kmeans.unitRows = true }
    kmeans.maxIterations = maxIterations
    kmeans.tolerance = tolerance
    kmeans.execution = try common.execution()
    return kmeans
  }

  /// Whether anything is done to rows before they are compared.
  var transformsRows: Bool {
    distance != .euclidean || standardize || !scaling.givenNames.isEmpty
  }

  /// Whether rows of zeros have no direction, and need one. What is measured of all rows is
  /// measured of these, too: only then are they left out.
  var skipsZeroRows: Bool {
    (distance == .cosine || scaling.unitRows) && !standardize && scaling.columnScale == nil
  }

  /// The options of reading: rows without a direction are left out where invalid ones are.
  func reading(_ source: InputOptions) -> ReadingOptions {
    var options = source.reading
    options.skipsZeroRows = skipsZeroRows
    return options
  }
}
