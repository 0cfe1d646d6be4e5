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
    let transform = try RowTransform(distance, columns: centroids.columns)
    let map = RowMap<Scalar>(transform, columns: centroids.columns, instructionSet: .best)
    let transformed = map?.mapped(centroids) ?? centroids
    for row in 0..<centroids.rows {
      let columns = 0..<centroids.columns
      // A value may be too large once it is multiplied.
      let limit = FiniteCheck<Scalar>.limit
      if let column = columns.first(where: {
        !(Double(transformed[row, $0]).magnitude <= limit)
      }) {
        throw .centroidNotFinite(row: row, column: column)
      }
      if transform.normalizes, columns.allSatisfy({ transformed[row, $0] == 0 }) {
        throw .zeroCentroid(row)
      }
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
    // Factors of columns are a part of the transform.
    case .manhattan where transform.linear != nil: transform.distance
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
