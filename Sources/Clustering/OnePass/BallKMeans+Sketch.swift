extension BallKMeans {
  /// Clusters the centroids of a sketch, each with the weight of its points.
  ///
  /// By a distance that is no squared Euclidean one (Manhattan, Chebyshev, Minkowski, Tanimoto)
  /// points count by their distance: k-means++ draws in proportion to it, balls are a share of the
  /// distance to the next centroid, and runs are compared by its weighted sum. Centroids move to
  /// means as long as that sum does not rise, for the mean does not minimise it. The inertia is S +
  /// E of that distance.
  ///
  /// With the cosine the centroids of the model are of length 1, as those of a fit are: the
  /// directions of the means that ball k-means ends with.
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
    let sketch = try sketch.begun()
    guard let state = sketch.settled?.state, state.count > 0 else { throw .noPoints }
    try sketch.extent.check(clusters: clusterCount, points: sketch.pointCount)
    guard state.count >= clusterCount else {
      throw .sketch(
        .tooFewCentroids(state.count, clusters: clusterCount, because: state.shortage))
    }
    if let distance = PairwiseDistance(
      of: sketch.parameters.distance, instructionSet: execution.kernels)
    {
      return try fit(sketch, state, by: distance, scale: Self.scale(state.weights))
    }
    var judging = self
    judging.power = power ?? sketch.parameters.usedPower
    let fit = try judging.fit(state).model
    let transform = sketch.transform ?? .identity
    let restored: Matrix<Scalar> = state.restored(fit.centroids).converted(to: Scalar.self)
    let centroids = transform.directed(sketch.extent.clamped(restored), execution)
    let (labels, distances) = state.assignment(to: centroids)
    let own = zip(state.weights, distances).reduce(0) { $0 + $1.0 * $1.1 }
    var weights = fit.clusterWeights.map { $0 * Self.scale(state.weights) }
    if transform.normalizes, correctsWeights {
      // Other centroids may be the nearest, now that all have one length.
      weights = Array(repeating: 0, count: clusterCount)
      for (label, weight) in zip(labels, state.weights) { weights[Int(label)] += weight }
    }
    return KMeansModel(
      transformed: centroids, transform: transform, clusterWeights: weights,
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

extension RowTransform {
  /// Centroids of transformed rows, of length 1 where rows are. One of zeros, the mean of rows that
  /// point to all sides, takes the direction of the first column.
  fileprivate func directed<Scalar: ClusteringScalar>(
    _ centroids: Matrix<Scalar>, _ execution: Execution
  ) -> Matrix<Scalar> {
    guard normalizes else { return centroids }
    var axis = centroids
    for row in 0..<axis.rows {
      for column in 0..<axis.columns { axis[row, column] = column == 0 ? 1 : 0 }
    }
    let map = RowMap<Scalar>(
      self, columns: centroids.columns, instructionSet: execution.kernels)
    return map?.renormalized(centroids, keeping: axis) ?? centroids
  }
}
