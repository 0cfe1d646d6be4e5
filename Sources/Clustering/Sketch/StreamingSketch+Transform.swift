// What is done to rows before they are summarised: columns are standardised by the first rows, then
// weighted or mixed, and rows divided by their length.
extension SketchParameters {
  /// Whether the first rows say what is done to all.
  package var measuresRows: Bool { standardizes || distance.isEstimated }

  /// The transform of all rows, where nothing of them needs be known; `nil` else.
  var knownTransform: RowTransform? {
    switch distance {
    case .weightedEuclidean, .weightedManhattan, .mahalanobis: nil
    case .euclidean, .cosine, .manhattan, .chebyshev, .minkowski, .tanimoto:
      standardizes ? nil : RowTransform(normalizes: distance == .cosine)
    }
  }

  /// The transform of all rows of some columns; `nil` where the first rows say it.
  ///
  /// - Throws: ``DistanceError`` where the distance is none of such rows.
  func transform(columns: Int) throws(ClusteringError) -> RowTransform? {
    measuresRows ? nil : try RowTransform(distance, columns: columns)
  }

  /// Whether there may be rows that are left out.
  fileprivate var mayLeaveOutRows: Bool {
    leavesOutZeroRows == true && standardizes && distance == .cosine
  }
}

extension StreamingSketch {
  /// A sketch without points, of rows that are transformed as those of another one.
  ///
  /// - Parameter transform: that of the other; `nil` where that has not begun.
  package init(_ parameters: SketchParameters, transform: RowTransform?) {
    self.init(parameters)
    if let transform { self.transform = transform }
  }

  /// Transforms points, checks them and takes them in.
  ///
  /// - Complexity: O(n m d) for m centroids.
  mutating func add(
    _ points: WeightedRows<Scalar>, _ transform: RowTransform
  ) throws(ClusteringError) {
    let execution = parameters.execution
    if parameters.mayLeaveOutRows {
      let without = transform.zeroRows(points.rows, execution)
      if !without.isEmpty { return try add(points, transform, leavingOut: without) }
    }
    let map = RowMap<Scalar>(
      transform, columns: points.rows.columns, instructionSet: execution.kernels)
    let mapped = MappedRows(points, map: map)
    try extent.add(mapped, execution)
    guard map != nil else { return take(points) }
    let limit = min(points.count, max(1, (1 << 18) / mapped.columns))
    let memory = mapped.makeMemory(rows: limit)
    for block in Stripes.blocks(of: 0..<points.count, limit: limit) {
      take(mapped.load(block, into: memory))
    }
  }

  /// The same without some rows.
  private mutating func add(
    _ points: WeightedRows<Scalar>, _ transform: RowTransform, leavingOut rows: [Int]
  ) throws(ClusteringError) {
    let leftOut = Set(rows)
    let others = (0..<points.count).filter { !leftOut.contains($0) }
    guard !others.isEmpty else { return }
    let kept = WarmupRows(
      rows: points.rows.matrix(of: others), weights: others.map { points.weight($0) })
    do throws(ClusteringError) {
      _ = try kept.withPoints { (points) throws(ClusteringError) in try add(points, transform) }
    } catch {
      throw error.mappingRows { others[$0] }
    }
  }

  /// Keeps rows as they came until there are enough to say how columns are standardised, or vary
  /// together.
  mutating func wait(_ points: WeightedRows<Scalar>) throws(ClusteringError) {
    try parameters.distance.check(columns: points.rows.columns)
    try points.checkFinite(parameters.execution)
    let kept = waiting.weights.count
    let wanted = SketchParameters.rowsToStandardizeBy - kept
    guard points.count >= wanted else { return waiting.append(points) }
    // Copied, for something may go wrong.
    var next = self
    next.waiting.append(points[0..<wanted])
    do throws(ClusteringError) { next = try next.begun() } catch {
      throw error.mappingRows { $0 - kept }
    }
    if points.count > wanted, let transform = next.transform {
      do throws(ClusteringError) { try next.add(points[wanted..<points.count], transform) } catch {
        throw error.mappingRows { $0 + wanted }
      }
    }
    self = next
  }

  /// The sketch with the rows in it that wait to say how columns are standardised, however few they
  /// are: rows that come later have no say. Without such rows it is the sketch as it is.
  ///
  /// - Throws: ``ClusteringError`` for the first row that cannot be clustered once it is
  ///   transformed, counted from the first point.
  /// - Complexity: O(n m d) for n rows that wait.
  package func begun() throws(ClusteringError) -> StreamingSketch {
    let found = try waiting.withPoints { (points) throws(ClusteringError) in
      try Self.transform(points, parameters)
    }
    guard let found else { return self }
    return try begun(found)
  }

  /// The same with a transform from elsewhere.
  private func begun(_ transform: RowTransform) throws(ClusteringError) -> StreamingSketch {
    var begun = self
    (begun.transform, begun.waiting) = (transform, WarmupRows())
    _ = try waiting.withPoints { (points) throws(ClusteringError) in
      try begun.add(points, transform)
    }
    return begun
  }

  /// The transform by the means and deviations of rows, and how they vary together. If none has a
  /// weight, each counts as one.
  private static func transform(
    _ points: WeightedRows<Scalar>, _ parameters: SketchParameters
  ) throws(ClusteringError) -> RowTransform {
    let isWeighted = (0..<points.count).contains { points.weight($0) > 0 }
    let rows = isWeighted ? points : WeightedRows(rows: points.rows)
    return try InMemoryPoints(rows, parameters.execution).checkedTransform(
      for: parameters.distance, standardizes: parameters.standardizes)
  }
}

// Sketches of transformed rows that are merged.
extension StreamingSketch {
  /// Checks that the rows of another sketch are transformed as those of this one.
  func check(transformOf other: StreamingSketch) throws(ClusteringError) {
    let (own, theirs) = (parameters.distance, other.parameters.distance)
    // Where none of both is one of squares, the names say what is wrong.
    guard own == theirs || own.hasMeans && theirs.hasMeans else {
      throw .sketch(.distancesDiffer(own.kind, other: theirs.kind))
    }
    let (power, another) = (parameters.usedPower, other.parameters.usedPower)
    guard power == another else { throw .sketch(.powersDiffer(power, other: another)) }
    let areAlike = own == theirs && other.parameters.standardizes == parameters.standardizes
    // Where rows still wait they take what the other has.
    let areStandardizedAlike =
      transform == nil || other.transform == nil || transform == other.transform
    guard areAlike, areStandardizedAlike else { throw .sketch(.transformsDiffer) }
  }

  /// Adds the rows of another sketch that still wait.
  mutating func takeWaiting(_ other: StreamingSketch) throws(ClusteringError) {
    if let dimension, let theirs = other.dimension, dimension != theirs {
      throw .dimensionMismatch(found: theirs, expected: dimension)
    }
    _ = try other.waiting.withPoints { (points) throws(ClusteringError) in
      guard let transform else { return try wait(points) }
      try add(points, transform)
    }
  }

  /// Takes in another sketch, by whose means and deviations the rows are standardised that wait.
  mutating func takeStandardizing(
    _ other: StreamingSketch, _ join: (inout Sketcher, SketchState) -> Void
  ) throws(ClusteringError) {
    guard let transform = other.transform else { return }
    if let dimension, let theirs = other.dimension, dimension != theirs {
      throw .dimensionMismatch(found: theirs, expected: dimension)
    }
    var next = try begun(transform)
    try next.take(other, join)
    self = next
  }
}
