import Clustering
import KMeansReports
import KMeansScenes
import Testing

/// The truth beside streams whose batches are others than its own.
@Suite struct TruthAlignmentTests {
  /// Forty batches of a hundred points; something happens to two clusters in the fourteenth.
  static func records(_ points: [Int] = Array(repeating: 100, count: 40), times: Bool = false)
    -> [TruthRecord]
  {
    points.enumerated().map { place, points in
      let events = [0, 1].map { TruthRecord.Event(kind: "jump", cluster: $0) }
      return TruthRecord(
        batch: place + 1, points: points, time: times ? 1000.5 + Double(place) : nil,
        centers: [[Double(place + 1)]], weights: nil, ids: nil, events: place == 13 ? events : [])
    }
  }

  /// A line of a trace, and the batch of the truth that it should find, with or without the change.
  struct Line {
    let batch, points: Int
    var time = 0.0
  }

  /// The batches of the truth that some lines find, negative where the change is among them; 0 for
  /// none.
  static func found(_ lines: [Line], _ alignment: inout TruthAlignment) -> [Int] {
    lines.map { line in
      alignment.next(batch: line.batch, points: line.points, time: line.time).map {
        $0.change == nil ? $0.batch : -$0.batch
      } ?? 0
    }
  }

  private static func lines(_ count: Int, _ points: Int) -> [Line] {
    (1...count).map { Line(batch: $0, points: points) }
  }

  @Test func `batches of other sizes find the truth at their ends`() {
    var same = TruthAlignment(Self.records())
    #expect(
      Self.found(Self.lines(40, 100), &same) == (1...40).map { $0 == 14 ? -14 : $0 })
    #expect(same.remark("t") == nil)
    var larger = TruthAlignment(Self.records())
    #expect(
      Self.found(Self.lines(20, 200), &larger) == (1...20).map { $0 == 7 ? -14 : 2 * $0 })
    #expect(larger.remark("t") == nil)
    var smaller = TruthAlignment(Self.records())
    // The change is that of the first of the two.
    #expect(
      Self.found(Self.lines(80, 50), &smaller)
        == (1...80).map { $0 == 27 ? -14 : ($0 + 1) / 2 })
    var odd = TruthAlignment(Self.records())
    let lines = Self.lines(57, 70) + [Line(batch: 58, points: 10)]
    let found = Self.found(lines, &odd)
    #expect(found[17...19] == [13, -14, 14] && found.last == 40)
    #expect(odd.remark("t") == nil)
  }

  @Test func `a trace may leave batches out, and hold several runs`() {
    var third = TruthAlignment(Self.records())
    let every = (1...13).map { Line(batch: 3 * $0, points: 100) } + [Line(batch: 40, points: 100)]
    #expect(
      Self.found(every, &third) == (1...13).map { $0 == 5 ? -15 : 3 * $0 } + [40])
    var second = TruthAlignment(Self.records())
    let double = (1...10).map { Line(batch: 2 * $0, points: 200) }
    #expect(
      Self.found(double + double, &second).suffix(10) == [4, 8, 12, -16, 20, 24, 28, 32, 36, 40])
    #expect(second.remark("t") == nil)
    // Of what the trace leaves out the truth knows the sizes.
    let sizes = (0..<40).map { 10 + 7 * ($0 % 5) }
    var uneven = TruthAlignment(Self.records(sizes))
    let halves = (1...20).map { Line(batch: 2 * $0, points: sizes[2 * $0 - 1]) }
    #expect(Self.found(halves, &uneven) == (1...20).map { $0 == 7 ? -14 : 2 * $0 })
    #expect(uneven.remark("t") == nil)
  }

  @Test func `what cannot be matched has no truth, and is told`() {
    let lines = [
      Line(batch: 1, points: 200), .init(batch: 3, points: 150), .init(batch: 5, points: 200),
    ]
    var lost = TruthAlignment(Self.records())
    #expect(Self.found(lines, &lost) == [2, 6, 0])
    #expect(lost.remark("t")?.hasPrefix("from batch 5 on nobody knows") == true)
    // Times tell where points do not.
    var timed = TruthAlignment(Self.records(times: true))
    var late = lines
    late[2].time = 1015.25
    #expect(Self.found(late, &timed) == [2, 6, -16])
    // Other points than those of the truth.
    var more = TruthAlignment(Self.records())
    #expect(Self.found(Self.lines(42, 100), &more).suffix(3) == [40, 0, 0])
    #expect(
      more.remark("t") == "it is of 4000 points, t of 4200: the first of these are taken for the "
        + "first of those")
    var old = TruthAlignment([
      TruthRecord(batch: 2, centers: [[1]], weights: nil, ids: nil, events: nil)
    ])
    #expect(Self.found(Self.lines(2, 100), &old) == [0, 2])
    #expect(old.remark("t")?.hasPrefix("it does not say how many points") == true)
  }

  @Test func `a recovery is as long beside a truth of half the batches`() throws {
    var parameters = StreamingParameters(clusterCount: 1, forgetting: .halfLife(2), seed: 3)
    parameters.execution = Execution(threads: 1)
    var stream = StreamingKMeans<Double>(parameters)
    let batches = Array(try RecoveryTests.scene(1, 2).stream())
    var alignment = TruthAlignment(
      batches.flatMap { batch in
        (0..<2).map { half in
          var record = StreamRuns.truth(batch)
          (record.batch, record.points) = (2 * batch.number - 1 + half, 1500)
          if half == 1 { record.events = [] }
          return record
        }
      })
    var history = StreamHistory()
    for batch in batches {
      let record = TraceRecord(try stream.update(batch.points), of: stream)
      let truth = alignment.next(batch: record.batch, points: record.points, time: record.time)
      #expect(history.add(record, truth: truth) == nil)
      #expect(
        history.measures.last?.truthDistance
          == StreamRuns.truth(batch).distance(of: record.centroids))
    }
    #expect(history.changes.map(\.text) == ["jump of cluster 0, batch 61"])
    let curve = history.measures.compactMap { measure in
      measure.truthDistanceBefore.map { (x: measure.x, y: $0) }
    }
    #expect(Recovery(curve, change: try #require(history.changes.first?.x))?.batches == 7)
  }

  @Test func `rows of an input go to the batches that learnt them`() throws {
    var history = StreamHistory()
    for (batch, points) in [(1, 3), (2, 2), (1, 4), (2, 1)] {
      _ = history.add(try StreamHistoryTests.record(batch, [[0, 1]], points: points))
    }
    let all = try #require(StreamRows(history, count: 10))
    #expect(all.expected == 10)
    #expect((0..<11).map(all.batch) == [1, 1, 1, 2, 2, 3, 3, 3, 3, 4, nil])
    // As many as the second run has learnt.
    let second = try #require(StreamRows(history, count: 5))
    #expect(second.expected == 5)
    #expect((0..<6).map(second.batch) == [3, 3, 3, 3, 4, nil])
    #expect(StreamRows(history, count: 7)?.expected == 10)
    var sample = PointSample(most: 20)
    for row in 0..<6 where sample.takesNext() { sample.add([0], batch: row) }
    sample.assign(second.batch)
    #expect(sample.points.map(\.batch) == [3, 3, 3, 3, 4])
  }

  @Test func `a count that no stream can have is none`() {
    var count = PointCount()
    #expect(count.add(batch: 3, points: 10) == 0..<30)
    #expect(count.add(batch: 4, points: 7) == 30..<37)
    #expect(count.add(batch: 0, points: 1) == nil && count.add(batch: 5, points: -1) == nil)
    #expect(count.add(batch: .max, points: .max) == nil && count.total == nil)
    // Another run.
    #expect(count.add(batch: 1, points: 2) == 0..<2)
  }
}
