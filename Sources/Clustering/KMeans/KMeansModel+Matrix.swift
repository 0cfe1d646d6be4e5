// A matrix in place of a view of it.
extension KMeansModel {
  /// Finds the nearest centroid of each row of a matrix: ``assign(_:into:threads:)-(MatrixView<Scalar>,_,_)`` of its
  /// view.
  ///
  /// - Throws: ``ClusteringError`` where the shapes do not fit or a value is not finite.
  /// - Complexity: O(n k d).
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func assign(
    _ points: Matrix<Scalar>, into labels: inout MutableSpan<Int32>, threads: Int? = nil
  ) throws(ClusteringError) {
    try assign(points.view, into: &labels, threads: threads)
  }

  /// The nearest centroid of each row of a matrix: ``assign(_:threads:)-(MatrixView<Scalar>,_)`` of its view.
  ///
  /// - Throws: ``ClusteringError`` where the shapes do not fit or a value is not finite.
  /// - Complexity: O(n k d).
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func assign(
    _ points: Matrix<Scalar>, threads: Int? = nil
  ) throws(ClusteringError) -> [Int32] {
    try assign(points.view, threads: threads)
  }

  /// The squared distance of each transformed row of a matrix to its nearest centroid:
  /// ``distances(_:threads:)-(MatrixView<Scalar>,_)`` of its view.
  ///
  /// - Throws: ``ClusteringError`` where the shapes do not fit or a value is not finite.
  /// - Complexity: O(n k d).
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func distances(
    _ points: Matrix<Scalar>, threads: Int? = nil
  ) throws(ClusteringError) -> [Double] {
    try distances(points.view, threads: threads)
  }
}
