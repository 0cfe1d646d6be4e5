extension BallKMeans {
  /// Clusters the centroids of a sketch by a distance that is no squared Euclidean one.
  ///
  /// - Returns: a model whose inertia is S + E: the distances of the sketch's centroids to those of
  ///   the model, weighted, and the bound on those of the points to their centroids. Where the
  ///   distance is a norm, the cost of all points is at most that but for rounding.
  /// - Precondition: the sketch has begun and has at least as many centroids as there are to be
  ///   clusters.
  /// - Complexity: O(m k d) an iteration for m centroids of the sketch.
  func fit<Scalar: ClusteringScalar>(
    _ sketch: StreamingSketch<Scalar>, _ state: SketchState, by distance: PairwiseDistance,
    scale: Double
  ) throws(ClusteringError) -> KMeansModel<Scalar> {
    let scaled = state.weights.map { max($0 / scale, .leastNonzeroMagnitude) }
    let power = power ?? sketch.parameters.usedPower
    let found = try scaled.withUnsafeBufferPointer { (weights) throws(ClusteringError) in
      let points = WeightedRows(rows: state.memory.rows, weights: weights.baseAddress)
      return try PairwiseRuns(self, points, distance, power: power).best()
    }
    let restored: Matrix<Scalar> = state.restored(found.clusters.centroids)
      .converted(to: Scalar.self)
    let centroids = sketch.extent.clamped(restored)
    let (labels, distances) = state.assignment(to: centroids)
    var weights = found.keptWeights.map { $0 * scale }
    if correctsWeights {
      weights = Array(repeating: 0, count: clusterCount)
      for (label, weight) in zip(labels, state.weights) { weights[Int(label)] += weight }
    }
    let own = zip(state.weights, distances).reduce(0) { $0 + $1.0 * $1.1 }
    return KMeansModel(
      transformed: centroids, transform: sketch.transform ?? .identity,
      pairwise: sketch.parameters.distance.pairwise, clusterWeights: weights,
      inertia: own + sketch.squaredError, iterations: found.steps, converged: found.converged)
  }
}
