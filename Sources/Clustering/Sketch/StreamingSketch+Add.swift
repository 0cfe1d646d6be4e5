extension StreamingSketch {
  /// Adds points.
  ///
  /// - Parameters:
  ///   - points: n rows of d finite values; read in place, never written.
  ///   - weights: one finite, non-negative weight a point, or nothing for 1 each. Points of weight 0 are
  ///     counted, and nothing else.
  /// - Throws: ``ClusteringError`` where a parameter or a value is wrong; nothing was added then.
  /// - Complexity: O(n m d) for m centroids.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public mutating func add(
    _ points: borrowing MatrixView<Scalar>, weights: borrowing Span<Double>? = nil
  ) throws(ClusteringError) {
    try parameters.validate()
    if let dimension, dimension != points.columns {
      throw .dimensionMismatch(found: points.columns, expected: dimension)
    }
    try checkWeights(weights, of: points.rows)
    guard let weights = copy weights else {
      return try points.withRows { (rows) throws(ClusteringError) in
        try add(WeightedRows(rows: rows))
      }
    }
    try points.withRows { (rows) throws(ClusteringError) in
      try weights.withUnsafeBufferPointer { (weights) throws(ClusteringError) in
        try add(WeightedRows(rows: rows, weights: weights.baseAddress))
      }
    }
  }

  /// Adds all rows that a source still has, each with weight 1, in memory for a few thousand of them.
  ///
  /// - Throws: ``ClusteringError`` where a parameter or a value is wrong, with rows counted from the first
  ///   point of the sketch, and what the source throws; the whole slices of at most 4,096 rows before it
  ///   have been added.
  /// - Complexity: O(n m d) for m centroids.
  public mutating func add<Source: RowSource<Scalar>>(all source: inout Source) throws {
    let rows = max(1, min(4096, (1 << 20) / source.columns))
    while true {
      var block = try Matrix<Scalar>(reserving: rows, columns: source.columns)
      while block.rows < rows {
        let count = try block.append(atMost: rows - block.rows) { try source.read(into: &$0) }
        if count == 0 { break }
      }
      guard block.rows > 0 else { return }
      do throws(ClusteringError) {
        try add(block.view)
      } catch {
        let first = pointCount
        throw error.mappingRows { first + $0 }
      }
    }
  }

  /// Checks points and adds them.
  private mutating func add(_ points: WeightedRows<Scalar>) throws(ClusteringError) {
    guard points.count > 0 else { return }
    try extent.add(points, parameters.execution)
    guard sketcher == nil else { return sketcher!.add(points) }
    let count = min(first.missing, points.count)
    first.append(points[0..<count])
    guard first.missing == 0 else { return }
    sketcher = first.sketched(parameters, mostRows: blockRows)
    first = SketchFirstRows()
    if count < points.count { sketcher!.add(points[count..<points.count]) }
  }

  private func checkWeights(
    _ weights: borrowing Span<Double>?, of points: Int
  ) throws(ClusteringError) {
    guard let weights = copy weights else { return }
    guard weights.count == points else {
      throw .weightCountMismatch(weights: weights.count, points: points)
    }
    var total = 0.0
    for row in weights.indices {
      let weight = weights[row]
      guard weight >= 0, weight.isFinite else { throw .invalidWeight(row: row, weight: weight) }
      total += weight
    }
    guard total.isFinite else { throw .invalidTotalWeight(total) }
  }
}
