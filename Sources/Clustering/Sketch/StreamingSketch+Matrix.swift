extension StreamingSketch {
  /// Adds the rows of a matrix: ``add(_:weights:)-(MatrixView<Scalar>,_)`` of its view.
  ///
  /// - Throws: ``ClusteringError`` where a parameter or a value is wrong; nothing was added then.
  /// - Complexity: O(n m d) for m centroids.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public mutating func add(
    _ points: Matrix<Scalar>, weights: borrowing Span<Double>? = nil
  ) throws(ClusteringError) {
    try add(points.view, weights: weights)
  }
}
