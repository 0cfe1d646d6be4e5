// Sketches that come together: of parts of the points, of other machines, of other days.
extension StreamingSketch {
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
    try take(other) { $0.merge($1) }
  }

  /// Adds what another sketch knows, as it is: its centroids stand behind those of this one, and
  /// none is merged with another (Mahout's reducer hands the centroids of all mappers to ball
  /// k-means so). Weights, squared errors, the number of points and the bounds of what rounding has
  /// done add up. All else is as with ``merge(_:)``.
  ///
  /// Such a sketch can be clustered, saved, and united again. It may have more centroids than its
  /// size allows; points that come later, or a sketch that is merged, collapse it then.
  ///
  /// - Throws: as ``merge(_:)``.
  /// - Complexity: O(m1 d + m2 d) for m1 and m2 centroids.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public mutating func formUnion(_ other: StreamingSketch) throws(ClusteringError) {
    try take(other) { $0.unite($1) }
  }

  /// Takes in another sketch.
  ///
  /// - Parameter join: takes in what it knows, where both have begun.
  mutating func take(
    _ other: StreamingSketch, _ join: (inout Sketcher, SketchState) -> Void
  ) throws(ClusteringError) {
    try parameters.validate()
    guard other.pointCount > 0 else { return }
    guard !pointCount.addingReportingOverflow(other.pointCount).overflow else {
      throw .sketch(.tooManyPoints(pointCount, other: other.pointCount))
    }
    try check(transformOf: other)
    if other.transform == nil { return try takeWaiting(other) }
    if transform == nil { return try takeStandardizing(other, join) }
    guard let theirs = other.settled?.state else { return }
    if let dimension, dimension != theirs.columns {
      throw .dimensionMismatch(found: theirs.columns, expected: dimension)
    }
    try extent.merge(other.extent)
    if var own = settled {
      join(&own, theirs)
      sketcher = own
    } else {
      sketcher = Sketcher(SketchState(theirs, parameters: parameters))
      sketcher!.mostRows = blockRows
      sketcher!.comparesAll = comparesAll
    }
    warmup = WarmupRows()
  }
}
