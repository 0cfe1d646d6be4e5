/// The requirements of Spark's StreamingKMeans for its parameters, and its messages where they are
/// not met, to the letter (Spark 4.3.0).
package enum SparkRequirement {
  /// Spark's message for any use of a model without centers.
  package static var initialCenters: ClusteringError {
    .streaming(.sparkRequirement("Initial cluster centers must be set before starting predictions"))
  }

  /// Spark's `setK`.
  package static func checkClusterCount(_ count: Int) throws(ClusteringError) {
    try require(count > 0, "Number of clusters must be positive but got \(count)")
  }

  /// Spark's `setDecayFactor`, which allows more than 1.
  package static func checkDecayFactor(_ factor: Double) throws(ClusteringError) {
    try require(
      factor >= 0, "Decay factor must be nonnegative but got \(JavaNumber.text(factor))")
  }

  /// The half-life of Spark's `setHalfLife`, which may be infinite.
  package static func checkHalfLife(_ halfLife: Double) throws(ClusteringError) {
    try require(
      halfLife > 0, "Half life must be positive but got \(JavaNumber.text(halfLife))")
  }

  /// The time unit of Spark's `setHalfLife`; the one message that is not a requirement there.
  package static func timeUnit(
    named name: String
  ) throws(ClusteringError) -> SparkModel.TimeUnit {
    guard let unit = SparkModel.TimeUnit(rawValue: name) else {
      throw .streaming(.sparkRequirement("Invalid time unit for decay: \(name)"))
    }
    return unit
  }

  /// Spark's `setInitialCenters`.
  ///
  /// - Parameters:
  ///   - centers: the number of centers that are given.
  ///   - clusterCount: the number of centers that there must be.
  package static func checkInitialCenters(
    _ centers: Int, weights: [Double], clusterCount: Int
  ) throws(ClusteringError) {
    try require(
      centers == weights.count, "Number of initial centers must be equal to number of weights")
    try require(
      centers == clusterCount,
      "Number of initial centers must be \(clusterCount) but got \(centers)")
    guard !weights.allSatisfy({ $0 >= 0 }) else { return }
    let text = weights.map(JavaNumber.text).joined(separator: " ")
    try require(false, "Weight for each initial center must be nonnegative but got [\(text)]")
  }

  /// Spark's `setRandomCenters`.
  package static func checkRandomCenters(
    dimension: Int, weight: Double
  ) throws(ClusteringError) {
    try require(
      dimension > 0, "Number of dimensions must be positive but got \(dimension)")
    try require(
      weight >= 0, "Weight for each center must be nonnegative but got \(JavaNumber.text(weight))")
  }

  private static func require(
    _ isMet: Bool, _ message: @autoclosure () -> String
  ) throws(ClusteringError) {
    guard isMet else { throw .streaming(.sparkRequirement("requirement failed: \(message())")) }
  }
}

// The parameters of a stream under Spark's rules.
extension StreamingParameters {
  /// Spark's `decayFactor`.
  var sparkDecayFactor: Double {
    switch forgetting.pace {
    case .never: 1
    case .decayFactor(let factor): factor
    case .forgetfulness(let share): 1 - share
    case .halfLife(let time): SparkModel.decayFactor(halfLife: time)
    }
  }

  /// Checks the parameters as Spark does, in its words, and that no parameter is set that it does
  /// not have.
  ///
  /// - Throws: ``StreamingError/sparkRequirement(_:)`` or ``StreamingError/notInSpark(_:)``.
  func validateForSpark() throws(ClusteringError) {
    try SparkRequirement.checkClusterCount(clusterCount)
    _ = try sparkTimeUnit
    if case .halfLife(let time) = forgetting.pace {
      try SparkRequirement.checkHalfLife(time)
    } else {
      try SparkRequirement.checkDecayFactor(sparkDecayFactor)
    }
    if case .gaussian(let dimension, let weight) = start {
      try SparkRequirement.checkRandomCenters(dimension: dimension, weight: weight)
    }
    if gain == .fixed { throw .streaming(.notInSpark("fixed gain")) }
    if distance != .euclidean {
      throw .streaming(.notInSpark("other distance here than euclidean"))
    }
    if standardizes { throw .streaming(.notInSpark("standardised columns here")) }
  }

  var sparkTimeUnit: SparkModel.TimeUnit {
    get throws(ClusteringError) { try SparkRequirement.timeUnit(named: forgetting.unit.rawValue) }
  }
}
