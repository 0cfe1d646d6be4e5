public import KMeansLinearAlgebra

// Sparse points into more and more clusters.
extension KMeans {
  /// Clusters sparse points into more and more clusters: the curve of the dense ones, bit for bit,
  /// but for the times, and for the last bits of the inertia of one cluster, which is that of sums
  /// without zeros.
  ///
  /// - Parameters: as those of `curve` of dense points.
  /// - Throws: as that; where zeros would not stay zeros (``SparseRowsError``); and where gaps are
  ///   asked for, whose references have no zeros, and one does not fit into memory.
  /// - Complexity: O(nonzeros k + k d) an iteration of a fit; O(n d) more a fit with indices; for
  ///   gaps the time of fits of n dense rows, and memory for n d values.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func curve<Scalar: ClusteringScalar>(
    _ points: borrowing SparseRows<Scalar>, weights: borrowing Span<Double>? = nil,
    clusterCounts: [Int], withIndices: Bool = false, gapReferences: Int = 0,
    onFit: (ElbowCurve.Fit) -> Void = { _ in }
  ) throws(ClusteringError) -> ElbowCurve {
    try curve(
      points.arrays, weights: weights, clusterCounts: clusterCounts, startsAnew: true,
      withIndices: withIndices, gapReferences: gapReferences, onFit: onFit)
  }

  /// The curve of the rows of a sparse matrix: that of its view.
  ///
  /// - Throws: as `curve` of sparse points.
  /// - Complexity: as `curve` of sparse points.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func curve<Scalar: ClusteringScalar>(
    _ points: SparseMatrix<Scalar>, weights: borrowing Span<Double>? = nil, clusterCounts: [Int],
    withIndices: Bool = false, gapReferences: Int = 0, onFit: (ElbowCurve.Fit) -> Void = { _ in }
  ) throws(ClusteringError) -> ElbowCurve {
    try curve(
      points.view, weights: weights, clusterCounts: clusterCounts, withIndices: withIndices,
      gapReferences: gapReferences, onFit: onFit)
  }

  /// The rows that ``leavesOutZeroRows`` leaves out, ascending.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  package func zeroRows<Scalar: ClusteringScalar>(
    _ arrays: SparseArrays<Scalar>, weights: borrowing Span<Double>?
  ) throws(ClusteringError) -> [Int] {
    guard arrays.rows > 0, mayLeaveOutRows else { return [] }
    return try WeightCheck.withChecked(weights, rows: arrays.rows) {
      (weights) throws(ClusteringError) in
      try Lloyd(SparsePoints(arrays, weights: weights, execution), parameters: self).plan.zeroRows
    }
  }

  /// The same, with or without fits that start anew after the first one.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  package func curve<Scalar: ClusteringScalar>(
    _ arrays: SparseArrays<Scalar>, weights: borrowing Span<Double>?, clusterCounts: [Int],
    startsAnew: Bool, withIndices: Bool, gapReferences: Int,
    onIteration: (Int, Iteration) -> Void = { _, _ in },
    onFit: (ElbowCurve.Fit) -> Void
  ) throws(ClusteringError) -> ElbowCurve {
    try validate(clusterCounts, points: arrays.rows)
    try checkKeepsZeros()
    return try WeightCheck.withChecked(weights, rows: arrays.rows) {
      (weights) throws(ClusteringError) in
      try curve(
        SparsePoints(arrays, weights: weights, execution, isCancellable: true), clusterCounts,
        startsAnew, withIndices: withIndices, gapReferences: gapReferences, onIteration, onFit
      ) { SparseCurvePoints(source: $0) }
    }
  }
}
