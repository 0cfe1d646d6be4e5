/// When the rows of a batch happened, on the clock of the stream. An unsafe handle where times were given.
enum RowTimes {
  /// All at once.
  case together(Double)
  /// One unit of time after another.
  case oneByOne(first: Double)
  /// As somebody said.
  case listed(UnsafePointer<Double>)

  subscript(row: Int) -> Double {
    switch self {
    case .together(let time): time
    case .oneByOne(let first): first + Double(row)
    case .listed(let times): times[row]
    }
  }

  /// The first time at which anything happened; nothing without rows.
  func earliest(of count: Int) -> Double? { (0..<count).lazy.map { self[$0] }.min() }

  /// The times of the next rows of a stream, checked.
  ///
  /// - Parameters:
  ///   - given: one a row, or nothing where the unit says.
  ///   - clock: nothing before the first time in seconds.
  /// - Returns: the times, and what the clock shows after them.
  static func next(
    _ count: Int, given: UnsafeBufferPointer<Double>?, _ clock: DecayClock?,
    _ parameters: StreamingParameters
  ) throws(ClusteringError) -> (times: RowTimes, latest: Double) {
    let unit = parameters.forgetting.unit
    let latest = clock?.latest ?? 0
    guard let given, count > 0 || !given.isEmpty else {
      switch unit {
      case .batches: return (.together(latest + 1), latest + 1)
      case .points: return (.oneByOne(first: latest + 1), latest + Double(count))
      case .seconds where count == 0: return (.together(latest), latest)
      case .seconds: throw .streaming(.timesMissing)
      }
    }
    guard given.count == count else {
      throw .streaming(.timeCountMismatch(times: given.count, points: count))
    }
    let last = try check(given, clock, parameters)
    return (.listed(given.baseAddress!), last)
  }

  /// - Returns: the latest time.
  private static func check(
    _ times: UnsafeBufferPointer<Double>, _ clock: DecayClock?, _ parameters: StreamingParameters
  ) throws(ClusteringError) -> Double {
    let jump = parameters.maxTimeJump * parameters.forgetting.halfLife
    // Positions in batches or points have no milliseconds to be mistaken for.
    let limits = parameters.forgetting.unit == .seconds && jump > 0
    if let row = times.indices.first(where: { !times[$0].isFinite }) {
      throw .streaming(.invalidTime(row: row, time: times[row]))
    }
    let clock = clock ?? DecayClock(parameters.forgetting, at: times[0])
    var latest = clock.latest
    for row in times.indices {
      let time = times[row]
      if clock.isBeforeLandmark(time) {
        throw .streaming(.timeBeforeLandmark(row: row, time: time, landmark: clock.landmark))
      }
      if limits, time - latest > jump {
        throw .streaming(
          .timeJump(row: row, time: time, latest: latest, halfLives: parameters.maxTimeJump))
      }
      latest = max(latest, time)
    }
    return latest
  }
}
