import Clustering
import Foundation
import KMeansFiles
import Testing

@Suite("A stream that begins among equal rows") struct StreamEqualRowsTests {
  private func column(_ values: [Double]) throws -> Matrix<Double> {
    try Matrix(values.span, columns: 1)
  }

  private func repeated(_ value: Double, _ count: Int) -> [Double] {
    Array(repeating: value, count: count)
  }

  /// What is lost by the centroids of a stream, by the definition.
  private func cost(_ centroids: Matrix<Double>, _ values: [Double]) -> Double {
    values.reduce(0) { sum, value in
      let squares = (0..<centroids.rows).map {
        (centroids[$0, 0] - value) * (centroids[$0, 0] - value)
      }
      return sum + squares.min()!
    }
  }

  @Test
  func `it waits for other rows however long that takes, and then costs no more than a fit`() throws
  {
    let tail = (0..<600).map { $0 % 2 == 0 ? 10.0 : 20 }
    let values = repeated(0, 600) + repeated(10, 600) + repeated(20, 600) + tail
    var stream = StreamingKMeans<Double>(clusterCount: 3, seed: 0)
    var reports: [BatchReport] = []
    for first in stride(from: 0, to: 2400, by: 600) {
      reports.append(try stream.learn(column(Array(values[first..<first + 600]))))
    }
    // Ten times the rows to begin with were awaited at once: from then on equal ones are one.
    #expect(reports.map(\.waitingValues) == [1, 2, nil, nil])
    #expect(reports.map(\.waitingPoints) == [600, 1200, 0, 0])
    #expect(reports[2].counts.sorted() == [600, 600, 600] && reports[2].spareClusters == 0)
    #expect(reports[2].events.count == 3)
    let centroids = try #require(stream.centroids)
    #expect((0..<3).map { centroids[$0, 0] }.sorted() == [0, 10, 20])
    #expect(stream.clusterWeights.sorted() == [600, 900, 900])
    let all = try column(values)
    let fit = try KMeans(clusterCount: 3, seed: 0).fit(all.view)
    #expect(fit.model.inertia == 0 && cost(centroids, values) == 0)
  }

  @Test(arguments: [1, 7, 500])
  func `ten round clusters behind a long constant start, in batches of every size`(_ size: Int)
    throws
  {
    var random = TestRandom(81)
    let start = repeated(5, 2500)
    let values = start + (0..<4000).map { Double($0 % 10) * 100 + random.bell() }
    var stream = StreamingKMeans<Double>(clusterCount: 10, seed: 1)
    for first in stride(from: 0, to: values.count, by: size) {
      _ = try stream.learn(column(Array(values[first..<min(first + size, values.count)])))
    }
    let whole = try column(values)
    let fit = try KMeans(clusterCount: 10, seed: 1).fit(whole.view)
    #expect(stream.clusterWeights.allSatisfy { $0 > 0 })
    // Greedy k-means++ among the first 200 rows behind the constant ones; empty clusters cost 1,000
    // times as much.
    #expect(cost(try #require(stream.centroids), values) < 3 * fit.model.inertia)
  }

  @Test
  func `a constant stream never begins, in bounded memory, and an archive goes on with it`() throws
  {
    var parameters = StreamingParameters(clusterCount: 3, forgetting: .halfLife(2), seed: 0)
    parameters.start = .firstRows(4)
    var stream = StreamingKMeans<Double>(parameters)
    for batch in 0..<200 {
      let report = try stream.learn(column(repeated(Double(batch % 2), 10)))
      #expect(report.waitingPoints == 10 * (batch + 1))
    }
    #expect(!stream.hasStarted && stream.waitingPointCount == 2000)
    let archive = stream.archive
    guard case .doubleMatrix(let rows, _, _)? = archive["waitingRows"] else {
      Issue.record("no waiting rows")
      return
    }
    #expect(rows == 2)
    var copy = try StreamingKMeans<Double>(archive)
    #expect(copy.archive == archive && copy.waitingPointCount == 2000)
    for bad: Archive.Value in [.ints([1]), .ints([1, 0]), .ints([1, .max]), .double(3)] {
      var damaged = archive
      damaged["waitingCounts"] = bad
      #expect(throws: FileError.self) { try StreamingKMeans<Double>(damaged) }
    }
    // Others come: after as many as it begins with, it begins.
    for value in [7.0, 8, 9, 7, 8, 9] {
      let report = try stream.learn(column([value]))
      #expect(try copy.learn(column([value])) == report)
    }
    #expect(stream.hasStarted && copy.archive == stream.archive)
    let weights = stream.clusterWeights
    // The rows that were one count for all of them: half is left after two batches.
    var expected = 0.0
    for batch in 0..<200 { expected += 10 * exp2(Double(batch - 205) / 2) }
    for last in 0..<6 { expected += exp2(Double(last - 5) / 2) }
    #expect(relativeDifference(weights.reduce(0, +), expected) < 1e-12)
  }

  @Test
  func `a stream that had to begin parts equal centroids when other rows come`() throws {
    var stream = StreamingKMeans<Double>(clusterCount: 3, seed: 0)
    try stream.learn(column(repeated(0, 10)))
    let begun = try #require(try stream.begin())
    #expect(begun.spareClusters == 2 && begun.events.map(\.label) == [0])
    // No row differs.
    let same = try stream.learn(column(repeated(0, 5)))
    #expect(same.spareClusters == 2 && same.events.isEmpty && same.counts == [5, 0, 0])
    let model = try #require(stream.latestModel)
    var resumed = try StreamingKMeans(
      StreamingParameters(clusterCount: 3, seed: 0), continuing: model)
    for next in [0, 1] {
      var stream = next == 0 ? stream : resumed
      let rows = try column(repeated(10, 6) + repeated(0, 3))
      let (predictions, report) = try stream.predictThenUpdate(rows.view, withLabels: true)
      // What is said of rows is what was known before them.
      #expect(predictions?.labels == Array(repeating: 0, count: 9))
      #expect(report.labels == Array(repeating: 0, count: 9))
      #expect(report.spareClusters == 1 && report.events.map(\.kind) == [.born])
      #expect(report.inertia == 0 && report.counts == [3, 6, 0])
      let last = try stream.learn(column([20, 0, 10]))
      #expect(last.spareClusters == 0 && last.counts == [1, 1, 1])
      let centroids = try #require(stream.centroids)
      #expect((0..<3).map { centroids[$0, 0] } == [0, 10, 20])
      #expect(stream.clusterWeights == [19, 7, 1] && stream.ids == [0, 1, 2])
    }
    // An update that fails leaves them where they were.
    let before = resumed.archive
    #expect(throws: ClusteringError.notFinite(row: 1, column: 0)) {
      try resumed.learn(column([10, .nan]))
    }
    #expect(resumed.archive == before)
  }

  @Test
  func `rows without weight are no places to begin with`() throws {
    var parameters = StreamingParameters(clusterCount: 2, seed: 0)
    parameters.start = .firstRows(3)
    var stream = StreamingKMeans<Double>(parameters)
    func update(_ values: [Double], _ weights: [Double]) throws -> BatchReport {
      let rows = try column(values)
      return try stream.update(rows.view, weights: weights.span)
    }
    // Nothing is kept of batches without any weight.
    for _ in 0..<100 { #expect(try update([1, 2, 3], [0, 0, 0]).waitingPoints == 0) }
    #expect(throws: ClusteringError.tooManyClusters(clusters: 2, points: 0)) {
      try stream.begin()
    }
    #expect(try update([1, 2, 3], [1, 0, 0]).waitingPoints == 3)
    #expect(try update([4, 5, 6], [0, 0, 2]).waitingPoints == 0)
    #expect(stream.clusterWeights.sorted() == [1, 2])
  }

  @Test
  func `rows that differ, but not where clusters see them, do not fill the memory`() throws {
    // One standardised column has two directions only.
    var parameters = StreamingParameters(clusterCount: 3, seed: 0)
    parameters.start = .firstRows(3)
    parameters.standardizes = true
    parameters.distance = .cosine
    var stream = StreamingKMeans<Double>(parameters)
    var batches = 0
    while !stream.hasStarted, batches < 500 {
      try stream.learn(column([Double(batches) + 0.25, Double(-batches) - 0.75]))
      batches += 1
    }
    #expect(stream.hasStarted && batches < 60)
    // By the cosine alone all of them are one.
    parameters.standardizes = false
    stream = StreamingKMeans<Double>(parameters)
    for batch in 1...300 { try stream.learn(column([Double(batch)])) }
    guard case .doubleMatrix(let rows, _, _)? = stream.archive["waitingRows"] else {
      Issue.record("no waiting rows")
      return
    }
    #expect(rows == 1 && stream.waitingPointCount == 300)
  }
}
