// A matrix in place of a view of it.
extension ClusterQuality {
  /// Evaluates labels of the rows of a matrix:
  /// ``init(_:labels:centroids:weights:sample:seed:execution:)-(MatrixView<Scalar>,_,_,_,_,_,_)``
  /// of its view.
  ///
  /// - Throws: ``ClusteringError`` where a count, a label, a weight or a value is wrong.
  /// - Complexity: O(n k d + k^2 d + m^2 d + n log n) for a sample of m rows.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public init<Scalar: ClusteringScalar>(
    _ points: Matrix<Scalar>, labels: [Int32], centroids: Matrix<Scalar>? = nil,
    weights: borrowing Span<Double>? = nil, sample: Int = 10_000, seed: UInt64 = 0,
    execution: Execution = Execution()
  ) throws(ClusteringError) {
    try self.init(
      points.view, labels: labels, centroids: centroids, weights: weights, sample: sample,
      seed: seed, execution: execution)
  }
}

extension KMeansModel {
  /// Assigns the rows of a matrix, unless their labels are given, and measures the quality:
  /// ``evaluate(_:labels:weights:sample:seed:execution:)-(MatrixView<Scalar>,_,_,_,_,_)`` of its
  /// view.
  ///
  /// - Throws: ``ClusteringError`` where the shapes do not fit or a value is wrong.
  /// - Complexity: O(n k d + k^2 d + m^2 d + n log n) for a sample of m rows.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func evaluate(
    _ points: Matrix<Scalar>, labels: [Int32]? = nil, weights: borrowing Span<Double>? = nil,
    sample: Int = 10_000, seed: UInt64 = 0, execution: Execution = Execution()
  ) throws(ClusteringError) -> ClusterQuality {
    try evaluate(
      points.view, labels: labels, weights: weights, sample: sample, seed: seed,
      execution: execution)
  }
}

extension Silhouette {
  /// Finds the silhouettes of a sample of the rows of a matrix:
  /// ``init(_:labels:sample:seed:execution:)-(MatrixView<Scalar>,_,_,_,_)`` of its view.
  ///
  /// - Throws: ``ClusteringError`` where labels or values are wrong.
  /// - Complexity: O(m^2 d) for a sample of m rows.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public init<Scalar: ClusteringScalar>(
    _ points: Matrix<Scalar>, labels: [Int32], sample: Int = 10_000, seed: UInt64 = 0,
    execution: Execution = Execution()
  ) throws(ClusteringError) {
    try self.init(points.view, labels: labels, sample: sample, seed: seed, execution: execution)
  }
}
