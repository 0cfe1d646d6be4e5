// What several runs come to: the best of them at their end, whatever the trimmed steps did.
import Clustering
import Testing

@Suite struct BallRunTests {
  /// Twelve round blobs, deviation 1, at least 6 apart.
  static func blobs(_ rows: Int, spread: Double = 7, seed: UInt64) -> Matrix<Double> {
    var random = TestRandom(seed)
    return try! Matrix(
      (0..<rows).map { row in
        let blob = row % 12
        return [
          spread * Double(blob % 4) + random.bell(), spread * Double(blob / 4) + random.bell(),
        ]
      })
  }

  /// Of more runs the first ones are the same.
  @Test(arguments: [8, 12, 18, 20, 30]) func `more runs never cost more`(k: Int) throws {
    for seed in UInt64(0)..<4 {
      let points = Self.blobs(240, seed: seed)
      let weights = BallSample.skewedWeights(240, seed: seed)
      var last = Double.infinity
      var costs: [Double] = []
      for runs in 1...11 {
        let ball = BallKMeans(clusterCount: k, runs: runs, seed: seed)
        let fit = try ball.fit(points.view, weights: weights.span)
        #expect(fit.model.inertia <= last, "\(runs) runs")
        #expect(fit.model.inertia == fit.runCosts.min())
        #expect(fit.runCosts.dropLast() == costs[...])
        (last, costs) = (fit.model.inertia, fit.runCosts)
      }
    }
  }

  /// Where there are more clusters than blobs trimmed steps lead away from a start that was good.
  @Test func `no run ends far above what Lloyd's algorithm makes of its start`() throws {
    for seed in UInt64(0)..<6 {
      let points = Self.blobs(600, seed: seed)
      let ball = BallKMeans(clusterCount: 20, runs: 10, seed: seed)
      let fit = try ball.fit(points.view)
      var kmeans = KMeans(clusterCount: 20, seed: seed)
      kmeans.tolerance = 0
      kmeans.recordsInertia = true
      for run in 0..<10 {
        let seeds = try ball.initialCentroids(points.view, run: run)
        let lloyd = try kmeans.fit(points.view, from: seeds)
        // The start itself may not cost less than what the run ends with.
        #expect(fit.runCosts[run] <= lloyd.history[0].inertia!)
        #expect(fit.runCosts[run] <= 1.25 * lloyd.model.inertia, "seed \(seed), run \(run)")
      }
      #expect(fit.model.inertia <= 1.05 * (try kmeans.fit(points.view).model.inertia))
    }
  }

  @Test func `one pass costs what a fit costs, with more clusters than blobs, too`() throws {
    for (k, seeds) in [(8, 4), (12, 8), (20, 16)] {
      for seed in UInt64(0)..<UInt64(seeds) {
        let points = Self.blobs(6000, seed: seed)
        let fit = try KMeans(clusterCount: k, seed: seed).fit(points.view).model
        let pass = try OnePassKMeans(clusterCount: k, seed: seed).fit(points.view).model
        let cost = try pass.squaredDistances(points.view).reduce(0, +)
        #expect(cost <= 1.1 * fit.inertia, "k \(k), seed \(seed): \(cost / fit.inertia)")
      }
    }
  }
}
