// The evaluation of labels and of models by the points.
extension ClusterQuality {
  /// Evaluates labels of any origin.
  ///
  /// - Parameters:
  ///   - points: n rows of d finite values; read in place.
  ///   - labels: the cluster of each row, -1 for none; such rows are left out.
  ///   - centroids: one row a cluster [k x d]; `nil` for the weighted means of the points of each
  ///     label.
  ///   - weights: one finite, non-negative weight a point [n]; `nil` for 1 each.
  ///   - sample: the number of rows to draw for ``silhouette``, at least 1; all where there are not
  ///     more.
  ///   - seed: decides the draw.
  ///   - execution: the threads and kernels; changes the speed alone.
  /// - Throws: ``ClusteringError`` where a count, a label, a weight or a value is wrong, or, after
  ///   the measure at hand, where the task that runs this is cancelled.
  /// - Complexity: O(n k d + k^2 d + m^2 d + n log n) for a sample of m rows; memory for 60 bytes a
  ///   point, O(k d), and a copy of the points where some are left out.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public init<Scalar: ClusteringScalar>(
    _ points: borrowing MatrixView<Scalar>, labels: [Int32], centroids: Matrix<Scalar>? = nil,
    weights: borrowing Span<Double>? = nil, sample: Int = 10_000, seed: UInt64 = 0,
    execution: Execution = Execution()
  ) throws(ClusteringError) {
    try self.init(
      points, labels: labels, centroids: centroids, weights: weights, sample: sample, seed: seed,
      execution: execution, onSilhouettes: nil)
  }

  /// The same, with a closure that gets the number of rows whose silhouettes have been found, again
  /// and again.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  package init<Scalar: ClusteringScalar>(
    _ points: borrowing MatrixView<Scalar>, labels: [Int32], centroids: Matrix<Scalar>? = nil,
    weights: borrowing Span<Double>? = nil, sample: Int, seed: UInt64, execution: Execution,
    onSilhouettes: ((Int) -> Void)?
  ) throws(ClusteringError) {
    try execution.validate()
    try QualityMeasures.check(labels, rows: points.rows, sample: sample)
    if let centroids { try Self.check(centroids, columns: points.columns) }
    self = try points.withWeightedRows(weights) { (points) throws(ClusteringError) in
      try InMemoryPoints(points, execution).checkAll()
      let groups = try LabelGroups(labels, clusters: centroids?.rows, weight: points.weight)
      return try points.withEvaluated(groups) { (evaluated) throws(ClusteringError) in
        try ClusterQuality(
          of: InMemoryPoints(evaluated, execution), groups, among: points.count,
          centroids: centroids, sample: sample, seed: seed, onSilhouettes)
      }
    }
  }

  /// Evaluates points that were checked.
  ///
  /// - Parameters:
  ///   - points: those that are evaluated alone.
  ///   - rows: the number of all points.
  init<Source: PointSource>(
    of points: Source, _ groups: LabelGroups, among rows: Int, centroids: Matrix<Source.Scalar>?,
    sample: Int, seed: UInt64, _ onSilhouettes: ((Int) -> Void)?
  ) throws(ClusteringError) where Source.Failure == ClusteringError {
    try ClusteringError.checkCancellation()
    let evaluation = try Evaluation(points, groups, centroids: centroids)
    try ClusteringError.checkCancellation()
    var measures = try evaluation.measures()
    try ClusteringError.checkCancellation()
    if let centroids { measures.name(clusters: centroids.rows) }
    measures.mahout = evaluation.mahout(measures.clusters, centroids: centroids)
    try ClusteringError.checkCancellation()
    let silhouette = try Silhouette(
      of: points, groups: groups.groups, sample: sample, seed: seed, onRows: onSilhouettes)
    try ClusteringError.checkCancellation()
    self.init(measures, silhouette, groups, rows: rows, columns: points.columns)
  }

  private init(
    _ measures: QualityMeasures, _ silhouette: Silhouette, _ groups: LabelGroups, rows: Int,
    columns: Int
  ) {
    points = groups.groups.count
    leftOut = rows - groups.groups.count
    dimension = columns
    weight = measures.weight
    inertia = measures.inertia
    clusters = measures.clusters
    mahout = measures.mahout
    daviesBouldin = measures.daviesBouldin
    calinskiHarabasz = measures.calinskiHarabasz
    centroidDunn = measures.centroidDunn
    simplifiedSilhouette = measures.simplifiedSilhouette
    undefined = measures.undefined
    let lacksWeight = measures.weight <= Double(groups.count)
    calinskiHarabaszUndefined =
      undefined == nil && measures.calinskiHarabasz == nil && lacksWeight ? .weightTooSmall : nil
    self.silhouette = silhouette.mean
    silhouetteSample = silhouette.rows.count
    silhouetteUndefined = silhouette.undefined
  }

  static func check<Scalar: ClusteringScalar>(
    _ centroids: Matrix<Scalar>, columns: Int
  ) throws(ClusteringError) {
    guard centroids.columns == columns else {
      throw .dimensionMismatch(found: columns, expected: centroids.columns)
    }
    try ClusteringError.check(clusterCount: centroids.rows)
    let limit = FiniteCheck<Scalar>.limit
    for row in 0..<centroids.rows {
      for column in 0..<columns where !(Double(centroids[row, column]).magnitude <= limit) {
        throw .centroidNotFinite(row: row, column: column)
      }
    }
  }
}

extension KMeansModel {
  /// Assigns points to the centroids, unless their labels are given, and measures the quality.
  ///
  /// Distances are those of transformed points, as the model's ``inertia`` is. A row that has no
  /// direction then must have the label -1.
  ///
  /// - Parameters: as in
  ///   ``ClusterQuality/init(_:labels:centroids:weights:sample:seed:execution:)``.
  /// - Throws: ``ClusteringError`` where the shapes do not fit, a value is wrong, or the task that
  ///   runs this is cancelled.
  /// - Complexity: O(n k d + k^2 d + m^2 d + n log n) for a sample of m rows; a copy of the points
  ///   where they are transformed.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func evaluate(
    _ points: borrowing MatrixView<Scalar>, labels: [Int32]? = nil,
    weights: borrowing Span<Double>? = nil, sample: Int = 10_000, seed: UInt64 = 0,
    execution: Execution = Execution()
  ) throws(ClusteringError) -> ClusterQuality {
    try evaluate(
      points, labels: labels, weights: weights, sample: sample, seed: seed, execution: execution,
      onSilhouettes: nil)
  }

  /// The same, with a closure that gets the number of rows whose silhouettes have been found, again
  /// and again.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  package func evaluate(
    _ points: borrowing MatrixView<Scalar>, labels: [Int32]?,
    weights: borrowing Span<Double>?, sample: Int, seed: UInt64, execution: Execution,
    onSilhouettes: ((Int) -> Void)?
  ) throws(ClusteringError) -> ClusterQuality {
    try execution.validate()
    let labels =
      if let labels { labels } else {
        try labelsAndDistances(points, execution: execution).labels
      }
    if let pairwise = nearestPairwise(execution) {
      return try quality(points, labels: labels, weights, sample: sample, pairwise, execution)
    }
    if let map = RowMap<Scalar>(
      transform, columns: dimension, instructionSet: execution.kernels)
    {
      guard points.columns == dimension else {
        throw .dimensionMismatch(found: points.columns, expected: dimension)
      }
      try points.withRows { (rows) throws(ClusteringError) in
        try WeightedRows(rows: rows).checkFinite(execution, map: map, takesZeroRows: true)
      }
      let without = transform.zeroRows(points, execution)
      if let row = without.first(where: { $0 >= labels.count || labels[$0] != -1 }) {
        throw .zeroRow(row)
      }
      // Centroids are compared with transformed points.
      let mapped = map.mapped(Matrix(points))
      return try ClusterQuality(
        mapped.view, labels: labels, centroids: transformedCentroids, weights: weights,
        sample: sample, seed: seed, execution: execution, onSilhouettes: onSilhouettes)
    }
    return try ClusterQuality(
      points, labels: labels, centroids: centroids, weights: weights, sample: sample,
      seed: seed, execution: execution, onSilhouettes: onSilhouettes)
  }
}
