internal import KMeansFiles

/// The start from the global optimum of one column: the means of its intervals.
enum OptimalSeeds {
  /// Where there are fewer distinct values than clusters, each is a centroid, and the rest are
  /// random rows that are twins of them, or have no weight.
  ///
  /// - Precondition: the source has one column.
  /// - Throws: ``InitializationError/optimumOfPoints(_:)``.
  /// - Complexity: O(n + k m log m) for m distinct values; 24 bytes a point, and then 140 a
  ///   distinct value.
  static func seeds<Source: PointSource>(
    _ count: Int, of source: Source, _ draws: SeedDraws
  ) throws(Source.Failure) -> Seeds<Source.Scalar> {
    guard source.count <= Int(Int32.max) else {
      throw source.failure(.specific(.init(InitializationError.optimumOfPoints(source.count))))
    }
    let distinct = try DistinctValues(source)
    let found = min(count, distinct.count)
    let intervals = OptimalIntervals.find(found, of: distinct, source.execution)
    guard var centroids = try? Matrix<Source.Scalar>(rows: count, columns: 1) else {
      preconditionFailure("no more centroids than rows that exist")
    }
    for (number, interval) in intervals.enumerated() {
      centroids[number, 0] = distinct.mean(of: interval)
    }
    let others = draws.others(count - found, than: distinct.rows.map { Int($0) }, of: source)
    if !others.isEmpty {
      let extra = try source.rows(others)
      for row in 0..<extra.rows { centroids[found + row, 0] = extra[row, 0] }
    }
    return Seeds(centroids: centroids)
  }
}

/// What can be wrong with a way to find initial centroids.
package enum InitializationError: SpecificError {
  /// The optimum is that of one column, and rows have more.
  case optimumOfColumns(Int)
  /// There are more points than 32 bits can number.
  case optimumOfPoints(Int)

  package var kind: ClusteringError.Kind { .parameter }

  package var description: String {
    switch self {
    case .optimumOfColumns(let columns):
      "rows of \(counted(columns, "column")), expected 1 to start from the optimum: start from greedy instead"
    case .optimumOfPoints(let points):
      "\(counted(points, "point")), expected at most \(Int32.max) to start from the optimum: start from greedy instead"
    }
  }
}

extension CentroidInitialization {
  /// Refuses rows that initial centroids cannot be found for.
  ///
  /// - Throws: ``InitializationError``.
  func check(columns: Int) throws(ClusteringError) {
    guard self == .optimal, columns != 1 else { return }
    throw .specific(.init(InitializationError.optimumOfColumns(columns)))
  }
}
