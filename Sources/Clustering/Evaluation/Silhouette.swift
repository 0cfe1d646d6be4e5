/// The silhouette of each point of a sample (Rousseeuw, Silhouettes, 1987): (b - a) / max(a, b),
/// where a is its mean distance to the others of its cluster and b that to the points of the
/// nearest other cluster; 0 for a point that is alone in its cluster.
///
/// As scikit-learn's `silhouette_samples` of the sample: distances are Euclidean and among the
/// sample only, so its error is that of a sample; a sample of all points is exact.
public struct Silhouette: Sendable, Hashable, Codable {
  /// The rows of the sample, ascending.
  public let rows: [Int]
  /// The silhouette of each, from -1 to 1; none where it is not defined.
  public let values: [Double]
  /// Their mean: scikit-learn's `silhouette_score`; `nil` where it is not defined.
  public let mean: Double?
  /// The reason why it is not defined; `nil` where it is.
  public let undefined: UndefinedQuality?

  /// Draws a sample without replacement and finds the silhouettes of its points.
  ///
  /// - Parameters:
  ///   - points: n rows of d finite values.
  ///   - labels: the cluster of each row, -1 for none; such rows are left out.
  ///   - sample: the number of rows to draw, at least 1; all where there are not more.
  ///   - seed: decides the draw.
  ///   - execution: the threads and kernels; changes the speed alone.
  /// - Throws: ``ClusteringError`` where labels or values are wrong.
  /// - Complexity: O(m^2 d) for a sample of m rows, and memory for a copy of them.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public init<Scalar: ClusteringScalar>(
    _ points: borrowing MatrixView<Scalar>, labels: [Int32], sample: Int = 10_000, seed: UInt64 = 0,
    execution: Execution = Execution()
  ) throws(ClusteringError) {
    try execution.validate()
    try QualityMeasures.check(labels, rows: points.rows, sample: sample)
    self = try points.withRows { (rows) throws(ClusteringError) in
      let points = WeightedRows(rows: rows)
      try points.checkFinite(execution)
      let groups = try LabelGroups(labels, clusters: nil, weight: points.weight)
      return try points.withEvaluated(groups) { (evaluated) throws(ClusteringError) in
        try Silhouette(
          of: InMemoryPoints(evaluated, execution), groups: groups.groups, sample: sample,
          seed: seed
        ).among(groups.rows)
      }
    }
  }

  /// The same, with the numbers that rows have among all; `nil` where they are all.
  func among(_ all: [Int]?) -> Silhouette {
    all.map { all in Silhouette(self, rows: rows.map { all[$0] }) } ?? self
  }

  private init(_ found: Silhouette, rows: [Int]) {
    self.rows = rows
    (values, mean, undefined) = (found.values, found.mean, found.undefined)
  }

  /// The silhouettes of rows that were checked, in groups numbered from 0.
  ///
  /// - Parameters:
  ///   - points: those that are evaluated alone.
  ///   - onRows: gets the number of rows whose silhouettes have been found, again and again.
  init<Source: PointSource>(
    of points: Source, groups: [Int32], sample: Int, seed: UInt64, onRows: ((Int) -> Void)? = nil
  ) throws(Source.Failure) {
    let rows =
      sample >= points.count
      ? Array(0..<points.count)
      : RandomRows.draw(
        sample, of: points.count, Draws(seed: seed, purpose: .silhouetteSample)
      ).sorted()
    self.rows = rows
    // Sorted by cluster, so that the distances to each one are summed one after another.
    let order = rows.indices.sorted { (groups[rows[$0]], $0) < (groups[rows[$1]], $1) }
    let runs = ClusterRuns(order.map { groups[rows[$0]] })
    undefined = UndefinedQuality(
      clusters: runs.starts.count - 1, sample: rows.count, of: points.count)
    guard undefined == nil else {
      (values, mean) = ([], nil)
      return
    }
    let sorted = try points.withSample(order.map { rows[$0] }) { sample in
      let distances = SampleDistances(sample, runs)
      let count = rows.count
      var found: [Double] = []
      for block in Stripes.blocks(of: 0..<count, limit: onRows == nil ? count : 512) {
        found += Workers.map(block.count, threads: points.threads) {
          distances.silhouette(of: block.lowerBound + $0)
        }
        onRows?(found.count)
      }
      return found
    }
    var values = sorted
    for (place, value) in zip(order, sorted) { values[place] = value }
    self.values = values
    mean = values.reduce(0, +) / Double(values.count)
  }
}
