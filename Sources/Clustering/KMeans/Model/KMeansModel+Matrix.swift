// A matrix in place of a view of it.
extension KMeansModel {
  /// Finds the nearest centroid of each row of a matrix:
  /// ``assign(_:into:execution:)-(MatrixView<Scalar>,_,_)`` of its view.
  ///
  /// - Throws: ``ClusteringError`` where the shapes do not fit or a value is not finite.
  /// - Complexity: O(n k d).
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func assign(
    _ points: Matrix<Scalar>, into labels: inout MutableSpan<Int32>,
    execution: Execution = Execution()
  ) throws(ClusteringError) {
    try assign(points.view, into: &labels, execution: execution)
  }

  /// The nearest centroid of each row of a matrix: ``assign(_:execution:)-(MatrixView<Scalar>,_)``
  /// of its view.
  ///
  /// - Throws: ``ClusteringError`` where the shapes do not fit or a value is not finite.
  /// - Complexity: O(n k d).
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func assign(
    _ points: Matrix<Scalar>, execution: Execution = Execution()
  ) throws(ClusteringError) -> [Int32] {
    try assign(points.view, execution: execution)
  }

  /// The squared distance of each transformed row of a matrix to its nearest centroid:
  /// ``distances(_:execution:)-(MatrixView<Scalar>,_)`` of its view.
  ///
  /// - Throws: ``ClusteringError`` where the shapes do not fit or a value is not finite.
  /// - Complexity: O(n k d).
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func distances(
    _ points: Matrix<Scalar>, execution: Execution = Execution()
  ) throws(ClusteringError) -> [Double] {
    try distances(points.view, execution: execution)
  }
}
