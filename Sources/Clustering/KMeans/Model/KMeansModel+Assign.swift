internal import KMeansLocks

extension KMeansModel {
  /// Finds the nearest centroid of each point: the argmin of the squared distance computed directly
  /// in Double, the lowest index on ties.
  ///
  /// - Parameters:
  ///   - points: n rows of as many values as the centroids have.
  ///   - labels: OUT, n labels; they mean nothing where an error is thrown.
  ///   - execution: where and how it runs; changes the speed alone.
  /// - Throws: ``ClusteringError`` where the shapes do not fit or a value is not finite.
  /// - Complexity: O(n k d).
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func assign(
    _ points: borrowing MatrixView<Scalar>, into labels: inout MutableSpan<Int32>,
    execution: Execution = Execution()
  ) throws(ClusteringError) {
    guard labels.count == points.rows else {
      throw .outputCountMismatch(found: labels.count, points: points.rows)
    }
    guard points.rows > 0 else { return }
    try labels.withUnsafeMutableBufferPointer { (labels) throws(ClusteringError) in
      try points.withRows { (rows) throws(ClusteringError) in
        let run = try AssignmentRun(rows, to: self, execution)
        _ = try run.assign(rows, into: Assignment(labels: labels.baseAddress!))
      }
    }
  }

  /// The nearest centroid of each point.
  ///
  /// - Throws: as ``assign(_:into:execution:)``.
  /// - Complexity: O(n k d).
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func assign(
    _ points: borrowing MatrixView<Scalar>, execution: Execution = Execution()
  ) throws(ClusteringError) -> [Int32] {
    var labels = [Int32](repeating: 0, count: points.rows)
    var span = labels.mutableSpan
    try assign(points, into: &span, execution: execution)
    return labels
  }

  /// Labels, squared distances and the share of rows that `directDistance` had to decide.
  ///
  /// - Parameter leavingOutZeroRows: whether rows that have no direction get the label -1 and no
  ///   distance, NaN.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  package func labelsAndDistances(
    _ points: borrowing MatrixView<Scalar>, execution: Execution = Execution(),
    leavingOutZeroRows: Bool = false
  ) throws(ClusteringError) -> (labels: [Int32], distances: [Double], counts: AssignmentCounts) {
    var labels = [Int32](repeating: 0, count: points.rows)
    var distances = [Double](repeating: 0, count: points.rows)
    guard points.rows > 0 else { return (labels, distances, AssignmentCounts()) }
    var counts = try labels.withUnsafeMutableBufferPointer { (labels) throws(ClusteringError) in
      try distances.withUnsafeMutableBufferPointer { (distances) throws(ClusteringError) in
        try points.withRows { (rows) throws(ClusteringError) in
          let run = try AssignmentRun(
            rows, to: self, execution, takesZeroRows: leavingOutZeroRows)
          return try run.assign(
            rows,
            into: Assignment(labels: labels.baseAddress!, distances: distances.baseAddress!))
        }
      }
    }
    guard leavingOutZeroRows else { return (labels, distances, counts) }
    let without = transform.zeroRows(points, execution)
    for row in without { (labels[row], distances[row]) = (-1, .nan) }
    counts.rows -= without.count
    return (labels, distances, counts)
  }
}

/// An assignment whose arguments were checked, but for the values of points where the assignment
/// itself finds those that are not finite: to read them twice takes longer than a few columns do.
struct AssignmentRun<Scalar: ClusteringScalar> {
  private let nearest: NearestCentroids<Scalar>
  private let map: RowMap<Scalar>?
  private let execution: Execution
  private let checksAfterwards: Bool

  init(
    _ rows: Rows<Scalar>, to model: KMeansModel<Scalar>, _ execution: Execution,
    takesZeroRows: Bool = false
  ) throws(ClusteringError) {
    try execution.validate()
    guard rows.columns == model.dimension else {
      throw .dimensionMismatch(found: rows.columns, expected: model.dimension)
    }
    // Those of a fit are among points that differ by more, and lie wherever these are.
    if model.iterations == 0 { try SumLimits.check(centroids: model.transformedCentroids) }
    self.execution = execution
    let map = RowMap<Scalar>(
      model.transform, columns: model.dimension, instructionSet: execution.kernels)
    self.map = map
    nearest = model.nearest(execution)
    // The squares of floats do not overflow; a map has checks of its own.
    checksAfterwards =
      Scalar.self == Float.self && map == nil && nearest.strategy == .fused && nearest.clusters > 1
    guard !checksAfterwards else { return }
    try WeightedRows(rows: rows).checkFinite(execution, map: map, takesZeroRows: takesZeroRows)
  }

  func assign(
    _ rows: Rows<Scalar>, into result: Assignment
  ) throws(ClusteringError) -> AssignmentCounts {
    let counts = RowPass(
      MappedRows(WeightedRows(rows: rows), map: map), clusters: nearest.centroids.rows,
      threads: execution.threadCount
    ).assign(nearest, into: result)
    if checksAfterwards, counts.notFinite > 0 {
      try WeightedRows(rows: rows).checkFinite(execution)
    }
    return counts
  }
}

/// Centroids packed for the assignment step, made once when first needed.
final class PreparedCentroids<Scalar: ClusteringScalar>: Sendable {
  private let cache = Mutex<NearestCentroids<Scalar>?>(nil)

  /// What was made before for an instruction set and a strategy, or what `make` makes now.
  func value(
    for instructionSet: InstructionSet, _ strategy: Execution.Strategy,
    _ make: () -> NearestCentroids<Scalar>
  ) -> NearestCentroids<Scalar> {
    cache.withLock { cache in
      if let made = cache, made.instructionSet == instructionSet,
        made.strategy == strategy
      {
        return made
      }
      let made = make()
      cache = made
      return made
    }
  }
}

// A matrix in place of a view of it.
extension KMeansModel {
  /// Finds the nearest centroid of each row of a matrix:
  /// ``assign(_:into:execution:)-(MatrixView<Scalar>,_,_)`` of its view.
  ///
  /// - Throws: ``ClusteringError`` where the shapes do not fit or a value is not finite.
  /// - Complexity: O(n k d).
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func assign(
    _ points: Matrix<Scalar>, into labels: inout MutableSpan<Int32>,
    execution: Execution = Execution()
  ) throws(ClusteringError) {
    try assign(points.view, into: &labels, execution: execution)
  }

  /// The nearest centroid of each row of a matrix: ``assign(_:execution:)-(MatrixView<Scalar>,_)``
  /// of its view.
  ///
  /// - Throws: ``ClusteringError`` where the shapes do not fit or a value is not finite.
  /// - Complexity: O(n k d).
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func assign(
    _ points: Matrix<Scalar>, execution: Execution = Execution()
  ) throws(ClusteringError) -> [Int32] {
    try assign(points.view, execution: execution)
  }
}
