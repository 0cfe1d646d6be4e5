/// Rows that wait until there are enough of them to find centroids among.
struct FirstRows<Scalar: ClusteringScalar>: Sendable {
  /// Not transformed; nothing before the first row.
  private(set) var rows: Matrix<Scalar>?
  /// As they were given.
  private(set) var weights: [Double] = []
  /// When each row happened, on the clock of the stream.
  private(set) var times: [Double] = []

  /// How many rows are enough; nothing for as many as the parameters say.
  private(set) var wanted: Int?

  init() {}

  /// Rows that were kept before.
  init(rows: Matrix<Scalar>, weights: [Double], times: [Double], wanted: Int?) {
    self.rows = rows
    self.weights = weights
    self.times = times
    self.wanted = wanted
  }

  var count: Int { times.count }

  /// Whether there are enough rows.
  func isEnough(_ parameters: StreamingParameters) -> Bool { count >= needed(parameters) }

  /// How many rows are enough.
  func needed(_ parameters: StreamingParameters) -> Int { wanted ?? parameters.firstRows }

  /// Waits for more rows, where those that are here have too few different values; not for ever.
  ///
  /// - Returns: whether it is worth waiting.
  mutating func waitForMore(_ parameters: StreamingParameters) -> Bool {
    guard count / 10 < parameters.firstRows else { return false }
    wanted = 2 * count
    return true
  }

  /// Keeps rows, where all of them can be clustered.
  mutating func append(
    _ points: WeightedRows<Scalar>, _ times: RowTimes, _ parameters: StreamingParameters
  ) throws(ClusteringError) {
    guard points.count > 0 else { return }
    let columns = points.rows.columns
    if let rows, rows.columns != columns {
      throw .dimensionMismatch(found: columns, expected: rows.columns)
    }
    // Standardised rows are only known when the deviations are.
    let transform = RowTransform(
      normalizes: parameters.distance == .cosine && !parameters.standardizes)
    try points.checkFinite(
      threads: AvailableThreads.count(parameters.threads),
      map: RowMap(transform, columns: columns))
    let new = points.rows.matrix(of: Array(0..<points.count))
    if rows == nil {
      rows = new
    } else {
      for row in 0..<points.count { rows!.append(new[row]) }
    }
    for row in 0..<points.count {
      weights.append(points.weight(row))
      self.times.append(times[row])
    }
  }

  /// Forgets the last rows.
  mutating func removeLast(_ count: Int) {
    weights.removeLast(count)
    times.removeLast(count)
    let left = Array(weights.indices)
    rows = left.isEmpty ? nil : rows.map { $0.withRows { $0.matrix(of: left) } }
  }
}
