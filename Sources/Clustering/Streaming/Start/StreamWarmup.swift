/// Rows that wait until there are enough of them to find centroids among.
///
/// At first all of them are kept. Where too many are equal for too long, equal ones are kept as one
/// (`StreamWarmup+Values.swift`): a stream may wait for other values as long as it likes, in
/// bounded memory.
struct StreamWarmup<Scalar: ClusteringScalar>: Sendable {
  /// The rows, not transformed, with weights as they were given; the weight of a row that stands
  /// for several is what is left of all at its time.
  var kept = WarmupRows<Scalar>()
  /// The time at which each row happened, on the clock of the stream; of several, the last of them
  /// [n].
  var times: [Double] = []
  /// The number of rows that each stands for [n]; `nil` while equal ones are kept apart.
  var counts: [Int]?

  /// The number of rows that are enough; `nil` for as many as the parameters say.
  var wanted: Int?
  /// The number of rows that there were, equal ones included.
  var count = 0
  /// The row of each value, where equal ones are kept as one.
  var rowOfValue: [[Scalar]: Int] = [:]

  init() {}

  /// Rows that were kept before.
  init(
    _ kept: WarmupRows<Scalar>, times: [Double], counts: [Int]?, wanted: Int?,
    _ parameters: StreamingParameters
  ) {
    self.kept = kept
    self.times = times
    self.counts = counts
    self.wanted = wanted
    count = counts?.reduce(0, +) ?? times.count
    if counts != nil, let rows = kept.rows {
      let keys = Self.keys(rows, parameters)
      for row in kept.weights.indices { rowOfValue[Self.key(keys, row)] = row }
    }
  }

  /// Whether there are enough rows, had so many more come.
  func isEnough(with more: Int = 0, _ parameters: StreamingParameters) -> Bool {
    count + more >= needed(parameters)
  }

  /// How many rows are enough.
  func needed(_ parameters: StreamingParameters) -> Int { wanted ?? parameters.firstRows }

  /// How many different values there are, where equal ones are kept as one.
  var valueCount: Int? { counts?.count }

  /// Whether there are, for all that can be said before centroids are found, too few different
  /// values.
  func hasTooFewValues(_ parameters: StreamingParameters) -> Bool {
    if let counts { return counts.count < parameters.clusterCount }
    // A centroid at a row without weight would be one of no point.
    guard let rows = kept.rows, kept.weights.contains(0) else { return false }
    let keys = Self.keys(rows, parameters)
    let values = kept.weights.indices.lazy.filter { kept.weights[$0] > 0 }.map {
      Self.key(keys, $0)
    }
    return Set(values).count < parameters.clusterCount
  }

  /// Waits for more rows, where those that are here have too few different values. When twice as
  /// many were awaited some times, equal ones are kept as one, and the wait has no end but that.
  ///
  /// - Returns: whether it is worth waiting.
  mutating func waitForMore(_ parameters: StreamingParameters) -> Bool {
    if counts == nil, count / 10 < parameters.firstRows {
      wanted = 2 * count
      return true
    }
    if counts == nil { keepEqualRowsAsOne(parameters) }
    wanted = count + parameters.firstRows
    // More than enough values that are all the same once they are transformed, or that lie too
    // close together for their distances to be numbers: no others will be any better.
    return (counts?.count ?? 0) / 10 < parameters.firstRows
  }

  /// Keeps rows, where all of them can be clustered. Rows without any weight are no points.
  mutating func append(
    _ points: WeightedRows<Scalar>, _ times: RowTimes, _ parameters: StreamingParameters
  ) throws(ClusteringError) {
    guard points.count > 0 else { return }
    let columns = points.rows.columns
    if let rows = kept.rows, rows.columns != columns {
      throw .dimensionMismatch(found: columns, expected: rows.columns)
    }
    try parameters.distance.check(columns: columns)
    try points.checkFinite(
      parameters.execution,
      map: RowMap(
        Self.transform(parameters), columns: columns,
        instructionSet: parameters.execution.kernels))
    guard (0..<points.count).contains(where: { points.weight($0) > 0 }) else { return }
    guard counts == nil else {
      let weights = (0..<points.count).map { points.weight($0) }
      let new = points.rows.matrix(of: Array(0..<points.count))
      return merge(new, weights, (0..<points.count).map { times[$0] }, parameters)
    }
    count += points.count
    kept.append(points)
    for row in 0..<points.count { self.times.append(times[row]) }
  }

  /// The rows with copies of the first one, of no weight, so that there are as many rows as
  /// clusters.
  func filled(upTo clusters: Int) -> StreamWarmup {
    guard let rows = kept.rows, rows.rows < clusters else { return self }
    var filled = self
    for _ in rows.rows..<clusters {
      filled.kept.rows!.append(rows[0])
      filled.kept.weights.append(0)
      filled.times.append(times[0])
      filled.counts?.append(0)
    }
    return filled
  }
}
