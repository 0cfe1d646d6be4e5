import KMeansLivePage

/// A stream with some batches, as a feed knows it.
enum SampleFeed {
  /// News of a batch of 100 points whose inertia per point is its number.
  static func batch(_ number: Int) -> BatchNews {
    var news = BatchNews(number: number, points: 100)
    (news.time, news.weight) = (Double(number), 100)
    (news.inertia, news.inertiaAfter) = (100 * Double(number), 50 * Double(number))
    news.moved = 0.5
    (news.scored, news.outliers) = (100, 3)
    news.skipped = ["value": 2, "zero": 0]
    news.seconds = 0.003
    news.readSeconds = 0.5
    return news
  }

  /// Two clusters that lie apart in the second and third of three columns.
  static func clusters(_ batch: Int) -> ClusterNews {
    ClusterNews(
      batch: batch, time: Double(batch), ids: [0, 7], weights: [30, 10],
      centroids: [1, 0, -5, 1, 4, 5.5], dimension: 3)
  }

  /// Two batches, a split in the second.
  static func full() -> LiveFeed {
    let feed = LiveFeed()
    var names = StreamNames()
    names.input = "\"a.csv\""
    names.columns = ["\"x\"", "\"</script><b>\"", "\"z\\\"\\n\""]
    names.watchesDrift = true
    feed.set(names)
    feed.add(batch(1))
    var second = batch(2)
    second.events = [.died(3), .split(7, parent: 0)]
    second.drift = DriftNews(
      speed: 0.25, shareChange: 0.01, statistics: [("inertia", 2.5), ("shares", 0)],
      alarms: ["inertia"])
    feed.add(second)
    feed.set(clusters(2))
    return feed
  }
}
