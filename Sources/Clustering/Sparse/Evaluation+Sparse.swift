public import KMeansLinearAlgebra

// The evaluation of sparse points. Its measures look at means and moments of every column: rows
// have their zeros while they are made.
extension ClusterQuality {
  /// Evaluates labels of any origin of sparse points: the measures of the dense ones, bit for bit.
  ///
  /// - Parameters: as those of the initializer for dense points.
  /// - Throws: as that, and where the rows do not fit into memory with their zeros.
  /// - Complexity: that of dense points; memory for n d values.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public init<Scalar: ClusteringScalar>(
    _ points: borrowing SparseRows<Scalar>, labels: [Int32], centroids: Matrix<Scalar>? = nil,
    weights: borrowing Span<Double>? = nil, sample: Int = 10_000, seed: UInt64 = 0,
    execution: Execution = Execution()
  ) throws(ClusteringError) {
    let rows = try points.arrays.dense(0..<points.rows)
    try self.init(
      rows.view, labels: labels, centroids: centroids, weights: weights, sample: sample,
      seed: seed, execution: execution)
  }
}

extension KMeansModel {
  /// Assigns sparse points to the centroids, unless their labels are given, and measures the
  /// quality: that of the dense points, bit for bit.
  ///
  /// - Parameters: as those of `evaluate` of dense points.
  /// - Throws: as that, and where the rows do not fit into memory with their zeros.
  /// - Complexity: that of dense points; memory for n d values.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func evaluate(
    _ points: borrowing SparseRows<Scalar>, labels: [Int32]? = nil,
    weights: borrowing Span<Double>? = nil, sample: Int = 10_000, seed: UInt64 = 0,
    execution: Execution = Execution()
  ) throws(ClusteringError) -> ClusterQuality {
    let rows = try points.arrays.dense(0..<points.rows)
    return try evaluate(
      rows.view, labels: labels, weights: weights, sample: sample, seed: seed,
      execution: execution)
  }
}

extension Silhouette {
  /// Draws a sample of sparse points without replacement and finds their silhouettes: those of the
  /// dense points, bit for bit.
  ///
  /// - Parameters: as those of the initializer for dense points.
  /// - Throws: as that, and where the rows do not fit into memory with their zeros.
  /// - Complexity: O(m^2 d) for a sample of m rows; memory for n d values.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public init<Scalar: ClusteringScalar>(
    _ points: borrowing SparseRows<Scalar>, labels: [Int32], sample: Int = 10_000,
    seed: UInt64 = 0, execution: Execution = Execution()
  ) throws(ClusteringError) {
    let rows = try points.arrays.dense(0..<points.rows)
    try self.init(rows.view, labels: labels, sample: sample, seed: seed, execution: execution)
  }
}

extension BallKMeans {
  /// Clusters sparse points: the fit of the dense ones, bit for bit. Trimmed means look at every
  /// column of the rows.
  ///
  /// - Throws: as `fit(_:weights:)` of dense points, and where the rows do not fit into memory with
  ///   their zeros.
  /// - Complexity: that of dense points; memory for n d values.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func fit<Scalar: ClusteringScalar>(
    _ points: borrowing SparseRows<Scalar>, weights: borrowing Span<Double>? = nil
  ) throws(ClusteringError) -> Fit<Scalar> {
    let rows = try points.arrays.dense(0..<points.rows)
    return try fit(rows.view, weights: weights)
  }
}

extension KeyedStreams {
  /// Learns a batch of sparse rows of any keys: as `update` of the dense ones, bit for bit.
  ///
  /// - Parameters: as those of `update` of dense points.
  /// - Throws: as that, and where the rows of the batch do not fit into memory with their zeros.
  /// - Complexity: O(n k d); memory for n d values.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  @discardableResult
  public func update(
    _ batch: borrowing SparseRows<Scalar>, keys: [String],
    weights: borrowing Span<Double>? = nil, times: borrowing Span<Double>? = nil,
    withPredictions: Bool = false
  ) throws -> KeyedBatchReport {
    let rows = try batch.arrays.dense(0..<batch.rows)
    return try update(
      rows.view, keys: keys, weights: weights, times: times, withPredictions: withPredictions)
  }
}
