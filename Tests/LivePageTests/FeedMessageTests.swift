import Foundation
import KMeansLivePage
import Testing

/// What a page gets.
@Suite struct FeedMessageTests {
  struct Sample: Decodable {
    let batch: Int
    let projection: Int
    let ids: [Int]
    let weights, x, y: [Double?]
  }

  struct Series: Decodable {
    let every: Int
    let batch: [Int]
    let inertia, moved, outlierShare, speed: [Double?]
    let skipped: [Int]
  }

  struct Message: Decodable {
    let input: String
    let ended: Bool
    let batch, points, skipped, clusters: Int
    let columns: [String]
    let series: Series
    let lives: [[Int?]]
    let now: Sample?
    let samples: [Sample]?
  }

  private func message(_ frame: [UInt8]) throws -> Message {
    let text = String(decoding: frame, as: UTF8.self)
    #expect(text.hasPrefix("data: {") && text.hasSuffix("}\n\n"))
    // One event is one line.
    #expect(text.dropLast(2).allSatisfy { $0 != "\n" && $0 != "\r" })
    return try JSONDecoder().decode(Message.self, from: Data(text.dropFirst(6).utf8))
  }

  @Test func `the first frame has the past`() throws {
    let message = try message(SampleFeed.full().firstFrame)
    #expect(message.input == "a.csv" && !message.ended)
    #expect(message.batch == 2 && message.points == 200 && message.skipped == 4)
    #expect(message.series.batch == [1, 2] && message.series.inertia == [1, 2])
    #expect(message.series.outlierShare == [0.03, 0.03] && message.series.skipped == [2, 2])
    #expect(message.series.speed == [nil, 0.25])
    // The columns in which they vary most, as they are called.
    #expect(message.columns == ["</script><b>", "z\"\n"])
    let now = try #require(message.now)
    #expect(now.ids == [0, 7] && now.weights == [30, 10])
    #expect(now.x == [0, 4] && now.y == [-5, 5.5])
    #expect(message.samples?.count == 1)
    #expect(message.lives == [[3, 0, 2, nil], [0, 2, nil, nil], [7, 2, nil, 0]])
  }

  @Test func `later frames have what is now`() async throws {
    let feed = SampleFeed.full()
    feed.end()
    feed.publish()
    let message = try message(try #require(await feed.mailbox.next(after: 0)).value)
    #expect(message.ended && message.samples == nil && message.now?.batch == 2)
  }

  @Test func `a feed without a batch`() throws {
    let message = try message(LiveFeed().firstFrame)
    #expect(message.batch == 0 && message.now == nil && message.series.batch.isEmpty)
  }

  @Test func `numbers that are none are null`() throws {
    let feed = LiveFeed()
    var news = SampleFeed.batch(1)
    (news.inertia, news.moved) = (.infinity, .nan)
    feed.add(news)
    feed.set(
      ClusterNews(
        batch: 1, time: nil, ids: [0], weights: [1e300], centroids: [-1e-300, 1e39], dimension: 2))
    let message = try message(feed.firstFrame)
    #expect(message.series.inertia == [nil] && message.series.moved == [nil])
    #expect(message.now?.weights == [1e300])
    #expect(message.now?.x == [-1e-300] && message.now?.y == [1e39])
  }

  @Test func `a stream of very many clusters sends the largest`() throws {
    let feed = LiveFeed()
    let count = 10_000
    feed.add(SampleFeed.batch(1))
    feed.set(
      ClusterNews(
        batch: 1, time: nil, ids: Array(0..<count), weights: (0..<count).map { Double($0) },
        centroids: (0..<2 * count).map { Double($0) }, dimension: 2))
    let message = try message(feed.firstFrame)
    #expect(message.clusters == count)
    #expect(message.now?.ids == Array(count - 200..<count))
    #expect(feed.firstFrame.count < 100_000)
  }

  @Test func `the past stays short however long a stream runs`() throws {
    let feed = LiveFeed()
    let batches = 20_000
    for number in 1...batches {
      var news = SampleFeed.batch(number)
      news.events = [.died(number - 1), .born(number)]
      feed.add(news)
      if number.isMultiple(of: 100) { feed.set(SampleFeed.clusters(number)) }
    }
    let message = try message(feed.firstFrame)
    let series = message.series
    #expect(series.batch.count <= 256 && series.batch.count > 128)
    #expect(series.batch.last == batches && series.every == 128)
    // All batches are in it.
    #expect(series.skipped.reduce(0, +) == 2 * batches)
    #expect(series.batch.first == 128 && series.inertia.first == 64.5)
    #expect(try #require(message.samples).count <= 121)
    #expect(message.lives.count <= 66)
  }
}
