extension StreamingSketch {
  /// Adds what another sketch knows: its centroids come to this one as points of their weight would, with
  /// the smaller cutoff of both (what Mahout's reducer does with the sketches of its mappers). Weights,
  /// squared errors and the number of points add up. A sketch without points becomes a copy of the other,
  /// with its own parameters.
  ///
  /// The result depends on the order of merging, on nothing else.
  ///
  /// - Throws: ``ClusteringError`` where the points of both have not the same number of columns, or a
  ///   parameter is wrong; nothing was added then.
  /// - Complexity: O(m1 m2 d) for m1 and m2 centroids.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public mutating func merge(_ other: StreamingSketch) throws(ClusteringError) {
    try parameters.validate()
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
    }
    first = SketchFirstRows()
  }
}
