extension BallKMeans {
  /// Clusters the centroids of a sketch, each with the weight of its points.
  ///
  /// - Returns: a model whose inertia is S + E: the squared distances of the sketch's centroids to
  ///   those of the model as they are returned, weighted, and the squared errors of the sketch. The
  ///   k-means cost of all points is at most that but for rounding;
  ///   ``StreamingSketch/costBounds(for:)`` brackets it for certain.
  /// - Throws: ``ClusteringError`` where a parameter is wrong, there are no points, or the sketch
  ///   has fewer centroids than there are to be clusters.
  /// - Complexity: O(m k d) an iteration for m centroids of the sketch.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func fit<Scalar: ClusteringScalar>(
    _ sketch: StreamingSketch<Scalar>
  ) throws(ClusteringError) -> KMeansModel<Scalar> {
    try validate()
    guard let state = sketch.settled?.state, state.count > 0 else { throw .noPoints }
    try sketch.extent.check(clusters: clusterCount, points: sketch.pointCount)
    guard state.count >= clusterCount else {
      throw .sketch(
        .tooFewCentroids(state.count, clusters: clusterCount, because: state.shortage))
    }
    let fit = try fit(state).model
    let restored: Matrix<Scalar> = state.restored(fit.centroids).converted(to: Scalar.self)
    let centroids = sketch.extent.clamped(restored)
    let weights = state.weights
    let own = zip(weights, state.squaredDistances(to: centroids)).reduce(0) { $0 + $1.0 * $1.1 }
    let scale = Self.scale(weights)
    return KMeansModel(
      centroids: centroids, clusterWeights: fit.clusterWeights.map { $0 * scale },
      inertia: own + sketch.squaredError, iterations: fit.iterations, converged: fit.converged)
  }

  /// Clusters the coordinates in their frame, where nothing is lost by an offset, with weights near
  /// 1.
  private func fit(_ state: SketchState) throws(ClusteringError) -> Fit<Double> {
    let coordinates = state.coordinates
    let scale = Self.scale(state.weights)
    // Beside far larger ones a weight may vanish, but never counts for nothing.
    let weights = state.weights.map { max($0 / scale, .leastNonzeroMagnitude) }
    return try fit(checked: coordinates.view, weights: weights.span)
  }

  /// A power of two by which weights can be divided so that no product with a value overflows; no
  /// bit of the result depends on it.
  private static func scale(_ weights: [Double]) -> Double {
    let total = weights.reduce(0, +)
    return Double(sign: .plus, exponent: total.exponent, significand: 1)
  }
}
