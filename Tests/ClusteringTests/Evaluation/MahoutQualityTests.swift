import Clustering
import Foundation
import Testing

/// The figures of Mahout's qualcluster: squared distances, and its own Davies-Bouldin and Dunn.
@Suite struct MahoutQualityTests {
  /// Points 0, 2, 3 of centroid 1, points 10, 14 of centroid 10, none of centroid 100.
  @Test func `by hand`() throws {
    let points = try Matrix<Double>([[0], [2], [3], [10], [14]])
    let centroids = try Matrix<Double>([[1], [10], [100]])
    let found = try ClusterQuality(points, labels: [0, 0, 0, 1, 1], centroids: centroids)
    let first = try #require(found.clusters[0].squaredDistances)
    #expect(first.mean == 2 && isNear(first.standardDeviation, 2.0.squareRoot(), 1e-15))
    #expect(first.minimum == 1 && first.lowerQuartile == 1 && first.median == 1)
    #expect(first.upperQuartile == 2.5 && first.maximum == 4)
    let second = try #require(found.clusters[1].squaredDistances)
    #expect(second.mean == 8 && second.standardDeviation == 8)
    #expect(second.minimum == 0 && second.lowerQuartile == 4 && second.median == 8)
    #expect(second.upperQuartile == 12 && second.maximum == 16)
    #expect(found.clusters[2].squaredDistances == nil)
    let mahout = try #require(found.mahout)
    #expect(isNear(mahout.daviesBouldin, (10.0 / 81 + 10.0 / 81 + 8.0 / 8100) / 3, 1e-15))
    #expect(mahout.dunn == 81.0 / 8)
    #expect(mahout.largestDistance == 16)
    // Those of the textbooks are others, and as they were.
    #expect(found.clusters[1].distances?.mean == 2)
    #expect(found.centroidDunn == 9.0 / 2)
  }

  private func check<Scalar: ClusteringScalar>(
    _ type: Scalar.Type, _ data: TestData, clusters: Int, columns: Int, isWeighted: Bool
  ) throws {
    let points = data.points(400, columns, seed: UInt64(columns), of: Scalar.self)
    let centroids = points.picking((0..<clusters).map { $0 * 13 })
    let labels = assign(points, to: centroids).labels
    var random = TestRandom(7)
    let weights = labels.map { _ in isWeighted ? Double.random(in: 0.5..<3, using: &random) : 1 }
    let found = try ClusterQuality(
      points.view, labels: labels, centroids: centroids, weights: weights.span, sample: 10)
    let reference = MahoutReference(points.doubles, labels, weights, centroids.doubles)
    for cluster in found.clusters where cluster.count > 0 {
      let (summary, number) = (try #require(cluster.squaredDistances), Int(cluster.label))
      #expect(isNear(summary.mean, reference.mean(number)))
      #expect(isNear(summary.standardDeviation, reference.deviation(number)))
      let quartiles = [
        summary.minimum, summary.lowerQuartile, summary.median, summary.upperQuartile,
        summary.maximum,
      ]
      for (share, value) in zip([0, 0.25, 0.5, 0.75, 1], quartiles) {
        #expect(isNear(value, reference.quantile(share, number)))
      }
    }
    #expect(isNear(found.mahout?.daviesBouldin, reference.daviesBouldin))
    #expect(isNear(found.mahout?.dunn, reference.dunn))
    #expect(isNear(found.mahout?.largestDistance, reference.largest))
  }

  @Test(arguments: [false, true], [TestData.noise, .outliers, .offset])
  func `against the definitions`(isWeighted: Bool, data: TestData) throws {
    for (clusters, columns) in [(2, 1), (6, 3), (20, 11)] {
      try check(
        Double.self, data, clusters: clusters, columns: columns, isWeighted: isWeighted)
      try check(Float.self, data, clusters: clusters, columns: columns, isWeighted: isWeighted)
    }
  }

  @Test func `one cluster has no index, and a point alone no largest distance`() throws {
    let points = try Matrix<Double>([[0], [4]])
    let one = try ClusterQuality(points, labels: [0, 0], centroids: Matrix([[1]]))
    #expect(one.mahout?.daviesBouldin == nil && one.mahout?.dunn == nil)
    #expect(one.mahout?.largestDistance == 9)
    #expect(one.clusters[0].squaredDistances?.median == 5)
    // The median of a point alone is its distance; the largest is of clusters of two or more.
    let alone = try ClusterQuality(points, labels: [0, 1], centroids: Matrix([[1], [6]]))
    #expect(alone.mahout?.largestDistance == nil)
    #expect(alone.mahout?.dunn == 25.0 / 4)
    #expect(alone.mahout?.daviesBouldin == 5.0 / 25)
    let single = try #require(alone.clusters[1].squaredDistances)
    #expect(single.mean == 4 && single.standardDeviation == 0 && single.lowerQuartile == 4)
  }

  @Test func `centroids at one place, and points on their centroids`() throws {
    let points = try Matrix<Double>([[0], [2], [8], [8]])
    let same = try ClusterQuality(
      points, labels: [0, 0, 2, 2], centroids: Matrix([[1], [1], [8]]))
    #expect(same.mahout?.daviesBouldin == nil && same.mahout?.dunn == 0)
    let exact = try ClusterQuality(
      Matrix([[0.0], [0], [8], [8]]), labels: [0, 0, 1, 1], centroids: Matrix([[0], [8]]))
    #expect(exact.mahout?.daviesBouldin == 0 && exact.mahout?.dunn == nil)
    #expect(exact.mahout?.largestDistance == 0)
  }

  /// Squares of squared distances leave the range of Double; the deviation does not.
  @Test(arguments: [1e-60, 1, 1e100])
  func `squares of any size`(scale: Double) throws {
    let points = try Matrix<Double>([[0], [1 * scale], [10 * scale], [14 * scale]])
    let found = try ClusterQuality(
      points, labels: [0, 0, 1, 1], centroids: Matrix([[0], [10 * scale]]))
    let second = try #require(found.clusters[1].squaredDistances)
    #expect(isNear(second.mean / (scale * scale), 8, 1e-12))
    #expect(isNear(second.standardDeviation / (scale * scale), 8, 1e-12))
    #expect(isNear(found.mahout?.dunn, 100.0 / 8, 1e-12))
  }

  @Test func `several sets of points are judged as one`() throws {
    let points = TestData.noise.points(500, 3, seed: 4, of: Float.self)
    let centroids = points.picking([3, 50, 100, 333])
    let model = KMeansModel(
      centroids: centroids, clusterWeights: [1, 1, 1, 1], inertia: 0, iterations: 0,
      converged: false)
    let (labels, squared, _) = try model.labelsAndDistances(points.view)
    let whole = try ClusterQuality(points, labels: labels, centroids: centroids, sample: 10)
    let found = try MahoutQuality(
      labels: labels, squared: squared, weights: nil, centroids: centroids, execution: Execution())
    #expect(found == whole.mahout)
    // Points without label or weight do not count.
    let weights = labels.indices.map { $0 % 3 == 0 ? 0.0 : 1 }
    let rest = labels.indices.filter { $0 % 3 != 0 }
    let some = try MahoutQuality(
      labels: labels, squared: squared, weights: weights, centroids: centroids,
      execution: Execution(threads: 1))
    let expected = try MahoutQuality(
      labels: rest.map { labels[$0] }, squared: rest.map { squared[$0] }, weights: nil,
      centroids: centroids, execution: Execution(threads: 1))
    #expect(some == expected)
  }

  @Test func `what an earlier version wrote is read`() throws {
    let quality = try ClusterQuality(Matrix([[0.0], [1], [5]]), labels: [0, 0, 1])
    var text = String(decoding: try JSONEncoder().encode(quality), as: UTF8.self)
    #expect(text.contains("\"mahout\":{"))
    text = text.replacing(#/"mahout":\{[^}]*\},?/#, with: "")
      .replacing(#/,?"squaredDistances":\{[^}]*\}/#, with: "")
      .replacing("{,", with: "{").replacing(",}", with: "}")
    let read = try JSONDecoder().decode(ClusterQuality.self, from: Data(text.utf8))
    #expect(read.mahout == nil && read.clusters[0].squaredDistances == nil)
    #expect(read.inertia == quality.inertia)
  }
}
