/// What can be wrong with the parameters of ball k-means: one case a thing, with its numbers.
public enum BallError: SpecificError {
  /// The trim fraction is not a positive, finite number.
  case invalidTrimFraction(Double)
  /// The test probability is not at least 0 and below 1.
  case invalidTestProbability(Double)
  /// The number of final iterations is negative.
  case finalIterationsNegative(Int)
}

extension ClusteringError {
  /// Something that only ball k-means has.
  public static func ball(_ error: BallError) -> ClusteringError { .specific(Specific(error)) }
}

extension BallError {
  public var kind: ClusteringError.Kind { .parameter }

  public var description: String {
    switch self {
    case .invalidTrimFraction(let fraction):
      "the trim fraction is \(fraction), expected a finite number above 0"
    case .invalidTestProbability(let probability):
      "the test probability is \(probability), expected a number of at least 0 and below 1"
    case .finalIterationsNegative(let iterations):
      "\(iterations) final iterations, expected a number that is not negative"
    }
  }
}
