extension BallKMeans {
  /// Clusters the centroids of a sketch, each with the weight of its points.
  ///
  /// - Returns: a model whose inertia is S + E: the squared distances of the sketch's centroids to those
  ///   of the model as they are returned, weighted, and the squared errors of the sketch. The k-means cost
  ///   of all points is at most that but for rounding; ``StreamingSketch/costBounds(for:)`` brackets it for
  ///   certain.
  /// - Throws: ``ClusteringError`` where a parameter is wrong, there are no points, or the sketch has fewer
  ///   centroids than there are to be clusters.
  /// - Complexity: O(m k d) an iteration for m centroids of the sketch.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func fit<Scalar: ClusteringScalar>(
    _ sketch: StreamingSketch<Scalar>
  ) throws(ClusteringError) -> KMeansModel<Scalar> {
    try validate()
    guard let sketcher = sketch.settled, sketcher.centroids.count > 0 else { throw .noPoints }
    try sketch.extent.check(clusters: clusterCount, points: sketch.pointCount)
    guard sketcher.centroids.count >= clusterCount else {
      throw .sketch(
        .tooFewCentroids(
          sketcher.centroids.count, clusters: clusterCount, because: sketcher.shortage))
    }
    let fit = try fit(sketcher).model
    let centroids: Matrix<Scalar> = sketch.extent.clamped(sketcher.restored(fit.centroids))
    let weights = sketcher.weights
    let own = zip(weights, sketcher.squaredDistances(to: centroids)).reduce(0) { $0 + $1.0 * $1.1 }
    let scale = Self.scale(weights)
    return KMeansModel(
      centroids: centroids, clusterWeights: fit.clusterWeights.map { $0 * scale },
      inertia: own + sketch.squaredError, iterations: fit.iterations, converged: fit.converged)
  }

  /// Clusters the places in their frame, where nothing is lost by an offset, with weights near 1.
  private func fit(_ sketcher: Sketcher) throws(ClusteringError) -> Fit<Double> {
    let places = sketcher.places
    let scale = Self.scale(sketcher.weights)
    // Beside far larger ones a weight may vanish, but never counts for nothing.
    let weights = sketcher.weights.map { max($0 / scale, .leastNonzeroMagnitude) }
    return try fit(checked: places.view, weights: weights.span)
  }

  /// A power of two by which weights can be divided so that no product with a value overflows; no bit of
  /// the result depends on it.
  private static func scale(_ weights: [Double]) -> Double {
    let total = weights.reduce(0, +)
    return Double(sign: .plus, exponent: total.exponent, significand: 1)
  }
}

extension Sketcher {
  /// Centroids in the frame of the sketch, in the units of the points.
  fileprivate func restored<Scalar: ClusteringScalar>(
    _ centroids: Matrix<Double>
  ) -> Matrix<Scalar> {
    var restored = centroids
    var values = restored.mutableSpan
    for index in values.indices { values[index] += shift[index % columns] }
    return restored.converted(to: Scalar.self)
  }
}
