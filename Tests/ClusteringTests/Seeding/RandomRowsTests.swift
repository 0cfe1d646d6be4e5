import Clustering
import Testing

@Suite struct RandomRowsTests {
  /// 0.001 quantile of chi-square: 31.3 for 11 degrees of freedom.
  @Test func `rows are drawn by weight without replacement`() throws {
    let sample = SeedingSample()
    var first = [Double](repeating: 0, count: 12)
    for seed in 0..<10_000 {
      let rows = try sample.seeds(.randomRows, k: 3, seed: seed)
      #expect(Set(rows).count == 3)
      #expect(!rows.contains(SeedingSample.weightless))
      first[rows[0]] += 1
    }
    #expect(chiSquare(first, sample.firstProbabilities) < 31.3)
  }

  /// The keys of such weights are more than a Double holds; a weight of 0 still comes last.
  @Test func `the smallest weights count like others`() throws {
    let points = try Matrix<Double>([[0], [1e60], [2e60], [3e60], [4e60], [5e60]])
    let weights = [3.0, 1, 0, 4, 2, 7]
    for seed in 0..<200 {
      var kmeans = KMeans(clusterCount: 3, seed: UInt64(seed))
      kmeans.initialization = .randomRows
      let expected = try kmeans.initialCentroids(points.view, weights: weights.span).centroids
      for factor in [0x1p-1022, 0x1p-1060] {
        let tiny = weights.map { $0 * factor }
        let found = try kmeans.initialCentroids(points.view, weights: tiny.span).centroids
        #expect(found == expected, "seed \(seed)")
      }
      #expect((0..<3).allSatisfy { expected[$0, 0] != 2e60 })
    }
  }
}
