import Clustering
import Testing

/// Weights, given centroids, floats, points that are left out and samples, against the definitions.
@Suite struct EvaluationReferenceTests {
  /// Points with labels, some of them not the nearest centroid, and weights.
  struct Sample<Scalar: ClusteringScalar> {
    let points: Matrix<Scalar>
    let centroids: Matrix<Scalar>
    var labels: [Int32]
    var weights: [Double]

    init(_ data: TestData, rows: Int, columns: Int, clusters: Int, moved: Double, seed: UInt64) {
      var random = TestRandom(seed)
      points = data.points(rows, columns, seed: seed)
      centroids = points.picking((0..<clusters).map { $0 * 13 })
      labels = assign(points, to: centroids).labels
      for row in labels.indices where Double.random(in: 0..<1, using: &random) < moved {
        labels[row] = Int32(random.next() % UInt64(clusters))
      }
      weights = labels.map { _ in Double.random(in: 0.5..<3, using: &random) }
    }

    var reference: EvaluationReference {
      EvaluationReference(
        points: points.doubles, labels: labels.map(Int.init), weights: weights,
        centroids: centroids.doubles)
    }
  }

  private func check<Scalar: ClusteringScalar>(_ sample: Sample<Scalar>) throws {
    let quality = try ClusterQuality(
      sample.points.view, labels: sample.labels, centroids: sample.centroids,
      weights: sample.weights.span, seed: 0)
    let reference = sample.reference
    #expect(isNear(quality.inertia, reference.inertia))
    #expect(isNear(quality.daviesBouldin, reference.daviesBouldin))
    #expect(isNear(quality.calinskiHarabasz, reference.calinskiHarabasz))
    #expect(isNear(quality.centroidDunn, reference.dunn))
    #expect(isNear(quality.simplifiedSilhouette, reference.simplifiedSilhouette))
    #expect(isNear(quality.weight, sample.weights.reduce(0, +)))
    for cluster in quality.clusters {
      let label = Int(cluster.label)
      let rows = sample.labels.indices.filter { sample.labels[$0] == cluster.label }
      #expect(cluster.count == rows.count)
      guard cluster.count > 0 else { continue }
      #expect(isNear(cluster.weight, rows.reduce(0) { $0 + sample.weights[$1] }))
      #expect(isNear(cluster.distances?.mean, reference.meanDistance(label)))
      #expect(isNear(cluster.distances?.standardDeviation, reference.deviation(label)))
    }
    guard sample.labels.count < 1000 else { return }
    let values = sample.labels.indices.map { reference.silhouette($0) }
    #expect(isNear(quality.silhouette, values.reduce(0, +) / Double(values.count)))
  }

  /// Several stripes of rows, whose sums are merged; one cluster is in the last of them alone.
  @Test func `more points than a stripe has`() throws {
    var sample = Sample<Float>(.offset, rows: 5000, columns: 3, clusters: 5, moved: 0.1, seed: 3)
    for row in 0..<4500 where sample.labels[row] == 4 { sample.labels[row] = 1 }
    try check(sample)
  }

  @Test(arguments: [0, 0.3, 1], [TestData.noise, .outliers, .integers])
  func `labels that are not the nearest centroid, and weights`(
    moved: Double, data: TestData
  ) throws {
    for columns in [1, 3, 11] {
      try check(
        Sample<Double>(
          data, rows: 300, columns: columns, clusters: 6, moved: moved, seed: UInt64(columns)))
      try check(
        Sample<Float>(
          data, rows: 300, columns: columns, clusters: 6, moved: moved, seed: UInt64(columns)))
    }
  }

  /// A centroid that no point belongs to is no other cluster, however near it is.
  @Test func `centroids without points are left out`() throws {
    let points = try Matrix<Double>([[0], [1], [10], [12]])
    let centroids = try Matrix<Double>([[100], [0.5], [2], [11]])
    let quality = try ClusterQuality(
      points.view, labels: [1, 1, 3, 3], centroids: centroids, seed: 0)
    #expect(quality.clusters.map(\.count) == [0, 2, 0, 2])
    #expect(quality.clusters.map(\.label) == [0, 1, 2, 3])
    #expect(quality.clusters[0].distances == nil && quality.clusters[0].weight == 0)
    #expect(quality.inertia == 2.5)
    #expect(quality.centroidDunn == 10.5)
    let expected = (10.5 / 11 + 9.5 / 10 + 8.5 / 9.5 + 10.5 / 11.5) / 4
    #expect(isNear(quality.simplifiedSilhouette, expected, 1e-15))
  }

  @Test func `points without label or weight are not there`() throws {
    var sample = Sample<Double>(
      .noise, rows: 200, columns: 2, clusters: 5, moved: 0.2, seed: 4)
    let rows = (0..<200).filter { $0 % 7 != 3 && $0 % 11 != 5 }
    let rest = sample.points.picking(rows)
    let (labels, weights) = (rows.map { sample.labels[$0] }, rows.map { sample.weights[$0] })
    for row in 0..<200 where row % 7 == 3 { sample.labels[row] = -1 }
    for row in 0..<200 where row % 11 == 5 { sample.weights[row] = 0 }
    let found = try ClusterQuality(
      sample.points.view, labels: sample.labels, centroids: sample.centroids,
      weights: sample.weights.span, seed: 0)
    let expected = try ClusterQuality(
      rest.view, labels: labels, centroids: sample.centroids, weights: weights.span, seed: 0)
    #expect(found.leftOut == 200 - rows.count && expected.leftOut == 0)
    #expect(found.points == rows.count)
    #expect(found.clusters == expected.clusters)
    #expect(found.inertia == expected.inertia)
    #expect(found.silhouette == expected.silhouette)
    #expect(found.simplifiedSilhouette == expected.simplifiedSilhouette)
    #expect(found.daviesBouldin == expected.daviesBouldin)
    let silhouette = try Silhouette(sample.points.view, labels: sample.labels, seed: 0)
    #expect(silhouette.rows == (0..<200).filter { $0 % 7 != 3 })
  }

  @Test func `a weight is so many equal points`() throws {
    let points = TestData.noise.points(60, 2, seed: 8, of: Double.self)
    let labels = (0..<60).map { Int32($0 % 3) }
    let weights = (0..<60).map { Double($0 % 4 + 1) }
    let rows = (0..<60).flatMap { Array(repeating: $0, count: $0 % 4 + 1) }
    let weighted = try ClusterQuality(points.view, labels: labels, weights: weights.span, seed: 0)
    let many = points.picking(rows)
    let repeated = try ClusterQuality(
      many.view, labels: rows.map { labels[$0] }, seed: 0)
    #expect(isNear(weighted.inertia, repeated.inertia))
    #expect(isNear(weighted.daviesBouldin, repeated.daviesBouldin))
    #expect(isNear(weighted.calinskiHarabasz, repeated.calinskiHarabasz))
    #expect(isNear(weighted.centroidDunn, repeated.centroidDunn))
    #expect(isNear(weighted.simplifiedSilhouette, repeated.simplifiedSilhouette))
    #expect(weighted.weight == Double(repeated.points))
    let tiny = weights.map { $0 / 1000 }
    let unfounded = try ClusterQuality(points.view, labels: labels, weights: tiny.span, seed: 0)
    #expect(unfounded.calinskiHarabasz == nil)
    #expect(isNear(unfounded.daviesBouldin, weighted.daviesBouldin))
  }

  @Test func `a sample is drawn without replacement and measured among itself`() throws {
    let sample = Sample<Float>(
      .noise, rows: 500, columns: 3, clusters: 4, moved: 0.1, seed: 5)
    let found = try Silhouette(sample.points.view, labels: sample.labels, sample: 90, seed: 17)
    #expect(found.rows.count == 90)
    #expect(found.rows == Set(found.rows).sorted())
    let rows = sample.points.doubles
    let drawn = EvaluationReference(
      points: found.rows.map { rows[$0] },
      labels: found.rows.map { Int(sample.labels[$0]) }, weights: [], centroids: [])
    for (place, value) in found.values.enumerated() {
      #expect(isNear(value, drawn.silhouette(place), 1e-12))
    }
    #expect(isNear(found.mean, found.values.reduce(0, +) / 90, 1e-15))
    let other = try Silhouette(sample.points.view, labels: sample.labels, sample: 90, seed: 18)
    #expect(other.rows != found.rows)
    // Every row has the same chance: 400 draws of 90 among 500 are 72 +- 8 for each.
    var counts = [Int](repeating: 0, count: 500)
    for seed in 0..<400 {
      let drawn = try Silhouette(
        sample.points.view, labels: sample.labels, sample: 90, seed: UInt64(seed))
      for row in drawn.rows { counts[row] += 1 }
    }
    #expect(counts.min()! > 32 && counts.max()! < 112)
  }

  @Test func `a sample of one cluster has no silhouette`() throws {
    let points = TestData.noise.points(100, 2, seed: 1, of: Float.self)
    let labels = (0..<100).map { Int32($0 == 50 ? 1 : 0) }
    let found = try ClusterQuality(points.view, labels: labels, sample: 2, seed: 0)
    #expect(found.silhouette == nil && found.silhouetteUndefined == .sampleOfOneCluster)
    #expect(found.undefined == nil && found.daviesBouldin != nil)
  }

  @Test func `a sample of single points has no silhouette, though clusters have more points`()
    throws
  {
    let points = TestData.noise.points(100, 2, seed: 1, of: Float.self)
    let labels = (0..<100).map { Int32($0 % 50) }
    let found = try ClusterQuality(points.view, labels: labels, sample: 2, seed: 0)
    #expect(found.silhouette == nil && found.silhouetteUndefined == .sampleOfSinglePoints)
    #expect(found.undefined == nil)
  }

  @Test func `weights that add up to no more than there are clusters`() throws {
    let points = try Matrix<Double>([[0], [1], [10], [11]])
    let labels: [Int32] = [0, 0, 1, 1]
    for (weight, reason) in [
      (0.25, UndefinedQuality.weightTooSmall), (0.5, .weightTooSmall), (0.75, nil),
    ] {
      let weights = [Double](repeating: weight, count: 4)
      let found = try ClusterQuality(points.view, labels: labels, weights: weights.span, seed: 0)
      #expect(found.calinskiHarabaszUndefined == reason)
      #expect((found.calinskiHarabasz == nil) == (reason != nil))
      #expect(found.undefined == nil && found.daviesBouldin != nil)
    }
  }
}
