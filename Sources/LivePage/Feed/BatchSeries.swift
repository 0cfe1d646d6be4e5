// The past of a stream in a few hundred samples, however long it runs.

/// Some batches in a row as one sample.
struct BatchSample: Sendable {
  /// The number of the last of them.
  var batch: Int
  var points: Int
  var weight: Double
  /// Sums over the batches that had centroids.
  var inertia = 0.0
  var inertiaAfter = 0.0
  /// The largest move.
  var moved: Double?
  var scored: Int
  var outliers: Int
  var skipped: Int
  /// Of the last batch that has them.
  var speed: Double?
  var shareChange: Double?
  var alarms: Int
  /// Of the slowest update.
  var seconds: Double

  init(_ news: BatchNews) {
    (batch, points) = (news.number, news.points)
    weight = news.inertia == nil ? 0 : news.weight
    inertia = news.inertia ?? 0
    inertiaAfter = news.inertiaAfter ?? news.inertia ?? 0
    moved = news.moved
    (scored, outliers) = (news.scored, news.outliers)
    skipped = news.skipped.values.reduce(0, +)
    (speed, shareChange) = (news.drift?.speed, news.drift?.shareChange)
    alarms = news.drift?.alarms.count ?? 0
    seconds = news.seconds
  }

  var inertiaPerPoint: Double? { weight > 0 ? inertia / weight : nil }
  var inertiaAfterPerPoint: Double? { weight > 0 ? inertiaAfter / weight : nil }
  var outlierShare: Double? { scored > 0 ? Double(outliers) / Double(scored) : nil }

  mutating func merge(_ later: BatchSample) {
    batch = later.batch
    points += later.points
    weight += later.weight
    inertia += later.inertia
    inertiaAfter += later.inertiaAfter
    moved = [moved, later.moved].compactMap { $0 }.max()
    scored += later.scored
    outliers += later.outliers
    skipped += later.skipped
    speed = later.speed ?? speed
    shareChange = later.shareChange ?? shareChange
    alarms += later.alarms
    seconds = max(seconds, later.seconds)
  }
}

/// The samples of all batches so far. Where they would be too many, two neighbours become one, so
/// that each is of as many batches as the others, but for the last.
struct BatchSeries: Sendable {
  /// An even number.
  static let limit = 256

  private(set) var samples: [BatchSample] = []
  /// The number of batches of a sample.
  private(set) var every = 1
  /// The number of batches of the last one.
  private var inLast = 0

  /// - Complexity: O(1), amortised.
  mutating func add(_ sample: BatchSample) {
    if inLast < every, let last = samples.indices.last {
      samples[last].merge(sample)
      inLast += 1
      return
    }
    if samples.count == Self.limit {
      samples = stride(from: 0, to: Self.limit, by: 2).map { place in
        var sample = samples[place]
        sample.merge(samples[place + 1])
        return sample
      }
      every *= 2
    }
    samples.append(sample)
    inLast = 1
  }
}
