import Clustering
import Foundation
import Testing

@Suite("Predictions") struct PredictionTests {
  /// Points of normal clusters in 16 columns, of different widths.
  private func points(_ count: Int, _ random: inout TestRandom) throws -> Matrix<Double> {
    let values = (0..<count * 16).map { place -> Double in
      let (row, column) = (place / 16 % 3, place % 4)
      return Double(row * 200) + normal(&random) * Double((1 + column) * (1 + row))
    }
    return try Matrix(values.span, columns: 16)
  }

  /// Box and Muller: the tails matter here.
  private func normal(_ random: inout TestRandom) -> Double {
    let radius = (-2 * log(1 - Double.random(in: 0..<1, using: &random))).squareRoot()
    return radius * cos(2 * .pi * Double.random(in: 0..<1, using: &random))
  }

  @Test
  func `the share of points of normal clusters with p < 0.01 is about 0.01, and so for others`()
    throws
  {
    var random = TestRandom(16)
    var stream = try StreamingKMeans<Double>(
      centroids: Matrix((0..<3).map { Array(repeating: Double($0 * 200), count: 16) }),
      forgetting: .halfLife(5), seed: 0)
    for _ in 0..<20 { _ = try stream.learn(points(3000, &random)) }
    let predictions = try stream.ask(points(60_000, &random))
    for (level, range) in [(0.01, 0.007...0.013), (0.1, 0.09...0.11), (0.5, 0.48...0.52)] {
      let share = Double(predictions.tailProbabilities.count { $0 < level }) / 60_000
      #expect(range.contains(share), "\(level): \(share)")
    }
    // The radius is the root of the mean squared distance.
    let mean = predictions.outlierScores.reduce(0) { $0 + $1 * $1 } / 60_000
    #expect((mean - 1).magnitude < 0.02)
    let odd = try stream.ask(Matrix([Array(repeating: 60.0, count: 16)]))
    #expect(odd.outlierScores[0] > 4 && odd.tailProbabilities[0] < 1e-100)
  }

  @Test
  func `distances, margins and ids are those of the two nearest centroids`() throws {
    let centers: [[Float]] = [[0, 0], [10, 0], [0, 4]]
    var stream = try StreamingKMeans<Float>(
      centroids: Matrix(centers), weights: [5, 5, 5], forgetting: .never, seed: 0)
    let rows = try Matrix<Float>([[1, 0], [7, 0], [0, 3], [5, 0]])
    let found = try stream.predict(rows.view)
    #expect(found.labels == [0, 1, 2, 0])
    #expect(found.ids == [0, 1, 2, 0])
    #expect(found.squaredDistances == [1, 9, 1, 25])
    let second = Double(17).squareRoot()
    #expect(found.margins == [second - 1, 4, 2, 0])
    // No points yet: nothing is known of any spread.
    #expect(found.outlierScores.allSatisfy(\.isNaN) && found.tailProbabilities.allSatisfy(\.isNaN))
    let (before, report) = try stream.predictThenUpdate(rows.view, withLabels: true)
    #expect(before?.labels == found.labels && before?.margins == found.margins)
    #expect(report.labels == found.labels)
    // Now there are; what never varied is certain on its value and impossible off it.
    let after = try stream.predict(rows.view)
    #expect(after.outlierScores.allSatisfy { !$0.isNaN })
    #expect(try stream.ask(Matrix<Float>([[0, 9]])).outlierScores[0] > 0)
    #expect(try stream.ask(Matrix<Float>([[7, 0.5]])).tailProbabilities[0] == 0)
  }

  @Test
  func `predicting and learning in one call equals one after the other, bit for bit`() throws {
    let sample = StreamSample(batches: 12, clusters: 4, columns: 9, seed: 4, sizes: 0...3000)
    let centers = try Matrix(sample.centers.map { $0.map { Float($0) } })
    var together = try StreamingKMeans(centroids: centers, forgetting: .halfLife(2), seed: 0)
    var apart = together
    for batch in sample.batches.indices {
      let points = try sample.matrix(batch, of: Float.self)
      let weights = sample.weights[batch]
      let predictions = try apart.predict(points.view)
      let report = try apart.update(points.view, weights: weights.span, withLabels: true)
      let both = try together.predictThenUpdate(
        points.view, weights: weights.span, withLabels: true)
      #expect(both.report.labels == report.labels && both.report.moves == report.moves)
      #expect(both.report.inertia == report.inertia)
      #expect(together.latestModel == apart.latestModel)
      // NaN is not equal to itself.
      #expect("\(both.predictions!)" == "\(predictions)")
    }
  }

  @Test(arguments: 0..<16 as Range<UInt8>)
  func `parts are those of all predictions, and what was not asked for is empty`(parts: UInt8)
    throws
  {
    let parts = Predictions.Parts(rawValue: parts)
    let sample = StreamSample(batches: 6, clusters: 4, columns: 9, seed: 5, sizes: 0...2500)
    let centers = try Matrix(sample.centers.map { $0.map { Float($0) } })
    var whole = try StreamingKMeans(centroids: centers, forgetting: .halfLife(2), seed: 0)
    var some = whole
    for batch in sample.batches.indices {
      let points = try sample.matrix(batch, of: Float.self)
      let alone = try some.predict(points.view, predicting: parts)
      let expected = try whole.predictThenUpdate(points.view).predictions!
      let found = try some.predictThenUpdate(points.view, predicting: parts).predictions!
      for predictions in [alone, found] {
        #expect(predictions.labels == expected.labels && predictions.ids == expected.ids)
        check(predictions.squaredDistances, expected.squaredDistances, parts, .squaredDistances)
        check(predictions.margins, expected.margins, parts, .margins)
        check(predictions.outlierScores, expected.outlierScores, parts, .outlierScores)
        check(predictions.tailProbabilities, expected.tailProbabilities, parts, .tailProbabilities)
      }
      #expect(some.latestModel == whole.latestModel)
    }
  }

  private func check(
    _ found: [Double], _ all: [Double], _ parts: Predictions.Parts, _ part: Predictions.Parts
  ) {
    let expected = parts.contains(part) ? all : []
    // By bits: NaN is not equal to itself.
    #expect(found.map(\.bitPattern) == expected.map(\.bitPattern))
  }

  @Test
  func `before there are centroids it is an error that says so`() throws {
    var stream = StreamingKMeans<Float>(clusterCount: 3, seed: 0)
    let rows = try Matrix<Float>(rows: 10, columns: 2)
    #expect(throws: ClusteringError.streaming(.notStarted(rows: 0, needed: 60))) {
      _ = try stream.predict(rows.view)
    }
    let (predictions, report) = try stream.predictThenUpdate(rows.view)
    #expect(predictions == nil && report.waitingPoints == 10)
    #expect(throws: ClusteringError.streaming(.notStarted(rows: 10, needed: 60))) {
      _ = try stream.predict(rows.view)
    }
  }
}
