// Seeds with a filter are those without.
import Clustering
import Testing

@Suite(.enabled(if: InstructionSet.best >= .v4vnni)) struct FilteredSeedingTests {
  private func check<Scalar: ClusteringScalar>(
    _ points: Matrix<Scalar>, weights: [Double]? = nil, _ what: String
  ) throws {
    for seed in 0..<2 as Range<UInt64> {
      var kmeans = KMeans(clusterCount: 180, seed: seed)
      kmeans.initialization = .greedy
      // The newest instruction set that has no filter.
      kmeans.execution.instructionSet = .v4
      let expected = try kmeans.initialCentroids(points.view, weights: weights?.span)
      kmeans.execution.instructionSet = nil
      for threads in [1, 2] {
        kmeans.execution.threads = threads
        let found = try kmeans.initialCentroids(points.view, weights: weights?.span)
        #expect(found.centroids == expected.centroids, "\(what), seed \(seed)")
        #expect(found.seeding == expected.seeding, "\(what), seed \(seed)")
      }
    }
  }

  @Test(arguments: HardData.allCases) func `seeds are the same bits`(data: HardData) throws {
    try check(data.points(2500, 160, seed: 4, of: Float.self), "\(data) Float")
    try check(data.points(1200, 161, seed: 5, of: Double.self), "\(data) Double")
  }

  @Test func `weights and noise`() throws {
    var random = TestRandom(2)
    let points = TestData.noise.points(3000, 200, seed: 6, of: Float.self)
    let weights = (0..<3000).map { _ in Double.random(in: 0..<3, using: &random) }
    try check(points, weights: weights, "weights")
    try check(TestData.duplicates.points(3000, 130, seed: 7, of: Float.self), "duplicates")
  }
}
