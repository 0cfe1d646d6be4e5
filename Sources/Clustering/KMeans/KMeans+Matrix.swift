// A matrix in place of a view of it: nobody has to name a matrix only to view it, and the view of a
// temporary (`try fit(Matrix(rows).view)`) crashes the compiler of Swift 6.3.1.
extension KMeans {
  /// Clusters the rows of a matrix: ``fit(_:weights:from:onIteration:)-(MatrixView<Scalar>,_,_,_)``
  /// of its view.
  ///
  /// - Throws: ``ClusteringError`` where a parameter or a value is wrong, or the task is cancelled.
  /// - Complexity: O(n k d) an iteration.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func fit<Scalar: ClusteringScalar>(
    _ points: Matrix<Scalar>, weights: borrowing Span<Double>? = nil,
    from initial: Matrix<Scalar>? = nil, onIteration: (Iteration) -> Void
  ) throws(ClusteringError) -> Fit<Scalar> {
    try fit(points.view, weights: weights, from: initial, onIteration: onIteration)
  }

  /// Clusters the rows of a matrix for as long as a closure says:
  /// ``fit(_:weights:from:while:)-(MatrixView<Scalar>,_,_,_)`` of its view.
  ///
  /// - Throws: ``ClusteringError`` where a parameter or a value is wrong, or the task is cancelled.
  /// - Complexity: O(n k d) an iteration.
  @_disfavoredOverload
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func fit<Scalar: ClusteringScalar>(
    _ points: Matrix<Scalar>, weights: borrowing Span<Double>? = nil,
    from initial: Matrix<Scalar>? = nil, while goesOn: (Iteration) -> Bool
  ) throws(ClusteringError) -> Fit<Scalar> {
    try fit(points.view, weights: weights, from: initial, while: goesOn)
  }

  /// Clusters the rows of a matrix: ``fit(_:weights:from:)-(MatrixView<Scalar>,_,_)`` of its view.
  ///
  /// - Throws: ``ClusteringError`` where a parameter or a value is wrong, or the task is cancelled.
  /// - Complexity: O(n k d) an iteration at most.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func fit<Scalar: ClusteringScalar>(
    _ points: Matrix<Scalar>, weights: borrowing Span<Double>? = nil,
    from initial: Matrix<Scalar>? = nil
  ) throws(ClusteringError) -> Fit<Scalar> {
    try fit(points.view, weights: weights, from: initial)
  }
}
