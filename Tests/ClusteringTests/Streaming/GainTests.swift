import Clustering
import Foundation
import Testing

@Suite("Weighted and fixed gain") struct GainTests {
  private func stream(
    _ gain: StreamingParameters.Gain, halfLife: Double, centers: [[Double]], weights: [Double]
  ) throws -> StreamingKMeans<Double> {
    var parameters = StreamingParameters(
      clusterCount: centers.count, forgetting: .halfLife(halfLife), seed: 0)
    parameters.gain = gain
    return try StreamingKMeans(parameters, centroids: Matrix(centers), weights: weights)
  }

  @Test
  func `they agree in a steady state with equal batches`() throws {
    let halfLife = 3.0
    // m / (1 - a): what a cluster of 8 points a batch weighs in the long run.
    let weight = 8 * Forgetting.halfLife(halfLife).effectiveMemory
    var weighted = try stream(.weighted, halfLife: halfLife, centers: [[0, 0]], weights: [weight])
    var fixed = try stream(.fixed, halfLife: halfLife, centers: [[0, 0]], weights: [weight])
    var random = TestRandom(5)
    for _ in 0..<50 {
      let batch = try Matrix((0..<8).map { _ in [random.bell() + 4, 100 * random.bell()] })
      _ = try weighted.update(batch.view)
      _ = try fixed.update(batch.view)
      for column in 0..<2 {
        let (a, b) = (weighted.centroids![0, column], fixed.centroids![0, column])
        #expect((a - b).magnitude <= 1e-12 * 100)
      }
      #expect(relativeDifference(weighted.clusterWeights[0], weight) < 1e-12)
    }
  }

  @Test
  func `they differ as computed by hand where batches are not equal`() throws {
    // Half-life 1: a = alpha = 1/2. A centroid at 0 that weighs 2, then 6 points at 8.
    let batch = try Matrix((0..<6).map { _ in [8.0] })
    var weighted = try stream(.weighted, halfLife: 1, centers: [[0]], weights: [2])
    _ = try weighted.update(batch.view)
    #expect((weighted.centroids![0, 0] - 8 * 6.0 / 7).magnitude < 1e-14)
    var fixed = try stream(.fixed, halfLife: 1, centers: [[0]], weights: [2])
    _ = try fixed.update(batch.view)
    #expect(fixed.centroids![0, 0] == 4)
    #expect(fixed.clusterWeights == weighted.clusterWeights)
    #expect(fixed.clusterWeights == [7])
  }

  @Test(
    arguments: [0.5, 1, 2, 5, 10],
    [StreamingParameters.Gain.weighted, .fixed])
  func `after a jump, what is left of it is 2^(-t / h)`(
    _ halfLife: Double, _ gain: StreamingParameters.Gain
  ) throws {
    let jump = 5.0
    let before = try Matrix<Float>([[0, 0], [0, 0], [100, 0], [100, 0]])
    let after = try Matrix<Float>([[5, 0], [5, 0], [105, 0], [105, 0]])
    var parameters = StreamingParameters(
      clusterCount: 2, forgetting: .halfLife(halfLife), seed: 0)
    parameters.gain = gain
    var stream = try StreamingKMeans<Float>(
      parameters, centroids: Matrix([[0, 0], [100, 0]]), weights: [1, 1])
    // Long enough for the weights to be those of the steady state.
    for _ in 0..<Int(40 * halfLife) + 5 { _ = try stream.update(before.view) }
    for batch in 1...Int(8 * halfLife) {
      _ = try stream.update(after.view)
      let left = exp2(-Double(batch) / halfLife)
      for (cluster, place) in [0.0, 100].enumerated() {
        let distance = place + jump - stream.centroids![cluster, 0]
        #expect((distance / jump - left).magnitude <= 0.01, "batch \(batch)")
      }
    }
  }

  @Test
  func `the pace can change, and the weights stay`() throws {
    var stream = try stream(.weighted, halfLife: 1, centers: [[0]], weights: [8])
    let batch = try Matrix([[2.0]])
    _ = try stream.update(batch.view)
    #expect(stream.clusterWeights == [5])
    try stream.forget(by: .decayFactor(0.1))
    #expect((stream.clusterWeights[0] - 5).magnitude < 1e-14)
    _ = try stream.update(batch.view)
    #expect((stream.clusterWeights[0] - 1.5).magnitude < 1e-14)
    #expect(throws: ClusteringError.streaming(.unitChange(from: .batches, to: .points))) {
      try stream.forget(by: .halfLife(1, .points))
    }
    #expect(throws: ClusteringError.streaming(.fixedGainWithoutForgetting)) {
      var fixed = try self.stream(.fixed, halfLife: 1, centers: [[0]], weights: [8])
      try fixed.forget(by: .never)
    }
  }
}
