// Checks that the sums of a stream stay within the numbers of Double.
extension StreamLearner {
  /// The weighted sum of the squared deviations of all points from the centroids.
  ///
  /// - Parameter now: the weight of a present event, in units of the landmark.
  /// - Complexity: O(k d).
  func squaredError(now: Double) -> Double {
    let centroids = nearest.centroids.converted(to: Double.self)
    let unit = clusters.weightUnit
    return (0..<clusters.count).map {
      clusters.squaredError($0, about: centroids, unit: unit) / (now / unit)
    }.reduce(0, +)
  }

  /// Whether sums of weights times values, or times squared distances, may be more than a Double
  /// holds when the batch that was measured last is learnt: hardly ever.
  ///
  /// - Parameters:
  ///   - factor: the factor of the weights of the clusters before that.
  ///   - now: the factor of the weights of the batch.
  func mayOverflow(times factor: Double, now: Double) -> Bool {
    let total = clusters.totalWeight * factor + sums.weights.reduce(0, +) * now
    let limit = min(FiniteCheck<Scalar>.limit, Double(Scalar.greatestFiniteMagnitude))
    return !(4 * limit * limit * Double(columns) * (total / now) <= SumLimits.largest)
  }

  /// The error of a batch whose inertia is too large.
  ///
  /// - Parameter total: the sum of all weights then.
  func sumsTooLarge(times factor: Double, now: Double, total: Double) -> ClusteringError {
    var learnt = clusters
    var moves = [Double](repeating: 0, count: clusters.count)
    learnt.scale(by: factor)
    learnt.learn(sums, about: nearest.centroids, now: now, gain: nil, moves: &moves)
    return .sumsTooLarge(weight: total / now, largest: learnt.largestMagnitude)
  }

  /// Checks that sums of weights times values, and the squared error, are numbers, once a batch was
  /// learnt, or a stream merged.
  ///
  /// - Complexity: O(k d).
  func checkErrors(now: Double) throws(ClusteringError) {
    let total = clusters.totalWeight
    guard total.isFinite else { throw .streaming(.weightsOverflow(times: 1)) }
    let largest = clusters.largestMagnitude
    guard squaredError(now: now) <= SumLimits.largest,
      largest * (total / now) <= SumLimits.largest
    else { throw .sumsTooLarge(weight: total / now, largest: largest) }
  }
}
