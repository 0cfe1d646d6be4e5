/// The reach of the points of a sketch and the number of those that count: what says whether sums
/// over them are numbers, and where their means can lie.
struct SketchExtent<Scalar: ClusteringScalar>: Sendable {
  /// The sum of the weights.
  private(set) var weight = 0.0
  /// The number of points of a weight above 0.
  private(set) var weightedPoints = 0
  /// The largest magnitude of a value, that of points without weight included.
  private(set) var largest = 0.0
  /// The box of the points of a weight above 0; `nil` before the first point.
  private(set) var box: ColumnBox<Scalar>?

  /// Checks points, as they came and transformed, and takes them in.
  ///
  /// - Throws: ``ClusteringError`` for the first row that cannot be clustered, or where sums over
  ///   all points would overflow; nothing was taken in then.
  /// - Complexity: O(n d).
  mutating func add(
    _ mapped: MappedRows<Scalar>, _ execution: Execution
  ) throws(ClusteringError) {
    let (points, columns) = (mapped.points, mapped.columns)
    if mapped.map != nil { try points.checkFinite(execution) }
    let found = RowPass(mapped, clusters: 1, threads: execution.threadCount).reduce(
      into: PairReduction(
        FiniteCheck<Scalar>(
          refusesZeroRows: mapped.map?.transform.normalizes ?? false,
          instructionSet: execution.kernels),
        ColumnBox<Scalar>(columns: columns))
    )
    if let error = found.first.error { throw error }
    var wider = self
    for row in 0..<points.count where points.weight(row) > 0 {
      wider.weight += points.weight(row)
      wider.weightedPoints += 1
    }
    wider.largest = max(largest, found.first.range.largest)
    wider.widen(found.second)
    try SumLimits.check(weight: wider.weight, columns: columns, largest: wider.largest)
    self = wider
  }

  /// Takes in the points of another sketch, of as many columns.
  ///
  /// - Throws: as ``add(_:_:)``.
  mutating func merge(_ other: SketchExtent) throws(ClusteringError) {
    guard let theirs = other.box else { return }
    var wider = self
    wider.weight += other.weight
    wider.weightedPoints += other.weightedPoints
    wider.largest = max(largest, other.largest)
    wider.widen(theirs)
    try SumLimits.check(
      weight: wider.weight, columns: theirs.low.count, largest: wider.largest)
    self = wider
  }

  private mutating func widen(_ other: ColumnBox<Scalar>) {
    if box == nil { box = other } else { box!.merge(other) }
  }

  /// Checks that the points can be clustered, all of them being there.
  ///
  /// - Parameter points: how many there are, those without weight included.
  func check(clusters: Int, points: Int) throws(ClusteringError) {
    guard weightedPoints >= clusters || weightedPoints == 0 || weightedPoints == points else {
      throw .tooManyClustersForWeights(clusters: clusters, points: weightedPoints)
    }
    try SumLimits.check(weight: weight, difference: box?.width ?? 0)
  }

  /// Centroids within the box of the points, where rounding has moved them out of it: a sketch
  /// keeps them in a frame.
  func clamped<Value: ClusteringScalar>(_ centroids: Matrix<Value>) -> Matrix<Value> {
    guard let box, weightedPoints > 0 else { return centroids }
    var clamped = centroids
    for row in 0..<centroids.rows {
      for column in 0..<centroids.columns {
        let (low, high) = (Value(box.low[column]), Value(box.high[column]))
        clamped[row, column] = min(max(centroids[row, column], low), high)
      }
    }
    return clamped
  }
}
