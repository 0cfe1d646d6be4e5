/// Indices by which numbers of clusters are compared; ``ClusterQuality`` says what each of them is.
/// One that is not defined is `nil`.
public struct ClusterIndices: Sendable, Hashable, Codable {
  /// From -1 to 1, larger is better.
  public let simplifiedSilhouette: Double?
  /// From 0, smaller is better.
  public let daviesBouldin: Double?
  /// Larger is better.
  public let calinskiHarabasz: Double?

  /// Indices of parts.
  public init(
    simplifiedSilhouette: Double?, daviesBouldin: Double?, calinskiHarabasz: Double?
  ) {
    self.simplifiedSilhouette = simplifiedSilhouette
    self.daviesBouldin = daviesBouldin
    self.calinskiHarabasz = calinskiHarabasz
  }

  /// The indices of a fit of transformed points.
  ///
  /// - Complexity: O(n k d + k^2 d).
  init<Scalar: ClusteringScalar>(
    _ fit: KMeans.Fit<Scalar>, of points: WeightedRows<Scalar>, _ execution: Execution
  ) throws(ClusteringError) {
    let groups = try LabelGroups(
      fit.labels, clusters: fit.model.clusterCount, weight: points.weight)
    let measures = try points.withEvaluated(groups) { (points) in
      Evaluation(points, groups, centroids: fit.model.transformedCentroids, execution).measures()
    }
    self.init(
      simplifiedSilhouette: measures.simplifiedSilhouette, daviesBouldin: measures.daviesBouldin,
      calinskiHarabasz: measures.calinskiHarabasz)
  }
}

/// Points of a curve as fits see them, for what measures them beside the fits: those in memory, or
/// a copy of them where they are transformed.
struct CurvePoints<Scalar: ClusteringScalar> {
  /// Rows that lie in memory as they are needed; `nil` for a copy.
  private let stored: Rows<Scalar>?
  private let copy: Matrix<Scalar>?
  private let weights: UnsafePointer<Double>?

  init(_ source: InMemoryPoints<Scalar>) {
    let rows = source.resident!.rows
    weights = source.resident!.weights
    copy = source.map.map { $0.mapped(rows.matrix(of: Array(0..<rows.count))) }
    stored = copy == nil ? rows : nil
  }

  /// Sparse points, with their zeros.
  ///
  /// - Throws: where there is no memory for them.
  init(_ source: SparsePoints<Scalar>) throws(ClusteringError) {
    (stored, copy, weights) = (nil, try source.dense(), source.weights)
  }

  func withPoints<Result>(
    _ body: (WeightedRows<Scalar>) throws(ClusteringError) -> Result
  ) throws(ClusteringError) -> Result {
    if let stored { return try body(WeightedRows(rows: stored, weights: weights)) }
    return try copy!.withRows { (rows) throws(ClusteringError) in
      try body(WeightedRows(rows: rows, weights: weights))
    }
  }
}
