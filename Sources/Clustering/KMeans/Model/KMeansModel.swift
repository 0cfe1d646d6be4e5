/// What a fit leaves behind: the centroids and what is known of them.
public struct KMeansModel<Scalar: ClusteringScalar>: Sendable {
  /// k rows of d values, in the units of the points.
  public let centroids: Matrix<Scalar>
  /// What is done to points before they are compared with centroids.
  public let transform: RowTransform
  /// The centroids of transformed points: what points are compared with.
  package let transformedCentroids: Matrix<Scalar>
  /// The weight of the points of each cluster.
  public let clusterWeights: [Double]
  /// The distance of transformed points where it is no squared Euclidean one; `nil` where it is.
  package let pairwise: PairwiseDistance.Measure?
  /// The weighted sum of the squared distances of the transformed points to their centroids, or of
  /// the distances themselves where they are no squared Euclidean ones.
  public let inertia: Double
  /// How many iterations were run.
  public let iterations: Int
  /// Whether the fit stopped by itself, not because the iterations were used up.
  public let converged: Bool
  /// What only the model of a stream has.
  package let streamed: StreamedClusters?
  /// Which columns of a file the points were, where that is known: for whoever reads other files to
  /// compare with. A fit in memory leaves it to the one who read them to say.
  ///
  /// - Precondition: it has ``dimension`` columns.
  public var inputColumns: InputColumns? {
    didSet {
      precondition(
        inputColumns.map { $0.count == dimension } ?? true, "columns of other points")
    }
  }
  /// The centroids as the assignment step wants them, made when first needed.
  let prepared = PreparedCentroids<Scalar>()

  /// A model of parts.
  ///
  /// - Parameter centroids: finite values; points are nearest to no centroid that has others.
  /// - Precondition: one weight a centroid, and at least one centroid.
  public init(
    centroids: Matrix<Scalar>, clusterWeights: [Double], inertia: Double, iterations: Int,
    converged: Bool
  ) {
    self.init(
      transformed: centroids, transform: .identity, clusterWeights: clusterWeights,
      inertia: inertia,
      iterations: iterations, converged: converged)
  }

  /// A model of parts, with the centroids of transformed points.
  package init(
    transformed: Matrix<Scalar>, transform: RowTransform,
    pairwise: PairwiseDistance.Measure? = nil, clusterWeights: [Double], inertia: Double,
    iterations: Int, converged: Bool, streamed: StreamedClusters? = nil
  ) {
    precondition(transformed.rows > 0 && clusterWeights.count == transformed.rows)
    self.pairwise = pairwise
    centroids = transform.restored(transformed)
    self.transform = transform
    transformedCentroids = transformed
    self.clusterWeights = clusterWeights
    self.inertia = inertia
    self.iterations = iterations
    self.converged = converged
    self.streamed = streamed
  }

  /// How many clusters there are.
  public var clusterCount: Int { centroids.rows }
  /// How many columns points must have.
  public var dimension: Int { centroids.columns }

  /// The assignment step for the centroids, packed once for all copies of the model.
  package func nearest(
    _ execution: Execution = Execution()
  ) -> NearestCentroids<Scalar> {
    let instructionSet = execution.kernels
    let resolved = execution.strategy.resolved(
      columns: dimension, clusters: clusterCount, of: Scalar.self, on: instructionSet)
    return prepared.value(for: instructionSet, resolved) {
      NearestCentroids(
        transformedCentroids,
        centering: Centering(centroids: transformedCentroids, weights: clusterWeights),
        strategy: resolved, instructionSet: instructionSet)
    }
  }
}

extension KMeansModel: Hashable {
  public static func == (left: KMeansModel, right: KMeansModel) -> Bool {
    left.transformedCentroids == right.transformedCentroids
      && left.transform == right.transform && left.pairwise == right.pairwise
      && left.clusterWeights == right.clusterWeights
      && left.inertia == right.inertia && left.iterations == right.iterations
      && left.converged == right.converged && left.streamed == right.streamed
      && left.inputColumns == right.inputColumns
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(centroids)
    hasher.combine(clusterWeights)
    hasher.combine(inertia)
  }
}
