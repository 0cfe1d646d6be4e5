// Whether what a stream learns stays within the numbers of Double.
extension StreamLearner {
  /// Checks that no sum of weights times squared distances will be more than a Double holds.
  ///
  /// - Parameters:
  ///   - factor: what the weights of the clusters are multiplied by first.
  ///   - now: what the weights of the batch are.
  ///   - total: what all weights then are.
  /// - Complexity: O(1), or O(k d) where the weights are so large that values might be too large for them.
  func checkSums(times factor: Double, now: Double, total: Double) throws(ClusteringError) {
    let limit = min(FiniteCheck<Scalar>.limit, Double(Scalar.greatestFiniteMagnitude))
    let isSafe = 4 * limit * limit * Double(columns) * (total / now) <= SumLimits.largest
    if isSafe, sums.inertia.isFinite { return }
    var learnt = clusters
    var moves = [Double](repeating: 0, count: clusters.count)
    learnt.scale(by: factor)
    learnt.learn(sums, about: nearest.centroids, now: now, gain: nil, moves: &moves)
    let unit = learnt.weightUnit
    let error = (0..<learnt.count).reduce(0.0) {
      $0 + learnt.squaredError($1, unit: unit) / (now / unit)
    }
    let centers = learnt.centers.span
    let largest = centers.indices.reduce(0.0) { max($0, centers[$1].magnitude) }
    let isFinite = sums.inertia <= SumLimits.largest && error <= SumLimits.largest
    guard isFinite, largest * (total / now) <= SumLimits.largest else {
      throw .sumsTooLarge(weight: total / now, largest: largest)
    }
  }
}
