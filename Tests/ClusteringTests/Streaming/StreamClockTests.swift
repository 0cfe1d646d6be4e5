import Clustering
import Foundation
import Testing

@Suite("Time in seconds") struct StreamClockTests {
  private func stream(
    halfLife: Double = 10, jump: Double = 100
  ) throws -> StreamingKMeans<Double> {
    var parameters = StreamingParameters(
      clusterCount: 1, forgetting: .halfLife(halfLife, .seconds), seed: 0)
    parameters.maxTimeJump = jump
    parameters.deaths = .never
    return try StreamingKMeans(parameters, centroids: Matrix([[0.0]]))
  }

  @discardableResult
  private func learn(
    _ stream: inout StreamingKMeans<Double>, _ values: [Double], at times: [Double]
  ) throws(ClusteringError) -> BatchReport {
    let rows = try! Matrix(values.span, columns: 1)
    return try stream.update(rows.view, times: times.span)
  }

  @Test
  func `late and unordered points count by their time, whatever batch they come in`() throws {
    let times: [Double] = [1e9, 1e9 + 3, 1e9 + 50, 1e9 + 49, 1e9 + 20, 1e9 + 51]
    let values = [1.0, 2, 3, 4, 5, 6]
    var weight = 0.0
    var sum = 0.0
    for (time, value) in zip(times, values) {
      let kept = exp2((time - times.max()!) / 10)
      weight += kept
      sum += kept * value
    }
    let orders = [[0, 1, 2, 3, 4, 5], [5, 4, 3, 2, 1, 0], [2, 0, 5, 1, 4, 3]]
    for order in orders {
      for size in [1, 2, 3, 6] {
        var stream = try stream()
        for first in stride(from: 0, to: 6, by: size) {
          let rows = order[first..<first + size]
          try learn(&stream, rows.map { values[$0] }, at: rows.map { times[$0] })
        }
        #expect(relativeDifference(stream.clusterWeights[0], weight) < 1e-13)
        #expect(relativeDifference(stream.centroids![0, 0], sum / weight) < 1e-13)
        #expect(stream.time == times.max())
      }
    }
  }

  @Test
  func `years of half-lives neither overflow nor vanish`() throws {
    var stream = try stream(halfLife: 1)
    for batch in 0..<5000 {
      let time = 1e9 + Double(batch)
      try learn(&stream, [Double(batch % 7)], at: [time])
      if batch > 100 { #expect((stream.clusterWeights[0] - 2).magnitude < 1e-12) }
    }
  }

  @Test
  func `a jump by more than 100 half-lives is refused by its row, and nothing changes`() throws {
    var stream = try stream()
    try learn(&stream, [1, 2], at: [1.7e9, 1.7e9 + 1])
    let before = (stream.centroids, stream.clusterWeights, stream.batchCount, stream.time)
    #expect(
      throws: ClusteringError.streaming(
        .timeJump(row: 1, time: 1.7e12, latest: 1.7e9 + 5, halfLives: 100))
    ) {
      try learn(&stream, [3, 4], at: [1.7e9 + 5, 1.7e12])
    }
    #expect(stream.centroids == before.0 && stream.clusterWeights == before.1)
    #expect(stream.batchCount == before.2 && stream.time == before.3)
    try learn(&stream, [5], at: [1.7e9 + 1 + 1000])
    #expect(throws: ClusteringError.self) { try learn(&stream, [5], at: [1.7e9 + 2001.1]) }
    // In the first batch, too.
    var fresh = try self.stream()
    #expect(throws: ClusteringError.self) { try learn(&fresh, [1, 2], at: [1.7e9, 1.7e12]) }
    #expect(fresh.time == nil)
    var patient = try self.stream(jump: 1e12)
    try learn(&patient, [1], at: [0])
    try learn(&patient, [7], at: [1e9])
    #expect(patient.centroids![0, 0] == 7)
  }

  @Test
  func `points from more than 100 half-lives before the first one are counted and left out`() throws
  {
    var stream = try stream()
    let first = try learn(&stream, [1, 70], at: [0, -5000])
    #expect(first.tooLatePoints == 1 && first.points == 2 && first.time == 0)
    #expect(stream.clusterWeights == [1] && stream.centroids![0, 0] == 1)
    // A hundred half-lives late is still learnt.
    #expect(try learn(&stream, [2], at: [-1000]).tooLatePoints == 0)
    let before = (stream.centroids, stream.clusterWeights, stream.time, stream.clusterVariances)
    let report = try learn(&stream, [2, 9], at: [-1000.5, -1e12])
    #expect(report.tooLatePoints == 2 && report.weights == [0] && report.inertia == 0)
    #expect(stream.centroids == before.0 && stream.clusterWeights == before.1)
    #expect(stream.time == before.2 && stream.clusterVariances == before.3)
    #expect(stream.batchCount == 3)
    // Beside others the batch is learnt as if they were not there.
    var other = stream
    #expect(try learn(&stream, [2, 8, 4], at: [1, -2000, 2]).tooLatePoints == 1)
    try learn(&other, [2, 4], at: [1, 2])
    #expect(stream.centroids == other.centroids && stream.clusterWeights == other.clusterWeights)
    // What is wrong with them is an error still.
    #expect(throws: ClusteringError.notFinite(row: 0, column: 0)) {
      try learn(&stream, [.nan], at: [-2000])
    }
    // The landmark follows, and never by so much that less than 100 half-lives may be late.
    for step in 1...60 { try learn(&stream, [1], at: [Double(step) * 100]) }
    #expect(try learn(&stream, [2], at: [-900]).tooLatePoints == 1)
    #expect(try learn(&stream, [2], at: [5000]).tooLatePoints == 0)
  }

  @Test
  func `centroids that were there before the first time are as old as it`() throws {
    let parameters = StreamingParameters(
      clusterCount: 2, forgetting: .halfLife(10, .seconds), seed: 0)
    var stream = try StreamingKMeans<Double>(
      parameters, centroids: Matrix([[0], [1000]]), weights: [4, 4])
    let (rows, times) = (try Matrix([[1.0], [2.0]]), [1.7e9, 1.7e9 + 10])
    #expect(try stream.update(rows.view, times: times.span).events.isEmpty)
    #expect(relativeDifference(stream.clusterWeights[1], 2) < 1e-14)
    #expect(relativeDifference(stream.clusterWeights[0], 3.5) < 1e-14)
  }

  @Test
  func `times are needed, one a point, finite`() throws {
    var stream = try stream()
    let rows = try Matrix([[1.0], [2.0]])
    #expect(throws: ClusteringError.streaming(.timesMissing)) { try stream.update(rows.view) }
    #expect(throws: ClusteringError.streaming(.timeCountMismatch(times: 1, points: 2))) {
      let times = [1.0]
      _ = try stream.update(rows.view, times: times.span)
    }
    #expect(throws: ClusteringError.self) { try learn(&stream, [1, 2], at: [1, .nan]) }
    #expect(throws: ClusteringError.self) { try learn(&stream, [1, 2], at: [1, .infinity]) }
    #expect(stream.batchCount == 0)
  }

  @Test
  func `the numbers of batches and points can be given, too`() throws {
    var parameters = StreamingParameters(
      clusterCount: 1, forgetting: .halfLife(1, .points), seed: 0)
    parameters.deaths = .never
    let initial = try Matrix([[0.0]])
    var whole = try StreamingKMeans(parameters, centroids: initial)
    var numbered = whole
    let rows = try Matrix([[1.0], [2.0], [3.0], [4.0]])
    _ = try whole.update(rows.view)
    let numbers = [[4.0, 2.0], [3.0, 1.0]]
    let values = [[4.0, 2.0], [3.0, 1.0]]
    for (numbers, values) in zip(numbers, values) {
      let part = try Matrix(values.span, columns: 1)
      _ = try numbered.update(part.view, times: numbers.span)
    }
    #expect(numbered.clusterWeights == whole.clusterWeights)
    #expect(relativeDifference(numbered.centroids![0, 0], whole.centroids![0, 0]) < 1e-15)
  }
}
