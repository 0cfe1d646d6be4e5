/// What a fit leaves behind: the centroids and what is known of them.
public struct KMeansModel<Scalar: ClusteringScalar>: Sendable {
  /// k rows of d values.
  public let centroids: Matrix<Scalar>
  /// The weight of the points of each cluster.
  public let clusterWeights: [Double]
  /// The weighted sum of the squared distances of the points to these centroids.
  public let inertia: Double
  /// How many iterations were run.
  public let iterations: Int
  /// Whether the fit stopped by itself, not because the iterations were used up.
  public let converged: Bool
  /// The centroids as the assignment step wants them, made when first needed.
  private let prepared = PreparedCentroids<Scalar>()

  /// A model of parts.
  ///
  /// - Parameter centroids: finite values; points are nearest to no centroid that has others.
  /// - Precondition: one weight a centroid, and at least one centroid.
  public init(
    centroids: Matrix<Scalar>, clusterWeights: [Double], inertia: Double, iterations: Int,
    converged: Bool
  ) {
    precondition(centroids.rows > 0 && clusterWeights.count == centroids.rows)
    self.centroids = centroids
    self.clusterWeights = clusterWeights
    self.inertia = inertia
    self.iterations = iterations
    self.converged = converged
  }

  /// How many clusters there are.
  public var clusterCount: Int { centroids.rows }
  /// How many columns points must have.
  public var dimension: Int { centroids.columns }

  /// The assignment step for the centroids, packed once for all copies of the model.
  package func nearest(_ instructionSet: InstructionSet = .best) -> NearestCentroids<Scalar> {
    prepared.value(for: instructionSet) {
      NearestCentroids(
        centroids, frame: Frame(centroids: centroids, weights: clusterWeights),
        instructionSet: instructionSet)
    }
  }
}

extension KMeansModel: Hashable {
  public static func == (left: KMeansModel, right: KMeansModel) -> Bool {
    left.centroids == right.centroids && left.clusterWeights == right.clusterWeights
      && left.inertia == right.inertia && left.iterations == right.iterations
      && left.converged == right.converged
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(centroids)
    hasher.combine(clusterWeights)
    hasher.combine(inertia)
  }
}
