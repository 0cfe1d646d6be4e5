extension BallKMeans {
  /// What ball k-means found.
  public struct Fit<Scalar: ClusteringScalar>: Sendable {
    /// The part to keep. Its inertia is the weighted cost of all points given with the centroids
    /// returned; its iterations are the trimmed steps of the best run and the final ones.
    public let model: KMeansModel<Scalar>
    /// The nearest centroid of the model for each point, in the order of the rows.
    public let labels: [Int32]
    /// Which run won, from 0.
    public let run: Int
    /// The weighted cost of each run at its end, final steps included, by which runs are compared:
    /// of the points to test with, or where there are none of all points.
    public let runCosts: [Double]
    /// How many points there were to test with.
    public let testPointCount: Int
  }

  /// Clusters points.
  ///
  /// Where there are fewer distinct points than clusters, some centroids are twins of others,
  /// without weight.
  ///
  /// - Parameters:
  ///   - points: n rows of d finite values; read in place, never written or reordered.
  ///   - weights: one finite, non-negative weight a point, or nothing for 1 each.
  /// - Throws: ``ClusteringError`` where a parameter or a value is wrong, or the task is cancelled.
  /// - Complexity: O(n k d + k^2 d) a step; memory for 20 bytes a point, a copy of the points where
  ///   some are kept to test with, O(k d) and scratch.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func fit<Scalar: ClusteringScalar>(
    _ points: borrowing MatrixView<Scalar>, weights: borrowing Span<Double>? = nil
  ) throws(ClusteringError) -> Fit<Scalar> {
    try withRuns(points, weights) { (runs) throws(ClusteringError) in try runs.best() }
  }

  /// Clusters points that need no check: finite, and twice as far from 0 as others may be.
  func fit(
    checked points: borrowing MatrixView<Double>, weights: borrowing Span<Double>
  ) throws(ClusteringError) -> Fit<Double> {
    try withRuns(points, copy weights, isChecked: true) { (runs) throws(ClusteringError) in
      try runs.best()
    }
  }

  /// The initial centroids of a run: some of the points that runs are trained with.
  ///
  /// - Throws: as ``fit(_:weights:)``.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  package func initialCentroids<Scalar: ClusteringScalar>(
    _ points: borrowing MatrixView<Scalar>, weights: borrowing Span<Double>? = nil, run: Int = 0
  ) throws(ClusteringError) -> Matrix<Scalar> {
    try withRuns(points, weights) { (runs) throws(ClusteringError) in try runs.seeds(run: run) }
  }

  /// Checks everything, and hands over what all runs share.
  private func withRuns<Scalar: ClusteringScalar, Result>(
    _ points: borrowing MatrixView<Scalar>, _ weights: borrowing Span<Double>?,
    isChecked: Bool = false, _ body: (BallRuns<Scalar>) throws(ClusteringError) -> Result
  ) throws(ClusteringError) -> Result {
    try validate(points: points.rows)
    return try points.withWeightedRows(weights) { (points) throws(ClusteringError) in
      let source = InMemoryPoints(points, execution, isCancellable: true)
      if !isChecked { try source.checkAll() }
      try source.checkWeightedRows(clusters: clusterCount)
      guard let split = HoldOut(points, parameters: self) else {
        return try body(BallRuns(self, all: points, training: points, test: nil))
      }
      return try split.training.withPoints { (training) throws(ClusteringError) in
        try split.test.withPoints { (test) throws(ClusteringError) in
          try body(BallRuns(self, all: points, training: training, test: test))
        }
      }
    }
  }
}

extension BallKMeans {
  /// Clusters the rows of a matrix: ``fit(_:weights:)-(MatrixView<Scalar>,_)`` of its view.
  ///
  /// - Throws: ``ClusteringError`` where a parameter or a value is wrong, or the task is cancelled.
  /// - Complexity: O(n k d + k^2 d) a step.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func fit<Scalar: ClusteringScalar>(
    _ points: Matrix<Scalar>, weights: borrowing Span<Double>? = nil
  ) throws(ClusteringError) -> Fit<Scalar> {
    try fit(points.view, weights: weights)
  }
}
