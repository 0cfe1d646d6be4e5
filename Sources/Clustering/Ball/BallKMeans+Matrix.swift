extension BallKMeans {
  /// Clusters the rows of a matrix: ``fit(_:weights:)-(MatrixView<Scalar>,_)`` of its view.
  ///
  /// - Throws: ``ClusteringError`` where a parameter or a value is wrong.
  /// - Complexity: O(n k d + k^2 d) a step.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func fit<Scalar: ClusteringScalar>(
    _ points: Matrix<Scalar>, weights: borrowing Span<Double>? = nil
  ) throws(ClusteringError) -> Fit<Scalar> {
    try fit(points.view, weights: weights)
  }
}
