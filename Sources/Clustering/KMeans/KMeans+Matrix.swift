// A matrix in place of a view of it: nobody has to name a matrix only to view it, and the view of a
// temporary (`try fit(Matrix(rows).view)`) crashes the compiler of Swift 6.3.1.
extension KMeans {
  /// Clusters the rows of a matrix: ``fit(_:weights:from:onIteration:)-(MatrixView<Scalar>,_,_,_)``
  /// of its view.
  ///
  /// - Throws: ``ClusteringError`` where a parameter or a value is wrong.
  /// - Complexity: O(n k d) an iteration.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func fit<Scalar: ClusteringScalar>(
    _ points: Matrix<Scalar>, weights: borrowing Span<Double>? = nil,
    from initial: Matrix<Scalar>? = nil, onIteration: (Iteration) -> Void = { _ in }
  ) throws(ClusteringError) -> Fit<Scalar> {
    try fit(points.view, weights: weights, from: initial, onIteration: onIteration)
  }
}
