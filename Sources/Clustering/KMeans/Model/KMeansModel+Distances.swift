// What a model says of points beyond their labels. Distances are those of transformed points, as
// the inertia is; where the model's distance is no squared Euclidean one (Manhattan and its like),
// they are that distance, which is not squared then.
extension KMeansModel {
  /// The squared distance of each transformed point to its nearest centroid [n].
  ///
  /// - Throws: as `assign(_:into:execution:)`.
  /// - Complexity: O(n k d).
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func squaredDistances(
    _ points: borrowing MatrixView<Scalar>, execution: Execution = Execution()
  ) throws(ClusteringError) -> [Double] {
    try labelsAndDistances(points, execution: execution).distances
  }

  /// The squared distance of each transformed point to every centroid [n x k], computed directly in
  /// Double. Their roots are what scikit-learn's `transform` gives.
  ///
  /// - Throws: as `assign(_:into:execution:)`, and
  ///   ``ClusteringError/memoryTooSmall(limit:needed:)`` where there is no room for n k doubles.
  /// - Complexity: O(n k d), slower than an assignment, which computes few of the distances.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func allSquaredDistances(
    _ points: borrowing MatrixView<Scalar>, execution: Execution = Execution()
  ) throws(ClusteringError) -> Matrix<Double> {
    var distances = try AllDistances(points.rows, points.columns, to: self, execution)
    try points.withRows { (rows) throws(ClusteringError) in try distances.find(rows) }
    return distances.matrix
  }

  /// The label of one point: that of `assign(_:execution:)` for a matrix of one row.
  ///
  /// - Parameter point: as many finite values as the centroids have.
  /// - Throws: ``ClusteringError`` where there are more or fewer, or one is not finite.
  /// - Complexity: O(k d), and scratch. Many points at once take far less time each.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func label(of point: Span<Scalar>) throws(ClusteringError) -> Int {
    guard point.count == dimension else {
      throw .dimensionMismatch(found: point.count, expected: dimension)
    }
    var label: Int32 = 0
    try point.withUnsafeBufferPointer { (values) throws(ClusteringError) in
      let row = Rows(
        base: values.baseAddress!, count: 1, columns: values.count, stride: values.count)
      let run = try AssignmentRun(row, to: self, Execution(threads: 1))
      try withUnsafeMutablePointer(to: &label) { (label) throws(ClusteringError) in
        _ = try run.assign(row, into: Assignment(labels: label))
      }
    }
    return Int(label)
  }

  /// Minus the inertia of points: the larger, the better they fit the centroids, as scikit-learn's
  /// `score`. For the points and weights of a fit it is minus the inertia of the model.
  ///
  /// - Parameter weights: one finite, non-negative weight a point [n]; `nil` for 1 each.
  /// - Throws: as `assign(_:into:execution:)`, and where a weight is wrong.
  /// - Complexity: O(n k d).
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func score(
    _ points: borrowing MatrixView<Scalar>, weights: borrowing Span<Double>? = nil,
    execution: Execution = Execution()
  ) throws(ClusteringError) -> Double {
    let distances = try squaredDistances(points, execution: execution)
    return try WeightCheck.withChecked(weights, rows: points.rows, allowsNone: true) {
      minusInertia(distances, weights: $0)
    }
  }

  /// Minus the weighted sum of squared distances; 0 where there are none.
  func minusInertia(_ distances: [Double], weights: UnsafePointer<Double>?) -> Double {
    distances.withUnsafeBufferPointer { distances in
      guard let base = distances.baseAddress, !distances.isEmpty else { return 0 }
      let stripeRows = Stripes.rows(clusters: clusterCount)
      return 0
        - StripedInertia(base, weights, count: distances.count, stripeRows: stripeRows).total
    }
  }
}

// Arrays and matrices in place of views of them.
extension KMeansModel {
  /// The label of one point: ``label(of:)-(Span<Scalar>)`` of its values.
  ///
  /// - Throws: ``ClusteringError`` where there are more or fewer than the centroids have, or one is
  ///   not finite.
  /// - Complexity: O(k d), and scratch.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func label(of point: [Scalar]) throws(ClusteringError) -> Int {
    try label(of: point.span)
  }

  /// The squared distance of each transformed row of a matrix to its nearest centroid:
  /// ``squaredDistances(_:execution:)-(MatrixView<Scalar>,_)`` of its view.
  ///
  /// - Throws: ``ClusteringError`` where the shapes do not fit or a value is not finite.
  /// - Complexity: O(n k d).
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func squaredDistances(
    _ points: Matrix<Scalar>, execution: Execution = Execution()
  ) throws(ClusteringError) -> [Double] {
    try squaredDistances(points.view, execution: execution)
  }

  /// The squared distance of each transformed row of a matrix to every centroid [n x k]:
  /// ``allSquaredDistances(_:execution:)-(MatrixView<Scalar>,_)`` of its view.
  ///
  /// - Throws: ``ClusteringError`` where the shapes do not fit or a value is not finite.
  /// - Complexity: O(n k d).
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func allSquaredDistances(
    _ points: Matrix<Scalar>, execution: Execution = Execution()
  ) throws(ClusteringError) -> Matrix<Double> {
    try allSquaredDistances(points.view, execution: execution)
  }

  /// Minus the inertia of the rows of a matrix:
  /// ``score(_:weights:execution:)-(MatrixView<Scalar>,_,_)`` of its view.
  ///
  /// - Throws: ``ClusteringError`` where the shapes do not fit or a value is wrong.
  /// - Complexity: O(n k d).
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func score(
    _ points: Matrix<Scalar>, weights: borrowing Span<Double>? = nil,
    execution: Execution = Execution()
  ) throws(ClusteringError) -> Double {
    try score(points.view, weights: weights, execution: execution)
  }
}
