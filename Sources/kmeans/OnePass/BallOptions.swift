import ArgumentParser
import Clustering

/// Options of clustering the centroids of a sketch: Mahout's BallKMeans.
struct BallOptions: ParsableArguments {
  @Option(
    name: [.customLong("mi", withSingleDash: true), .customLong("maxNumIterations")],
    parsing: .unconditional,
    help: ArgumentHelp(
      "The largest number of trimmed iterations of a run. (default: 10)", valueName: "N"),
    transform: wholeNumber)
  var iterations: Int?

  @Option(
    name: [.customLong("tf", withSingleDash: true), .customLong("trimFraction")],
    parsing: .unconditional,
    help: ArgumentHelp(
      "Only what lies within this share of the squared distance to the next centroid (of the distance "
        + "itself with --power 1) moves a centroid in such an iteration; 0.111 is the ball of "
        + "Ostrovsky et al. (default: 0.9)",
      valueName: "X"), transform: number)
  var trim: Double?

  @Flag(
    name: [.customLong("ri", withSingleDash: true), .customLong("randomInit")],
    help: "Start from centroids of the sketch drawn by their weights: --init random.")
  var startsRandomly = false

  @Option(
    help: """
      How a run starts: greedy (k-means++ that takes the best of several draws), k-means++, ostrovsky \
      (its first pair, then k-means++) or random. (default: greedy)
      """)
  var `init`: Start?

  @Flag(
    name: [.customLong("iw", withSingleDash: true), .customLong("ignoreWeights")],
    help: "Weigh clusters by what moved them in their last iteration, not by all points.")
  var ignoresWeights = false

  @Option(
    name: [.customLong("testp", withSingleDash: true), .customLong("testProbability")],
    parsing: .unconditional,
    help: ArgumentHelp(
      "The share of the sketch that is kept apart to choose the best run by; 0: all of it is clustered "
        + "and chooses. (default: 0; Mahout's is 0.1)", valueName: "P"), transform: number)
  var testProbability: Double?

  @Option(
    name: [.customLong("nbkm", withSingleDash: true), .customLong("numBallKMeansRuns")],
    parsing: .unconditional,
    help: ArgumentHelp(
      "Runs of which the best is taken. "
        + "(default: \(BallKMeans(clusterCount: 1, seed: 0).runs); Mahout's is 4)",
      valueName: "N"), transform: wholeNumber)
  var runs: Int?

  /// The start of a run.
  enum Start: String, ExpressibleByArgument, CaseIterable {
    case greedy
    case kMeansPlusPlus = "k-means++"
    case ostrovsky, random

    var initialization: BallKMeans.Initialization {
      switch self {
      case .greedy: .greedy
      case .kMeansPlusPlus: .kMeansPlusPlus
      case .ostrovsky: .ostrovsky
      case .random: .uniform
      }
    }
  }

  func validate() throws {
    if startsRandomly, let start = self.`init`, start != .random {
      throw ValidationError("-ri starts randomly: expected no --init \(start.rawValue)")
    }
  }

  /// The start of a run: the one that was asked for, else the default.
  func start(_ compat: MahoutOptions.Compatibility?) -> Start {
    if startsRandomly { return .random }
    return self.`init` ?? (compat == .mahout ? .kMeansPlusPlus : .greedy)
  }

  /// Sets the parameters that were asked for; the rest is Mahout's where that is wanted.
  ///
  /// - Parameter power: of the distance that points count by.
  /// - Throws: ``Failure`` where the trim fraction is wrong; other values are checked with the
  ///   parameters.
  func set(
    _ parameters: inout BallKMeans, _ compat: MahoutOptions.Compatibility?, power: Int
  ) throws {
    let isMahout = compat == .mahout
    parameters.initialization = start(compat).initialization
    parameters.maxIterations = iterations ?? parameters.maxIterations
    if let trim {
      guard trim > 0, trim.isFinite else {
        throw Failure.usage("-tf \(trim): expected a finite number above 0")
      }
    }
    // Mahout's is a share of what its measure says: squared distances, or their roots.
    if trim != nil || power == 1 {
      parameters.trimFraction = power == 1 ? trim ?? 0.9 : (trim ?? 0.9).squareRoot()
    }
    parameters.correctsWeights = !ignoresWeights
    parameters.testProbability =
      testProbability ?? (isMahout ? 0.1 : parameters.testProbability)
    parameters.runs = runs ?? (isMahout ? 4 : parameters.runs)
    if isMahout {
      parameters.finalIterations = 0
      parameters.refillsEmptyClusters = false
    }
  }
}
