// What is counted of a stream since its page is served.

/// Sums over all batches, and the figures of the last.
struct FeedTotals: Sendable {
  var batches = 0
  var points = 0
  var skipped: [String: Int] = [:]
  var latePoints = 0
  var readSeconds = 0.0
  var updates = LatencyHistogram()
  var alarms: [String: Int] = [:]
  /// The last batch, and the last of those that had figures of drift.
  var last: BatchNews?
  var drift: DriftNews?

  mutating func add(_ news: BatchNews) {
    batches += 1
    points += news.points
    skipped.merge(news.skipped, uniquingKeysWith: +)
    latePoints += news.latePoints
    readSeconds += news.readSeconds
    updates.add(news.seconds)
    for test in news.drift?.alarms ?? [] { alarms[test, default: 0] += 1 }
    last = news
    drift = news.drift ?? drift
  }
}
