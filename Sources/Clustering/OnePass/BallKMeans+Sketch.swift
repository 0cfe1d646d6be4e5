extension BallKMeans {
  /// Clusters the centroids of a sketch, each with the weight of its points.
  ///
  /// - Returns: a model whose inertia is S + E: the squared distances of the sketch's centroids to those
  ///   of the model, weighted, and the squared errors of the sketch. The k-means cost of all points is at
  ///   most that but for rounding; ``StreamingSketch/costBounds(for:)`` brackets it for certain.
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
    guard sketcher.centroids.count >= clusterCount else {
      throw .sketch(.tooFewCentroids(sketcher.centroids.count, clusters: clusterCount))
    }
    let fit = try fit(sketcher).model
    return KMeansModel(
      centroids: sketcher.restored(fit.centroids), clusterWeights: fit.clusterWeights,
      inertia: fit.inertia + sketch.squaredError, iterations: fit.iterations,
      converged: fit.converged)
  }

  /// Clusters the places in their frame, where nothing is lost by an offset.
  private func fit(_ sketcher: Sketcher) throws(ClusteringError) -> Fit<Double> {
    let places = sketcher.places
    let weights = sketcher.weights
    return try fit(places.view, weights: weights.span)
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
