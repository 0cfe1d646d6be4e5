extension KMeansModel {
  /// A model of given centroids that points are compared with by a distance. Its weights are 1
  /// each, its inertia is 0.
  ///
  /// - Parameters:
  ///   - centroids: at least one row of finite values, in the units of the points.
  ///   - distance: with the cosine, centroids are divided by their length, too.
  /// - Throws: ``DistanceError`` where a parameter of the distance is wrong, or a covariance is to
  ///   be that of rows, and where a centroid is not finite, or has no direction and needs one.
  /// - Complexity: O(k d), O(d^3 + k d^2) for a covariance.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public init(
    centroids: Matrix<Scalar>, comparedBy distance: DistanceMeasure
  ) throws(ClusteringError) {
    let transform = try RowTransform(distance, columns: centroids.columns)
    let map = RowMap<Scalar>(
      transform, columns: centroids.columns, instructionSet: Execution().kernels)
    let transformed = map?.mapped(centroids) ?? centroids
    try CentroidCheck.check(
      transformed, count: centroids.rows, columns: centroids.columns,
      needsDirections: transform.normalizes)
    self.init(
      transformed: transformed, transform: transform, pairwise: distance.pairwise,
      clusterWeights: Array(repeating: 1, count: centroids.rows), inertia: 0, iterations: 0,
      converged: false)
  }

  /// The measure by which points are near to centroids, with its parameters.
  public var distance: DistanceMeasure {
    switch pairwise {
    case nil: transform.distance
    // Where columns are scaled, by the weights of the distance.
    case .manhattan: transform.linear == nil ? .manhattan : transform.distance
    case .chebyshev: .chebyshev
    case .minkowski(let exponent): .minkowski(exponent: exponent)
    case .tanimoto: .tanimoto
    }
  }

  /// Who is nearest by the distance of the model where that is no squared Euclidean one, packed
  /// once for all copies of the model.
  package func nearestPairwise(_ execution: Execution) -> PairwiseCentroids<Scalar>? {
    guard let pairwise else { return nil }
    return prepared.pairwise(for: execution.kernels) {
      PairwiseCentroids(
        transformedCentroids.converted(to: Double.self),
        PairwiseDistance(pairwise, instructionSet: execution.kernels))
    }
  }
}
