// Curves where the number of clusters reaches the number of values, and what is refused.
import Clustering
import Testing

@Suite struct ElbowCurveEdgeTests {
  @Test func `one cluster explains nothing, as many as values everything`() throws {
    let points = TestData.duplicates.points(60, 2, seed: 1, of: Float.self)
    let curve = try ElbowCurveTests.parameters(seed: 2).curve(
      points.view, clusterCounts: [1, 2, 8, 9, 10, 59, 60])
    let explained = curve.fits.map { curve.explained($0) }
    // The mean is rounded to a float, and worse than the mean.
    #expect(curve.fits[0].inertia > curve.totalInertia)
    #expect(explained[0] == 0)
    #expect(explained[1] > 0.1 && explained[2] < 1)
    #expect(curve.fits.dropFirst(3).allSatisfy { $0.inertia == 0 })
    #expect(explained.dropFirst(3).allSatisfy { $0 == 1 })
    #expect(curve.fits.map(\.clusters) == [1, 2, 8, 9, 10, 59, 60])
  }

  /// Nine draws among nine values find each of them, so nothing is left to do for a fit.
  @Test func `no value is drawn twice`() throws {
    let points = TestData.duplicates.points(60, 2, seed: 1, of: Double.self)
    for seed in UInt64(0)..<10 {
      var kmeans = ElbowCurveTests.parameters(seed: seed)
      kmeans.tolerance = 0
      let curve = try kmeans.curve(points.view, clusterCounts: [1, 10])
      #expect(curve.fits[1].inertia == 0)
      #expect(curve.fits[1].iterations == 2)
    }
  }

  @Test func `equal points are explained by any number of clusters and have no knee`() throws {
    let points = TestData.constant.points(30, 3, seed: 1, of: Double.self)
    let curve = try ElbowCurveTests.parameters(seed: 2).curve(
      points.view, clusterCounts: [1, 2, 3, 30])
    #expect(curve.totalInertia == 0)
    #expect(curve.fits.allSatisfy { $0.inertia == 0 && curve.explained($0) == 1 })
    #expect(try curve.knee() == nil)
  }

  @Test func `wrong parameters`() throws {
    let points = TestData.noise.points(10, 2, seed: 3, of: Float.self)
    func expect(
      _ error: ClusteringError, _ counts: [Int], weights: [Double]? = nil,
      _ change: (inout KMeans) -> Void = { _ in }
    ) {
      #expect(throws: error) {
        var kmeans = ElbowCurveTests.parameters(seed: 1)
        change(&kmeans)
        _ = try kmeans.curve(points.view, weights: weights?.span, clusterCounts: counts)
      }
    }
    expect(.noClusterCounts, [])
    expect(.clusterCountsNotIncreasing(3, after: 5), [2, 5, 3])
    expect(.clusterCountsNotIncreasing(2, after: 2), [2, 2])
    expect(.clusterCountNotPositive(0), [0, 1])
    expect(.clusterCountTooLarge(1 << 31), [1, 1 << 31])
    expect(.tooManyClusters(clusters: 11, points: 10), [2, 11])
    expect(.weightCountMismatch(weights: 2, points: 10), [1], weights: [1, 1])
    expect(.invalidTolerance(-1), [1]) { $0.tolerance = -1 }
    let none = try Matrix<Float>(rows: 0, columns: 2)
    #expect(throws: ClusteringError.noPoints) {
      try ElbowCurveTests.parameters(seed: 1).curve(none.view, clusterCounts: [1])
    }
  }
}
