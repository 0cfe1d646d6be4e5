/// The times of the rows of a batch, on the clock of the stream. An unsafe handle where times were
/// given.
enum RowTimes {
  /// One time for all rows.
  case together(Double)
  /// Times one unit apart.
  case oneByOne(first: Double)
  /// The times that the caller gave.
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
  ///   - given: one a row; `nil` where they follow from the unit.
  ///   - clock: `nil` before the first time in seconds.
  /// - Returns: the times, and their effects on the clock.
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

/// The times of the next rows of a stream, and their effects on its clock.
struct NextTimes {
  let times: RowTimes
  /// The time of the clock after them.
  var latest: Double
  /// The first of the times that were given, but for those that are too late.
  var earliest: Double?
  /// The earliest time; rows of earlier ones come too late.
  let landmark: Double
  /// The number of rows that come too late to have any weight.
  var tooLate = 0

  init(_ times: RowTimes, latest: Double, landmark: Double = -.infinity) {
    self.times = times
    self.latest = latest
    self.landmark = landmark
  }

  /// The weights of rows, 0 for those that come too late.
  func weights<Scalar: ClusteringScalar>(of points: WeightedRows<Scalar>) -> [Double] {
    (0..<points.count).map { times[$0] < landmark ? 0 : points.weight($0) }
  }
}
