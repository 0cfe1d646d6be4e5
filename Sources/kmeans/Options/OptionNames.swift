import Clustering
import KMeansFiles

/// Messages about wrong parameters under the names of the options that set them: the library does
/// not know the command line.
struct OptionNames: Sendable {
  var maxIterations = "--max-iterations"
  var runs = "--runs"

  /// The names of most commands.
  static let usual = OptionNames()
  /// The names of `onepass`, which are Mahout's.
  static let mahout = OptionNames(maxIterations: "-mi", runs: "-nbkm")

  /// A line that begins with the option; `nil` where no option is to blame.
  func line(_ error: ClusteringError) -> String? {
    switch error {
    case .clusterCountNotPositive(let clusters): "-k \(clusters): expected at least 1"
    case .clusterCountTooLarge(let clusters):
      "-k \(clusters): expected at most \(Int32.max)"
    case .invalidTolerance(let tolerance):
      "--tolerance \(tolerance): expected a finite number that is not negative"
    case .maxIterationsNotPositive(let iterations):
      "\(maxIterations) \(iterations): expected at least 1"
    case .runsNotPositive(let number): "\(runs) \(number): expected at least 1"
    case .memoryTooSmall(let limit, let needed):
      "--memory: \(counted(limit, "byte")), expected at least \(needed)"
    case .specific(let specific): line(specific.error)
    default: nil
    }
  }

  private func line(_ error: any SpecificError) -> String? {
    switch error {
    case let error as ExecutionError: line(error)
    case let error as StreamingError: line(error)
    case let error as SketchError: line(error)
    case let error as DistanceError: line(error)
    case let error as TransformError: line(error)
    case BallError.invalidTestProbability(let probability):
      "-testp \(probability): expected a number of at least 0 and below 1"
    default: nil
    }
  }

  private func line(_ error: ExecutionError) -> String {
    switch error {
    case .instructionSetMissing, .instructionSetUnknown:
      "the environment variable KMEANS_ISA: \(error)"
    case .strategyMissing(let strategy, _): "--strategy \(strategy): \(error)"
    case .openBLASMissing: "--strategy blas: \(error)"
    }
  }

  private func line(_ error: StreamingError) -> String? {
    switch error {
    case .invalidDecayFactor(let factor): "--decay-factor \(factor): expected a number from 0 to 1"
    case .invalidForgetfulness(let share): "--forgetfulness \(share): expected a number from 0 to 1"
    case .invalidDriftParameter(let name, let value, let expected):
      "--drift-\(name == "minimum of batches" ? "batches" : name) \(value): expected \(expected)"
    case .invalidHalfLife(let time): "--half-life \(time): expected a number above 0"
    case .fixedGainWithoutForgetting:
      "--gain fixed: it is what is forgotten in a unit of time, and nothing is: expected --half-life, or "
        + "--decay-factor below 1"
    case .invalidLifetime(let halfLives):
      "--deaths \(halfLives): expected a number of half-lives that is not negative"
    case .invalidTimeJump(let halfLives): "--max-time-jump \(halfLives): expected a number above 0"
    case .tooFewFirstRows(let rows, let clusters):
      "--first-rows \(rows): expected at least \(clusters), one a cluster"
    case .notInSpark: "--compat spark: \(error)"
    case .standardizingNeedsFirstRows: "--standardize: \(error)"
    default: nil
    }
  }

  private func line(_ error: DistanceError) -> String? {
    switch error {
    case .meanIsNoCenter(let kind):
      "--distance \(kind.rawValue): clusters move to the means of their points, and the mean is not the "
        + "center that minimises such distances; expected euclidean, cosine, weighted-euclidean or "
        + "mahalanobis, or 'kmeans onepass --distance \(kind.rawValue)'"
    case .invalidExponent(let exponent):
      "--minkowski-p \(exponent): expected a finite number of at least 1"
    case .covarianceNeedsRows: "--distance mahalanobis: \(error)"
    default: nil
    }
  }

  private func line(_ error: TransformError) -> String {
    switch error {
    case .standardizedAndScaled(let scale):
      "--standardize and \(scale == .deviation ? "--scale-columns" : "--tf-idf"): columns are centred, "
        + "and zeros are to stay zeros: expected one of them"
    case .unitRowsWithDistance(let kind):
      "--l2 and --distance \(kind.rawValue): expected euclidean, or cosine, for which centroids have "
        + "length 1, too"
    }
  }

  private func line(_ error: SketchError) -> String? {
    switch error {
    case .invalidDistanceCutoff(let cutoff): "-e \(cutoff): expected a finite number above 0"
    case .invalidBeta(let beta):
      "--beta \(beta): expected a finite number above 1: the cutoff is to grow by it"
    case .invalidClusterLogFactor(let factor):
      "--log-factor \(factor): expected a finite number that is not negative"
    case .invalidClusterOvershoot(let factor):
      "--overshoot \(factor): expected a finite number of at least 1"
    case .invalidProjections(let projections, let most):
      "-np \(projections): expected 1 to \(most)"
    case .searchSizeNotPositive(let size): "-s \(size): expected at least 1"
    case .invalidPower(let power): "--power \(power): expected 1 or 2"
    default: nil
    }
  }
}
