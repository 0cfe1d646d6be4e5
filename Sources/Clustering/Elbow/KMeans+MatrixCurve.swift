extension KMeans {
  /// Clusters the rows of a matrix into more and more clusters:
  /// ``curve(_:weights:clusterCounts:onFit:)-(MatrixView<Scalar>,_,_,_)`` of its view.
  ///
  /// - Throws: ``ClusteringError`` where a parameter or a value is wrong.
  /// - Complexity: O(n k d) an iteration of a fit.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func curve<Scalar: ClusteringScalar>(
    _ points: Matrix<Scalar>, weights: borrowing Span<Double>? = nil, clusterCounts: [Int],
    onFit: (ElbowCurve.Fit) -> Void = { _ in }
  ) throws(ClusteringError) -> ElbowCurve {
    try curve(points.view, weights: weights, clusterCounts: clusterCounts, onFit: onFit)
  }
}
