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
