// Rows at the mean of all columns have no direction once these are standardised: a stream that is
// to leave them out is as had they not come.
import Clustering
import Testing

@Suite struct StreamDirectionTests {
  /// Their mean is (2, 3).
  private let first = [[1.0, 2], [3, 4], [1, 4], [3, 2]]
  private let middle = [2.0, 3]

  private func stream(
    _ firstRows: Int = 4, leavingOut: Bool = true, _ forgetting: Forgetting = .halfLife(2)
  ) -> StreamingKMeans<Double> {
    var parameters = StreamingParameters(clusterCount: 2, forgetting: forgetting, seed: 1)
    (parameters.distance, parameters.standardizes) = (.cosine, true)
    parameters.start = .firstRows(firstRows)
    parameters.leavesOutZeroRows = leavingOut ? true : nil
    return StreamingKMeans(parameters)
  }

  @Test(arguments: [Forgetting.halfLife(2), .halfLife(9, .points), .halfLife(3, .seconds)])
  func `a stream is as had they not come`(forgetting: Forgetting) throws {
    var stream = stream(4, forgetting)
    var other = stream
    let isTimed = forgetting.unit == .seconds
    let rows = try Matrix(first)
    let times = isTimed ? (0..<4).map { 100 + Double($0) } : nil
    let report = try stream.update(rows.view, times: times?.span)
    #expect(report.points == 4 && report.leftOutRows == [] && report.counts.reduce(0, +) == 4)
    #expect(try other.update(rows.view, times: times?.span) == report)
    try learnMore(&stream, &other)
  }

  private func learnMore(
    _ stream: inout StreamingKMeans<Double>, _ other: inout StreamingKMeans<Double>
  ) throws {
    let isTimed = stream.parameters.forgetting.unit == .seconds
    let batch = [middle, [0, 5], middle, [4, 1], [9, 3], middle]
    let weights = [9.0, 1, 9, 2, 3, 9]
    let later = isTimed ? [999.0, 105, 1, 106, 104, 998] : nil
    let kept = [1, 3, 4]
    let (all, some) = (try Matrix(batch), try Matrix(kept.map { batch[$0] }))
    let (someWeights, someTimes) = (
      kept.map { weights[$0] }, later.map { later in kept.map { later[$0] } }
    )
    let (found, report) = try stream.predictThenUpdate(
      all.view, weights: weights.span, times: later?.span, withLabels: true)
    let (expected, otherReport) = try other.predictThenUpdate(
      some.view, weights: someWeights.span, times: someTimes?.span,
      withLabels: true)
    #expect(stream.archive == other.archive)
    #expect(report.leftOutRows == [0, 2, 5] && report.points == 3)
    #expect(report.inertia == otherReport.inertia && report.counts == otherReport.counts)
    let (predictions, known) = (try #require(found), try #require(expected))
    #expect(predictions.count == 6)
    for (row, number) in kept.enumerated() {
      #expect(predictions.labels[number] == known.labels[row])
      #expect(predictions.ids[number] == known.ids[row])
      #expect(predictions.squaredDistances[number] == known.squaredDistances[row])
      #expect(report.labels?[number] == otherReport.labels?[row])
    }
    for number in [0, 2, 5] {
      #expect(predictions.labels[number] == -1 && predictions.ids[number] == -1)
      #expect(predictions.margins[number].isNaN && predictions.outlierScores[number].isNaN)
      #expect(report.labels?[number] == -1)
    }
    // Nothing but such rows is a batch without points.
    let middles = try Matrix([middle, middle])
    let (none, noTimes) = (try Matrix<Double>(rows: 0, columns: 2), isTimed ? [Double]() : nil)
    let two = isTimed ? [110.0, 111] : nil
    let empty = try stream.update(middles.view, times: two?.span, withLabels: true)
    _ = try other.update(none.view, times: noTimes?.span)
    #expect(empty.points == 0 && empty.labels == [-1, -1] && stream.archive == other.archive)
    #expect(try stream.predict(middles.view).labels == [-1, -1])
    #expect(try StreamingKMeans<Double>(stream.archive).predict(middles.view).labels == [-1, -1])
  }

  @Test func `they are left out of the first rows`() throws {
    // In one batch, in several, and where the stream is told to begin.
    let rows = [middle] + first + [middle]
    for size in [6, 2, 1] {
      var stream = stream(6)
      var reports: [BatchReport] = []
      for start in stride(from: 0, to: 6, by: size) {
        reports.append(try stream.learn(Matrix(Array(rows[start..<start + size]))))
      }
      let last = try #require(reports.last)
      #expect(last.leftOutRows == (size == 6 ? [0, 5] : [size - 1]))
      #expect(last.leftOutFirstRows == (size == 6 ? 0 : 1))
      #expect(last.points == size - last.leftOutRows.count)
      #expect(last.counts.reduce(0, +) == 4 && stream.clusterWeights.reduce(0, +) > 0)
      #expect(stream.pointCount == 4)
    }
    var waiting = stream(100)
    try waiting.learn(Matrix(rows))
    #expect(waiting.pointCount == 6)
    let begun = try #require(try waiting.begin())
    #expect(begun.leftOutFirstRows == 2 && begun.counts.reduce(0, +) == 4)
    #expect(waiting.pointCount == 4)
  }

  @Test func `deviations are those of all first rows`() throws {
    var stream = stream(6)
    try stream.learn(Matrix([middle] + first + [middle]))
    let deviation = (4.0 / 6).squareRoot()
    #expect(
      try #require(stream.latestModel).transform.standardization
        == .init(means: [2, 3], deviations: [deviation, deviation]))
  }

  @Test func `a stream waits where others are too few`() throws {
    var stream = stream(4)
    let middles = try Matrix(Array(repeating: middle, count: 4))
    for _ in 0..<30 { try stream.learn(middles) }
    #expect(!stream.hasStarted && stream.keptPointCount == 1)
    #expect(throws: ClusteringError.tooManyClusters(clusters: 2, points: 0)) {
      try stream.begin()
    }
    for _ in 0..<30 where !stream.hasStarted { try stream.learn(Matrix(first)) }
    #expect(stream.hasStarted && stream.pointCount.isMultiple(of: 4))
    #expect(stream.clusterWeights.reduce(0, +) > 0)
  }

  @Test func `errors name the rows of the batch`() throws {
    var stream = stream()
    try stream.learn(Matrix(first))
    #expect(throws: ClusteringError.notFinite(row: 2, column: 1)) {
      try stream.learn(Matrix([middle, [1, 2], [3, .nan]]))
    }
    let rows = try Matrix([middle, [1, 2]])
    let weights = [1, -1.0]
    #expect(throws: ClusteringError.invalidWeight(row: 1, weight: -1)) {
      try stream.update(rows.view, weights: weights.span)
    }
    #expect(throws: ClusteringError.dimensionMismatch(found: 3, expected: 2)) {
      try stream.learn(Matrix([[2, 3, 0]]))
    }
    var strict = self.stream(leavingOut: false)
    try strict.learn(Matrix(first))
    #expect(throws: ClusteringError.zeroRow(0)) { try strict.learn(Matrix([middle, [1, 2]])) }
  }
}
