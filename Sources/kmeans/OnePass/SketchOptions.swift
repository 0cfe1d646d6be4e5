public import ArgumentParser
public import Clustering
import KMeansFiles

/// Options of sketching points: Mahout's StreamingKMeans, of which the command line has more than
/// Mahout's.
struct SketchOptions: ParsableArguments {
  @OptionGroup(title: "Distance") var distances: DistanceOptions

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The power of the distance that points count by: 2, squared distances, or 1, the distances "
        + "themselves. (default: 2, or 1 for distances that have no root, and for -dm as in Mahout)",
      valueName: "1|2"), completion: .list(["1", "2"]), transform: wholeNumber)
  var power: Int?

  @Flag(
    help: """
      Subtract the mean of each column and divide by its standard deviation first, both of the first \
      10,000 rows. A model remembers them; centroids are written in the units of the input.
      """)
  var standardize = false

  @Option(
    name: [.customLong("km", withSingleDash: true), .customLong("estimatedNumMapClusters")],
    parsing: .unconditional,
    help: ArgumentHelp(
      "About how many centroids the sketch is to have, above K. It grows with the logarithm of the "
        + "number of points. (default: 7 K)", valueName: "N"), transform: wholeNumber)
  var sketchSize: Int?

  @Option(
    name: [.customShort("e"), .customLong("estimatedDistanceCutoff")], parsing: .unconditional,
    help: ArgumentHelp(
      "The squared distance (with --power 1 the distance) at which a point of weight 1 certainly becomes a centroid of the sketch, to "
        + "begin with; it only grows. -1: the smallest one among the first 1,000 rows. (default: -1)",
      valueName: "F"), transform: number)
  var cutoff = -1.0

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "What the cutoff is multiplied by when the sketch has too many centroids. (default: 1.3)",
      valueName: "B"), transform: number)
  var beta: Double?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Centroids of the sketch for each unit of the natural logarithm of the number of points. "
        + "(default: K; Mahout's is 20)", valueName: "X"), transform: number)
  var logFactor: Double?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "How many times as many centroids the sketch may have before it is collapsed. (default: 2)",
      valueName: "X"), transform: number)
  var overshoot: Double?

  @Option(
    help: """
      How: once at the cutoff as it is, which is raised afterwards (Mahout); paper: it is raised first, \
      until few enough remain (Shindler et al.); jump: as once, but raised as far as is needed. \
      (default: \(SketchParameters(clusterCount: 1, seed: 0).collapse.rawValue))
      """)
  var collapse: SketchParameters.Collapse?

  /// Sets the parameters that were asked for; the rest is Mahout's where that is wanted.
  ///
  /// - Throws: ``Failure`` where a size is missing or too small; other values are checked with the
  ///   parameters.
  func set(_ parameters: inout SketchParameters, _ compat: MahoutOptions.Compatibility?) throws {
    let clusters = parameters.clusterCount
    if let sketchSize, sketchSize <= clusters {
      throw Failure.usage(
        "-km \(sketchSize): expected more centroids of the sketch than the \(counted(clusters, "cluster"))"
      )
    }
    if compat == .mahout, sketchSize == nil {
      throw Failure.usage(
        "--compat mahout: Mahout's -km is 1 unless it is given, expected more than the \(clusters) "
          + "clusters")
    }
    parameters.standardizes = standardize
    parameters.power = power
    parameters.numClusters = sketchSize
    parameters.distanceCutoff = cutoff == -1 ? .estimated : .fixed(cutoff)
    parameters.beta = beta ?? parameters.beta
    parameters.clusterLogFactor =
      logFactor ?? (compat == .mahout ? 20 : parameters.clusterLogFactor)
    parameters.clusterOvershoot = overshoot ?? parameters.clusterOvershoot
    parameters.collapse = collapse ?? (compat == .mahout ? .once : parameters.collapse)
  }
}

extension SketchParameters.Collapse: ExpressibleByArgument {}
