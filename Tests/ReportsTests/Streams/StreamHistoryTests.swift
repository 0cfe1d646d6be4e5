import Clustering
import Foundation
import KMeansReports
import Testing

/// Traces, as reports take them.
@Suite struct StreamHistoryTests {
  static func record(
    _ batch: Int, _ centroids: [[Double]], ids: [Int]? = nil, points: Int = 10,
    events: [TraceRecord.Event] = []
  ) throws -> TraceRecord {
    let ids = ids ?? Array(centroids.indices)
    let weights = centroids.map { _ in 5.0 }
    let text =
      "{\"batch\":\(batch),\"points\":\(points),\"time\":\(batch).0,\"centroids\":\(centroids),"
      + "\"weights\":\(weights),\"ids\":\(ids),\"inertia\":2.5,\"events\":[]}"
    var record = try JSONDecoder().decode(TraceRecord.self, from: Data(text.utf8))
    record.events = events
    return record
  }

  @Test func `a line of a trace is a record`() throws {
    let text =
      "{\"batch\":2,\"points\":1,\"time\":2.0,\"centroids\":[[1.625,2.0]],\"weights\":[1.5],"
      + "\"ids\":[7],\"inertia\":0.5625,\"events\":[{\"kind\":\"split\",\"cluster\":7,\"parent\":3,"
      + "\"label\":0},{\"kind\":\"drift\",\"of\":\"speed\",\"value\":61.5,\"threshold\":50.0}],"
      + "\"drift\":{\"speed\":0.25,\"shareChange\":0.0,\"statistics\":{\"inertia\":1.0,"
      + "\"shares\":0.0,\"speed\":61.5},\"alarms\":1}}"
    let record = try JSONDecoder().decode(TraceRecord.self, from: Data(text.utf8))
    #expect(record.centroids == [[1.625, 2]] && record.weights == [1.5] && record.ids == [7])
    #expect(record.events.map(\.kind) == ["split", "drift"])
    #expect(record.events[0].parent == 3 && record.events[1].threshold == 50)
    #expect(record.drift?.statistics["speed"] == 61.5)
    let copy = try JSONDecoder().decode(TraceRecord.self, from: JSONEncoder().encode(record))
    #expect(copy == record)
  }

  @Test func `batches go on along the axis where another run begins`() throws {
    var history = StreamHistory()
    for batch in [1, 2, 3, 1, 2] {
      #expect(history.add(try Self.record(batch, [[0, 1]])) == nil)
    }
    #expect(history.measures.map(\.x) == [1, 2, 3, 4, 5])
    #expect(history.frames.map(\.run) == [0, 0, 0, 1, 1])
    #expect(history.laterRuns == [4] && history.runCount == 2)
    #expect(history.measures[0].squaredDistance == 0.25)
  }

  @Test func `wrong lines are refused with what is wrong`() throws {
    var history = StreamHistory()
    #expect(history.add(try Self.record(1, [[0, 1]])) == nil)
    let three = history.add(try Self.record(2, [[0, 1, 2]]))
    #expect(three == "centroids of 3 columns, expected 2 as in the lines before")
    let ragged = history.add(try Self.record(2, [[0, 1], [0]]))
    #expect(ragged == "centroids of different lengths, or of none")
    #expect(history.add(try Self.record(2, [[0, 1]], ids: [1, 2]))?.contains("2 ids") == true)
    #expect(
      history.add(try Self.record(2, [[0, 1], [2, 2]], ids: [1, 1])) == "an id twice among [1, 1]")
    #expect(history.add(try Self.record(0, [])) == "batch 0 of 10 points")
    let truth = TruthRecord(batch: 2, centers: [[1]], weights: nil, ids: nil, events: nil)
    let other = history.add(try Self.record(2, [[0, 1]]), truth: truth)
    #expect(other == "centroids of 2 columns, and the truth has 1")
    // None of them has left anything behind.
    #expect(history.measures.count == 1 && history.frames.count == 1)
  }

  @Test func `of many batches some are kept, the last one among them`() throws {
    var history = StreamHistory(frames: 20)
    for batch in 1...1001 { _ = history.add(try Self.record(batch, [[Double(batch)]])) }
    #expect(history.measures.count == 1001 && history.frameCount == 1001)
    #expect(history.frames.count == 20)
    #expect(history.frames.first?.x == 1 && history.frames.last?.x == 1001)
    let steps = zip(history.frames, history.frames.dropFirst()).map { $1.x - $0.x }
    #expect(steps.allSatisfy { $0 > 20 && $0 < 100 })
  }

  @Test func `the distance to the truth is that of each center to its nearest centroid`() {
    let truth = TruthRecord(
      batch: 1, centers: [[0, 0], [10, 0]], weights: [0.75, 0.25], ids: nil, events: nil)
    #expect(truth.distance(of: [[0, 2], [10, 0], [50, 50]]) == 3.0.squareRoot())
    #expect(truth.distance(of: []) == nil)
  }

  @Test func `points are sampled at even distances`() {
    var sample = PointSample(most: 10)
    for point in 0..<1000 where sample.takesNext() { sample.add([Double(point)], batch: 1) }
    #expect(sample.total == 1000 && sample.points.count <= 10 && sample.points.count > 5)
    let steps = zip(sample.points, sample.points.dropFirst()).map { $1.values[0] - $0.values[0] }
    #expect(Set(steps) == [128])
    #expect(sample.note?.hasPrefix("Of 1000 points 8 are drawn") == true)
  }
}
