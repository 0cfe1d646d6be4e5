/// When the rows of a batch happened, on the clock of the stream. An unsafe handle where times were
/// given.
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

  /// The times of the next rows of a stream, checked.
  ///
  /// - Parameters:
  ///   - given: one a row, or nothing where the unit says.
  ///   - clock: nothing before the first time in seconds.
  /// - Returns: the times, and what they do to the clock.
  static func next(
    _ count: Int, given: UnsafeBufferPointer<Double>?, _ clock: DecayClock?,
    _ parameters: StreamingParameters
  ) throws(ClusteringError) -> NextTimes {
    let unit = parameters.forgetting.unit
    let latest = clock?.latest ?? 0
    guard let given, count > 0 || !given.isEmpty else {
      switch unit {
      case .batches: return NextTimes(.together(latest + 1), latest: latest + 1)
      case .points:
        return NextTimes(.oneByOne(first: latest + 1), latest: latest + Double(count))
      case .seconds where count == 0: return NextTimes(.together(latest), latest: latest)
      case .seconds: throw .streaming(.timesMissing)
      }
    }
    guard given.count == count else {
      throw .streaming(.timeCountMismatch(times: given.count, points: count))
    }
    return try listed(given, clock, parameters)
  }

  private static func listed(
    _ times: UnsafeBufferPointer<Double>, _ clock: DecayClock?, _ parameters: StreamingParameters
  ) throws(ClusteringError) -> NextTimes {
    let jump = parameters.maxTimeJump * parameters.forgetting.halfLife
    // Positions in batches or points have no milliseconds to be mistaken for.
    let limits = parameters.forgetting.unit == .seconds && jump > 0
    if let row = times.indices.first(where: { !times[$0].isFinite }) {
      throw .streaming(.invalidTime(row: row, time: times[row]))
    }
    let clock = clock ?? DecayClock(parameters.forgetting, at: times[0])
    var next = NextTimes(
      .listed(times.baseAddress!), latest: clock.latest, landmark: clock.landmark)
    for row in times.indices {
      let time = times[row]
      if clock.isBeforeLandmark(time) {
        next.tooLate += 1
        continue
      }
      if limits, time - next.latest > jump {
        throw .streaming(
          .timeJump(row: row, time: time, latest: next.latest, halfLives: parameters.maxTimeJump))
      }
      next.latest = max(next.latest, time)
      next.earliest = min(next.earliest ?? time, time)
    }
    return next
  }
}

/// The times of the next rows of a stream, and what they do to its clock.
struct NextTimes {
  let times: RowTimes
  /// What the clock shows after them.
  var latest: Double
  /// The first of the times that were given, but for those that are too late.
  var earliest: Double?
  /// Rows of earlier times come too late.
  let landmark: Double
  /// How many rows come so late that nothing is left of them.
  var tooLate = 0

  init(_ times: RowTimes, latest: Double, landmark: Double = -.infinity) {
    self.times = times
    self.latest = latest
    self.landmark = landmark
  }

  /// What is left of the weights of rows of which some come too late.
  func weights<Scalar: ClusteringScalar>(of points: WeightedRows<Scalar>) -> [Double] {
    (0..<points.count).map { times[$0] < landmark ? 0 : points.weight($0) }
  }
}
