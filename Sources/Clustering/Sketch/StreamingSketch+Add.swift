// What comes to a sketch: points, whole sources of rows, other sketches.
extension StreamingSketch {
  /// Adds points.
  ///
  /// - Parameters:
  ///   - points: n rows of d finite values; read in place, never written.
  ///   - weights: one finite, non-negative weight a point; `nil` for 1 each. Points of weight 0 are
  ///     counted, and nothing else.
  /// - Throws: ``ClusteringError`` where a parameter or a value is wrong; nothing was added then.
  ///   What is wrong with rows that waited to be standardised may show only when they are: their
  ///   numbers are negative, counted back from the first of these points.
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
    try points.withWeightedRows(weights, allowsNoWeight: true) { (points) throws(ClusteringError) in
      guard points.count > 0 else { return }
      if let transform { return try add(points, transform) }
      guard let transform = try parameters.transform(columns: points.rows.columns) else {
        return try wait(points)
      }
      try add(points, transform)
      self.transform = transform
    }
  }

  /// Adds the rows of a matrix: ``add(_:weights:)-(MatrixView<Scalar>,_)`` of its view.
  ///
  /// - Throws: ``ClusteringError`` where a parameter or a value is wrong; nothing was added then.
  /// - Complexity: O(n m d) for m centroids.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public mutating func add(
    _ points: Matrix<Scalar>, weights: borrowing Span<Double>? = nil
  ) throws(ClusteringError) {
    try add(points.view, weights: weights)
  }

  /// Adds all rows that a source still has, each with weight 1, in memory for a few thousand of
  /// them.
  ///
  /// - Throws: ``ClusteringError`` where a parameter or a value is wrong, with rows counted from
  ///   the first point of the sketch, or where the task that runs this is cancelled, and what the
  ///   source throws; the whole slices of at most 4,096 rows before it have been added.
  /// - Complexity: O(n m d) for m centroids.
  public mutating func add<Source: RowSource<Scalar>>(all source: inout Source) throws {
    let rows = max(1, min(4096, (1 << 20) / source.columns))
    while true {
      try ClusteringError.checkCancellation()
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

  /// Takes in transformed points, which have been checked.
  mutating func take(_ points: WeightedRows<Scalar>) {
    guard sketcher == nil else { return sketcher!.add(points) }
    let count = min(SketchState.firstRows - warmup.weights.count, points.count)
    warmup.append(points[0..<count])
    guard warmup.weights.count == SketchState.firstRows else { return }
    sketcher = warmedUp
    warmup = WarmupRows()
    if count < points.count { sketcher!.add(points[count..<points.count]) }
  }

  /// Adds what another sketch knows: its centroids come to this one as points of their weight
  /// would, with the smaller cutoff of both (what Mahout's reducer does with the sketches of its
  /// mappers). Weights, squared errors and the number of points add up. A sketch without points
  /// becomes a copy of the other, with its own parameters.
  ///
  /// Rows of the other that wait to say how columns are standardised come as they are; those of
  /// this one are standardised as the other's were.
  ///
  /// The result depends on the order of merging, on nothing else.
  ///
  /// - Throws: ``ClusteringError`` where the points of both have not the same number of columns,
  ///   were transformed in different ways, or a parameter is wrong; nothing was added then.
  /// - Complexity: O(m1 m2 d) for m1 and m2 centroids.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public mutating func merge(_ other: StreamingSketch) throws(ClusteringError) {
    try parameters.validate()
    guard other.pointCount > 0 else { return }
    try check(transformOf: other)
    if other.transform == nil { return try takeWaiting(other) }
    if transform == nil { return try mergeStandardizing(other) }
    guard let theirs = other.settled?.state else { return }
    if let dimension, dimension != theirs.columns {
      throw .dimensionMismatch(found: theirs.columns, expected: dimension)
    }
    try extent.merge(other.extent)
    if var own = settled {
      own.merge(theirs)
      sketcher = own
    } else {
      sketcher = Sketcher(SketchState(theirs, parameters: parameters))
      sketcher!.mostRows = blockRows
      sketcher!.comparesAll = comparesAll
    }
    warmup = WarmupRows()
  }
}
