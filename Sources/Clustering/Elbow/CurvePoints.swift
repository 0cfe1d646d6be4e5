internal import KMeansLinearAlgebra

/// Points of a curve as fits see them, for what is measured of them beside the fits.
protocol CurvePoints<Scalar> {
  associatedtype Scalar: ClusteringScalar

  /// The indices of a fit.
  ///
  /// - Complexity: O(n k d + k^2 d), less for sparse points.
  func indices(_ fit: KMeans.Fit<Scalar>) throws(ClusteringError) -> ClusterIndices
  /// What references of a gap statistic are drawn from.
  func box() throws(ClusteringError) -> CurveBox<Scalar>
}

/// The box of the points that have a weight.
struct CurveBox<Scalar: ClusteringScalar> {
  let box: ColumnBox<Scalar>
  /// The number of these points.
  let rows: Int
  /// The weight of all of them.
  let weight: Double
}

/// Points in memory as they lie there, or a copy of them where they are transformed.
struct DenseCurvePoints<Scalar: ClusteringScalar>: CurvePoints {
  /// Rows that lie in memory as they are needed; `nil` for a copy.
  private let stored: Rows<Scalar>?
  private let copy: Matrix<Scalar>?
  private let weights: UnsafePointer<Double>?
  private let execution: Execution

  init(_ source: InMemoryPoints<Scalar>) {
    let rows = source.resident!.rows
    weights = source.resident!.weights
    execution = source.execution
    copy = source.map.map { $0.mapped(rows.matrix(of: Array(0..<rows.count))) }
    stored = copy == nil ? rows : nil
  }

  private func withPoints<Result>(
    _ body: (WeightedRows<Scalar>) throws(ClusteringError) -> Result
  ) throws(ClusteringError) -> Result {
    if let stored { return try body(WeightedRows(rows: stored, weights: weights)) }
    return try copy!.withRows { (rows) throws(ClusteringError) in
      try body(WeightedRows(rows: rows, weights: weights))
    }
  }

  func indices(_ fit: KMeans.Fit<Scalar>) throws(ClusteringError) -> ClusterIndices {
    try withPoints { (points) throws(ClusteringError) in
      let groups = try LabelGroups(
        fit.labels, clusters: fit.model.clusterCount, weight: points.weight)
      return try points.withEvaluated(groups) { (points) throws(ClusteringError) in
        ClusterIndices(
          try Evaluation(
            InMemoryPoints(points, execution), groups, centroids: fit.model.transformedCentroids
          ).measures())
      }
    }
  }

  func box() throws(ClusteringError) -> CurveBox<Scalar> {
    try withPoints { (points) throws(ClusteringError) in
      var (box, rows, weight) = (ColumnBox<Scalar>(columns: points.rows.columns), 0, 0.0)
      for row in 0..<points.count where points.weight(row) > 0 {
        box.add(points.rows[row])
        rows += 1
        weight += points.weight(row)
      }
      return CurveBox(box: box, rows: rows, weight: weight)
    }
  }
}

/// Sparse points: passes over them need no copy.
struct SparseCurvePoints<Scalar: ClusteringScalar>: CurvePoints {
  let source: SparsePoints<Scalar>

  func indices(_ fit: KMeans.Fit<Scalar>) throws(ClusteringError) -> ClusterIndices {
    let groups = try LabelGroups(
      fit.labels, clusters: fit.model.clusterCount, weight: source.weight)
    return try source.withEvaluated(groups) { (points) throws(ClusteringError) in
      ClusterIndices(
        try Evaluation(points, groups, centroids: fit.model.transformedCentroids).measures())
    }
  }

  func box() throws(ClusteringError) -> CurveBox<Scalar> {
    var (rows, weight) = (0, 0.0)
    for row in 0..<source.count where source.weight(row) > 0 {
      rows += 1
      weight += source.weight(row)
    }
    return CurveBox(box: try source.sparseFrame()!.box, rows: rows, weight: weight)
  }
}
