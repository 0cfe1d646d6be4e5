import Testing

import Clustering

@Suite("The rule of a stream") struct StreamingRuleTests {
  private func batch(_ rows: [[Double]]) throws -> Matrix<Double> { try Matrix(rows) }

  @Test
  func `centroids and weights follow n' = a n + m, c' = (a n c + S) / (a n + m)`() throws {
    // The states of Apache Spark 4.3.0, whose decimal forms these are.
    var stream = try StreamingKMeans<Double>(
      centroids: batch([[0, 0], [1, 1]]), weights: [2, 4], forgetting: .decayFactor(0.5), seed: 0)
    let steps: [(batch: [[Double]], centers: [[Double]], weights: [Double])] = [
      ([[0.5, 0], [0.25, 0.25], [2, 2]], [[0.25, 1 / 12], [4 / 3, 4 / 3]], [3, 3]),
      ([[3, 1], [1, 3]], [[0.25, 1 / 12], [12 / 7, 12 / 7]], [1.5, 3.5]),
      (
        [[-1, -1]], [[-0.46428571428571425, -0.5357142857142857], [12 / 7, 12 / 7]], [1.75, 1.75]
      ),
    ]
    for step in steps {
      let rows = try batch(step.batch)
      _ = try stream.update(rows.view)
      let centroids = try #require(stream.centroids)
      for cluster in 0..<2 {
        for column in 0..<2 {
          #expect(abs(centroids[cluster, column] - step.centers[cluster][column]) < 1e-15)
        }
        #expect(abs(stream.clusterWeights[cluster] - step.weights[cluster]) < 1e-14)
      }
    }
  }

  @Test
  func `the first rows wait, and are learnt all at once`() throws {
    var stream = StreamingKMeans<Float>(clusterCount: 2, seed: 1)
    for number in 0..<4 {
      let rows = try Matrix<Float>((0..<10).map { [Float($0 % 2) * 100 + Float(number)] })
      let report = try stream.update(rows.view, withLabels: true)
      if number < 3 {
        #expect(report.labels == Array(repeating: -1, count: 10))
        #expect(report.waitingPoints == 10 * (number + 1))
        #expect(stream.latestModel == nil)
      } else {
        #expect(report.counts == [20, 20])
        #expect(report.events.map(\.kind) == [.born, .born])
      }
    }
    let centroids = try #require(stream.centroids)
    #expect([centroids[0, 0], centroids[1, 0]].sorted() == [1.5, 101.5])
  }
}
