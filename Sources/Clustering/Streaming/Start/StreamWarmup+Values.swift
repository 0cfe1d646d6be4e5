// Rows that wait, equal ones kept as one.
extension StreamWarmup {
  /// What is known to be done to rows: standardised ones are only known when the deviations are.
  static func transform(_ parameters: StreamingParameters) -> RowTransform {
    RowTransform(normalizes: parameters.distance == .cosine && !parameters.standardizes)
  }

  /// Rows that are the same where clusters cannot tell theirs apart.
  static func keys(_ rows: Matrix<Scalar>, _ parameters: StreamingParameters) -> Matrix<Scalar> {
    RowMap(
      transform(parameters), columns: rows.columns, instructionSet: parameters.execution.kernels)?
      .mapped(rows) ?? rows
  }

  /// One of them; 0 and -0 are equal, and have one hash.
  static func key(_ keys: Matrix<Scalar>, _ row: Int) -> [Scalar] {
    (0..<keys.columns).map { keys[row, $0] }
  }

  /// Keeps equal rows as one from now on.
  mutating func keepEqualRowsAsOne(_ parameters: StreamingParameters) {
    guard let all = kept.rows else { return }
    let (weights, times) = (kept.weights, times)
    (kept, self.times, counts, count) = (WarmupRows(), [], [], 0)
    merge(all, weights, times, parameters)
  }

  /// Adds rows to those that are equal to them, each at the later time of the two.
  ///
  /// - Complexity: O(n d) expected.
  mutating func merge(
    _ new: Matrix<Scalar>, _ newWeights: [Double], _ newTimes: [Double],
    _ parameters: StreamingParameters
  ) {
    let keys = Self.keys(new, parameters)
    let rate = StreamingKMeans<Scalar>.clock(parameters, at: 0).rate
    for row in newWeights.indices where newWeights[row] > 0 {
      count += 1
      let (key, time) = (Self.key(keys, row), newTimes[row])
      guard let known = rowOfValue[key] else {
        rowOfValue[key] = times.count
        if kept.rows == nil { kept.rows = new.picking([row]) } else { kept.rows!.append(new[row]) }
        kept.weights.append(newWeights[row])
        times.append(time)
        counts?.append(1)
        continue
      }
      let later = max(times[known], time)
      let clock = DecayClock(rate: rate, landmark: later, latest: later)
      kept.weights[known] =
        kept.weights[known] * clock.kept(since: times[known]) + newWeights[row]
        * clock.kept(since: time)
      times[known] = later
      counts?[known] += 1
    }
    // Once there are enough values, others of their kind are worth waiting for.
    if times.count < parameters.clusterCount { wanted = count + parameters.firstRows }
  }
}
