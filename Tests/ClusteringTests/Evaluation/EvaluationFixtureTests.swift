import Clustering
import Testing

/// Every measure is that of scikit-learn, to 1e-9.
@Suite struct EvaluationFixtureTests {
  @Test(arguments: EvaluationFixture.all)
  func `doubles as in scikit-learn`(_ fixture: EvaluationFixture) throws {
    try check(fixture, of: Double.self, tolerance: 1e-9)
  }

  /// The points are exact as floats, but for the offset; the means, which are the centroids, are
  /// not.
  @Test(arguments: EvaluationFixture.all.filter { $0.offset == 0 })
  func `floats as in scikit-learn`(_ fixture: EvaluationFixture) throws {
    try check(fixture, of: Float.self, tolerance: 1e-4)
  }

  private func check<Scalar: ClusteringScalar>(
    _ fixture: EvaluationFixture, of type: Scalar.Type, tolerance: Double
  ) throws {
    let points = try fixture.matrix(of: type)
    let quality = try ClusterQuality(points.view, labels: fixture.labels, seed: 0)
    let expected = fixture.expected
    #expect(quality.points == fixture.points.count && quality.leftOut == 0)
    #expect(quality.dimension == points.columns)
    // Means are Double for both types, and so are what takes no centroid.
    #expect(isNear(quality.daviesBouldin, expected.daviesBouldin))
    #expect(isNear(quality.calinskiHarabasz, expected.calinskiHarabasz))
    let mean = expected.silhouettes.map { $0.reduce(0, +) / Double($0.count) }
    #expect(isNear(quality.silhouette, mean))
    #expect(isNear(quality.inertia, expected.inertia, tolerance))
    #expect(isNear(quality.centroidDunn, expected.dunn, tolerance))
    #expect(isNear(quality.simplifiedSilhouette, expected.simplified, tolerance))
    #expect(quality.clusters.count == expected.clusters.count)
    for (cluster, numbers) in zip(quality.clusters, expected.clusters) {
      let found = try #require(cluster.distances)
      let all = [
        Double(cluster.label), Double(cluster.count), found.mean, found.standardDeviation,
        found.minimum, found.lowerQuartile, found.median, found.upperQuartile, found.maximum,
      ]
      #expect(cluster.weight == Double(cluster.count))
      for (value, number) in zip(all, numbers) { #expect(isNear(value, number, tolerance)) }
    }
  }

  @Test(arguments: EvaluationFixture.all)
  func `the silhouette of each point`(_ fixture: EvaluationFixture) throws {
    let points = try fixture.matrix(of: Double.self)
    let found = try Silhouette(points.view, labels: fixture.labels, seed: 3)
    #expect(found.rows == Array(fixture.points.indices))
    guard let expected = fixture.expected.silhouettes else {
      #expect(found.mean == nil && found.values == [] && found.undefined != nil)
      return
    }
    #expect(found.undefined == nil)
    #expect(found.values.count == expected.count)
    for (value, number) in zip(found.values, expected) { #expect(isNear(value, number)) }
  }

  @Test(arguments: EvaluationFixture.all)
  func `agreement with a truth`(_ fixture: EvaluationFixture) throws {
    let found = try LabelAgreement(fixture.labels, truth: fixture.truth)
    let expected = fixture.expected
    #expect(isNear(found.adjustedRand, expected.adjustedRand))
    #expect(isNear(found.normalizedMutualInformation, expected.normalizedMutualInformation))
    #expect(isNear(found.homogeneity, expected.homogeneity))
    #expect(isNear(found.completeness, expected.completeness))
    #expect(isNear(found.vMeasure, expected.vMeasure))
    #expect(isNear(found.purity, expected.purity))
    #expect(found.confusion.counts == expected.confusion)
    #expect(found.confusion.classes == Set(fixture.truth).sorted())
    #expect(found.confusion.clusters == Set(fixture.labels).sorted())
  }

  @Test func `why a measure is not defined`() throws {
    for (name, reason) in [
      ("one cluster", UndefinedQuality.oneCluster), ("all points alone", .everyPointAlone),
      ("two points", .everyPointAlone),
    ] {
      let fixture = try #require(EvaluationFixture.all.first { $0.name == name })
      let points = try fixture.matrix(of: Double.self)
      let quality = try ClusterQuality(points.view, labels: fixture.labels, seed: 0)
      #expect(quality.undefined == reason)
      #expect(quality.silhouetteUndefined == reason)
      #expect(quality.silhouette == nil && quality.silhouetteSample == fixture.points.count)
    }
  }
}
