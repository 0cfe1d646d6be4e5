extension KMeansModel {
  /// A model of given centroids that points are compared with by a distance. Its weights are 1
  /// each, its inertia is 0.
  ///
  /// - Parameters:
  ///   - centroids: at least one row of finite values, in the units of the points.
  ///   - distance: with the cosine, centroids are divided by their length, too.
  /// - Throws: ``DistanceError`` where a parameter of the distance is wrong, and where a centroid has
  ///   no direction and needs one.
  /// - Complexity: O(k d).
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public init(
    centroids: Matrix<Scalar>, comparedBy distance: DistanceMeasure
  ) throws(ClusteringError) {
    try distance.check(columns: centroids.columns)
    var (transform, transformed) = (RowTransform.identity, centroids)
    switch distance {
    case .euclidean, .manhattan, .chebyshev, .minkowski, .tanimoto: break
    case .cosine:
      transform = RowTransform(normalizes: true)
      let zero = (0..<centroids.rows).first { row in
        (0..<centroids.columns).allSatisfy { centroids[row, $0] == 0 }
      }
      if let zero { throw .zeroCentroid(zero) }
      let map = RowMap<Scalar>(transform, columns: centroids.columns, instructionSet: .best)
      transformed = map?.mapped(centroids) ?? centroids
    case .weightedEuclidean, .weightedManhattan, .mahalanobis:
      throw .distance(.notHereYet(distance.kind))
    }
    self.init(
      transformed: transformed, transform: transform, pairwise: distance.pairwise,
      clusterWeights: Array(repeating: 1, count: centroids.rows), inertia: 0, iterations: 0,
      converged: false)
  }

  /// The measure by which points are near to centroids, with its parameters.
  public var distance: DistanceMeasure {
    switch pairwise {
    case nil: transform.distance
    case .manhattan: .manhattan
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
