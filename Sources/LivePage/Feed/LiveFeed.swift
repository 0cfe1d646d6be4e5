// What a stream tells those who watch it.

import KMeansLocks

/// The state of a stream as its page shows it. The thread that learns adds what a batch brought,
/// and never waits for more than a copy of a few hundred numbers; another one asks for the clusters
/// from time to time.
package final class LiveFeed: Sendable {
  private let state = Mutex(FeedState())
  /// The frames for all open pages.
  package let mailbox = Mailbox<[UInt8]>()
  /// The seats of open pages.
  package let seats = Seats(Seats.most)

  package init() {}

  /// Says what is watched, once it is known.
  package func set(_ names: StreamNames) { state.withLock { $0.names = names } }

  /// Adds a batch.
  package func add(_ news: BatchNews) { state.withLock { $0.add(news) } }

  /// Takes the clusters as they are after the last batch.
  package func set(_ clusters: ClusterNews) { state.withLock { $0.set(clusters) } }

  /// Says that no batch will come.
  package func end() { state.withLock { $0.end() } }

  /// The number of changes so far.
  package var version: Int { state.withLock { $0.version } }

  /// Sends the state to all who watch.
  package func publish() { mailbox.post(FeedMessage.frame(snapshot, withSamples: false)) }

  /// What a page gets first: the past as well.
  package var firstFrame: [UInt8] { FeedMessage.frame(snapshot, withSamples: true) }

  /// What Prometheus reads.
  package var metrics: String { MetricsText.text(snapshot, pages: seats.taken) }

  /// The clusters, text by text, so that no text of all of them is ever there.
  package var model: ModelText { ModelText(snapshot) }

  /// A copy: texts are written without the lock.
  private var snapshot: FeedState { state.withLock { $0 } }
}

/// What a feed knows.
struct FeedState: Sendable {
  var names = StreamNames()
  private(set) var totals = FeedTotals()
  private(set) var series = BatchSeries()
  private(set) var lifelines = Lifelines()
  private(set) var samples = ClusterSamples()
  private(set) var projection = Projection()
  private(set) var clusters: ClusterNews?
  private(set) var hasEnded = false
  private(set) var version = 0

  mutating func add(_ news: BatchNews) {
    version += 1
    totals.add(news)
    series.add(BatchSample(news))
    for event in news.events { lifelines.add(event, batch: news.number) }
    for test in news.drift?.alarms ?? [] {
      lifelines.add(.drift(of: test), batch: news.number)
    }
  }

  mutating func set(_ clusters: ClusterNews) {
    version += 1
    self.clusters = clusters
    guard !clusters.ids.isEmpty else { return }
    projection.choose(for: clusters)
    lifelines.see(clusters.ids, batch: clusters.batch)
    samples.add(
      ClusterSample(clusters, columns: projection.columns, projection: projection.number))
  }

  mutating func end() {
    version += 1
    hasEnded = true
  }
}
