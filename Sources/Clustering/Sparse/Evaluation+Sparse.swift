public import KMeansLinearAlgebra

// The evaluation of sparse points: passes over them as over a fit's, so that memory is never taken
// for all of their zeros.
extension ClusterQuality {
  /// Evaluates labels of any origin of sparse points: the measures of the dense ones, bit for bit.
  ///
  /// - Parameters: as those of the initializer for dense points.
  /// - Throws: as that.
  /// - Complexity: O(nonzeros k + n d + k^2 d + m nonzeros + n log n) for a sample of m rows;
  ///   memory for 60 bytes a point, O(k d), some rows with their zeros, and a copy of the points
  ///   where some are left out.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public init<Scalar: ClusteringScalar>(
    _ points: borrowing SparseRows<Scalar>, labels: [Int32], centroids: Matrix<Scalar>? = nil,
    weights: borrowing Span<Double>? = nil, sample: Int = 10_000, seed: UInt64 = 0,
    execution: Execution = Execution()
  ) throws(ClusteringError) {
    try self.init(
      points.arrays, labels: labels, centroids: centroids, weights: weights, sample: sample,
      seed: seed, execution: execution, onSilhouettes: nil)
  }

  /// The same, with a closure that gets the number of rows whose silhouettes have been found, again
  /// and again.
  ///
  /// - Parameter map: transforms the points; their centroids are transformed already.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  package init<Scalar: ClusteringScalar>(
    _ arrays: SparseArrays<Scalar>, labels: [Int32], centroids: Matrix<Scalar>?,
    weights: borrowing Span<Double>?, map: RowMap<Scalar>? = nil, sample: Int, seed: UInt64,
    execution: Execution, onSilhouettes: ((Int) -> Void)?
  ) throws(ClusteringError) {
    try execution.validate()
    try QualityMeasures.check(labels, rows: arrays.rows, sample: sample)
    if let centroids { try Self.check(centroids, columns: arrays.columns) }
    self = try WeightCheck.withChecked(weights, rows: arrays.rows) {
      (weights) throws(ClusteringError) in
      var points = SparsePoints(arrays, weights: weights, execution)
      points.map = map
      try points.checkAll()
      let groups = try LabelGroups(labels, clusters: centroids?.rows, weight: points.weight)
      return try points.withEvaluated(groups) { (evaluated) throws(ClusteringError) in
        try ClusterQuality(
          of: evaluated, groups, among: arrays.rows, centroids: centroids, sample: sample,
          seed: seed, onSilhouettes)
      }
    }
  }
}

extension KMeansModel {
  /// Assigns sparse points to the centroids, unless their labels are given, and measures the
  /// quality: that of the dense points, bit for bit.
  ///
  /// - Parameters: as those of `evaluate` of dense points.
  /// - Throws: as that; and where the model's transform leaves no zeros and the rows do not fit
  ///   into memory with them.
  /// - Complexity: as the initializer of ``ClusterQuality`` for sparse points.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func evaluate(
    _ points: borrowing SparseRows<Scalar>, labels: [Int32]? = nil,
    weights: borrowing Span<Double>? = nil, sample: Int = 10_000, seed: UInt64 = 0,
    execution: Execution = Execution()
  ) throws(ClusteringError) -> ClusterQuality {
    guard transform.keepsZeros else {
      let rows = try points.arrays.dense(0..<points.rows)
      return try evaluate(
        rows.view, labels: labels, weights: weights, sample: sample, seed: seed,
        execution: execution)
    }
    return try evaluate(
      points.arrays, labels: labels, weights: weights, sample: sample, seed: seed,
      execution: execution, onSilhouettes: nil)
  }

  /// The same for points of which the transform leaves the zeros, with a closure that gets the
  /// number of rows whose silhouettes have been found, again and again.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  package func evaluate(
    _ arrays: SparseArrays<Scalar>, labels: [Int32]?, weights: borrowing Span<Double>?, sample: Int,
    seed: UInt64, execution: Execution, onSilhouettes: ((Int) -> Void)?
  ) throws(ClusteringError) -> ClusterQuality {
    try execution.validate()
    let labels =
      if let labels { labels } else { try labelsAndDistances(arrays, execution: execution).labels }
    guard arrays.columns == dimension else {
      throw .dimensionMismatch(found: arrays.columns, expected: dimension)
    }
    let map = RowMap<Scalar>(transform, columns: dimension, instructionSet: execution.kernels)
    var plain = SparsePoints(arrays, weights: nil, execution)
    _ = try plain.checked(refusingZeroRows: false)
    plain.map = map
    if let pairwise = nearestPairwise(execution) {
      try QualityMeasures.check(labels, rows: arrays.rows, sample: sample)
      return try WeightCheck.withChecked(weights, rows: arrays.rows) {
        (weights) throws(ClusteringError) in
        var points = SparsePoints(arrays, weights: weights, execution)
        points.map = map
        _ = try points.checked(refusingZeroRows: transform.normalizes)
        return try ClusterQuality(points, labels: labels, pairwise)
      }
    }
    if transform.normalizes,
      let row = try plain.zeroRows().first(where: { $0 >= labels.count || labels[$0] != -1 })
    {
      throw .zeroRow(row)
    }
    return try ClusterQuality(
      arrays, labels: labels, centroids: map == nil ? centroids : transformedCentroids,
      weights: weights, map: map, sample: sample, seed: seed, execution: execution,
      onSilhouettes: onSilhouettes)
  }
}

extension Silhouette {
  /// Draws a sample of sparse points without replacement and finds their silhouettes: those of the
  /// dense points, bit for bit.
  ///
  /// - Parameters: as those of the initializer for dense points.
  /// - Throws: as that.
  /// - Complexity: O(m nonzeros) for a sample of m rows with so many nonzeros, and memory for a
  ///   copy of them.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public init<Scalar: ClusteringScalar>(
    _ points: borrowing SparseRows<Scalar>, labels: [Int32], sample: Int = 10_000,
    seed: UInt64 = 0, execution: Execution = Execution()
  ) throws(ClusteringError) {
    try execution.validate()
    try QualityMeasures.check(labels, rows: points.rows, sample: sample)
    let points = SparsePoints(points.arrays, weights: nil, execution)
    _ = try points.checked()
    let groups = try LabelGroups(labels, clusters: nil) { _ in 1 }
    self = try points.withEvaluated(groups) { (evaluated) throws(ClusteringError) in
      try Silhouette(of: evaluated, groups: groups.groups, sample: sample, seed: seed)
        .among(groups.rows)
    }
  }
}

extension SparsePoints {
  /// Calls a closure with the rows that are evaluated, each with a label and a weight above 0; they
  /// are copied unless they are all rows.
  func withEvaluated<Result>(
    _ groups: LabelGroups, _ body: (SparsePoints) throws(ClusteringError) -> Result
  ) throws(ClusteringError) -> Result {
    guard let chosen = groups.rows else { return try body(self) }
    let matrix = arrays.matrix(of: chosen)
    let weights = chosen.map { weight($0) }
    return try weights.withUnsafeBufferPointer { (weights) throws(ClusteringError) in
      try withExtendedLifetime(matrix) { () throws(ClusteringError) in
        let given = self.weights == nil ? nil : weights.baseAddress
        var points = SparsePoints(
          matrix.unsafeArrays, weights: given, execution, isCancellable: isCancellable)
        points.map = map
        return try body(points)
      }
    }
  }
}
