// Mahalanobis' distance is Euclid's of whitened rows.
import Clustering
import KMeansReference
import Testing

@Suite struct MahalanobisTests {
  private let covariance: [Double] = [9, 6, 0.5, 6, 8, -1, 0.5, -1, 2]

  @Test func `a fit is that of whitened points`() throws {
    let points = DistancePoints.stripes(800, of: Double.self)
    let mean = [1.0, -2, 3]
    let white = try Matrix<Double>(
      Reference.whitened(
        points.doubles, after: nil, mean: mean, covariance: covariance, of: Double.self))
    var kmeans = KMeans(clusterCount: 4, seed: 2)
    let expected = try kmeans.fit(white)
    kmeans.distance = .mahalanobis(.init(mean: mean, values: covariance))
    let fit = try kmeans.fit(points)
    #expect(fit.labels == expected.labels && fit.model.inertia == expected.model.inertia)
    // In the units of the points centroids are the means of their clusters.
    for cluster in 0..<4 {
      let rows = (0..<800).filter { fit.labels[$0] == cluster }
      for column in 0..<3 {
        let mean = rows.reduce(0) { $0 + points[$1, column] } / Double(rows.count)
        #expect(abs(fit.model.centroids[cluster, column] - mean) < 1e-9)
      }
    }
  }

  @Test func `labels and distances are those of the definition`() throws {
    let points = DistancePoints.stripes(500, of: Double.self)
    var kmeans = KMeans(clusterCount: 4, seed: 2)
    let plain = try kmeans.fit(points).labels
    kmeans.distance = .mahalanobis(.init(values: covariance))
    let fit = try kmeans.fit(points)
    let centroids = fit.model.centroids.doubles
    let naive = DistancePoints.labels(points.doubles, centroids) {
      DistancePoints.mahalanobis($0, $1, covariance)
    }
    #expect(fit.labels == naive && fit.labels != plain)
    let inertia = zip(points.doubles, naive).reduce(0.0) {
      $0 + DistancePoints.mahalanobis($1.0, centroids[Int($1.1)], covariance)
    }
    #expect(abs(fit.model.inertia / inertia - 1) < 1e-10)
  }

  @Test(arguments: [false, true]) func `the covariance is that of the rows`(weighted: Bool) throws {
    let points = DistancePoints.stripes(3000, of: Double.self)
    let weights = (0..<3000).map { weighted ? Double($0 % 5) : 1 }
    var kmeans = KMeans(clusterCount: 2, seed: 2)
    kmeans.distance = .mahalanobis(nil)
    // All columns vary alike then: one run may cut another one than that which has two stripes.
    kmeans.runs = 10
    let fit = try kmeans.fit(points, weights: weights.span)
    let expected = DistancePoints.covariance(points.doubles, weights)
    guard case .mahalanobis(let found?) = fit.model.transform.distance else {
      Issue.record("no covariance")
      return
    }
    for place in 0..<9 {
      #expect(abs(found.values[place] - expected.values[place]) < 1e-9 * 3000)
    }
    for column in 0..<3 { #expect(abs(found.mean![column] - expected.mean[column]) < 1e-9) }
    // Given in place of estimated it is the same fit, bit for bit.
    kmeans.distance = .mahalanobis(found)
    let given = try kmeans.fit(points, weights: weights.span)
    #expect(given.labels == fit.labels && given.model == fit.model)
    // The stripes are found: each of them lies within one cluster.
    for stripe in 0..<2 {
      let labels = (0..<3000).filter { $0 % 2 == stripe && weights[$0] > 0 }.map { fit.labels[$0] }
      #expect(Set(labels).count == 1)
    }
  }

  @Test func `an affine map of the points changes no label`() throws {
    let points = DistancePoints.stripes(1000, of: Double.self)
    var mapped = points
    for row in 0..<points.rows {
      let (x, y, z) = (points[row, 0], points[row, 1], points[row, 2])
      mapped[row, 0] = 2 * x - y + 100
      mapped[row, 1] = 0.5 * x + 3 * y + z - 7
      mapped[row, 2] = 40 * z + x
    }
    var kmeans = KMeans(clusterCount: 4, seed: 2)
    let centers = [0, 1, 2, 3]
    kmeans.distance = .mahalanobis(nil)
    let one = try kmeans.fit(points, from: points.picking(centers))
    let other = try kmeans.fit(mapped, from: mapped.picking(centers))
    #expect(one.labels == other.labels)
    #expect(abs(one.model.inertia / other.model.inertia - 1) < 1e-9)
    kmeans.distance = .euclidean
    let plain = try kmeans.fit(points, from: points.picking(centers))
    #expect(plain.labels != (try kmeans.fit(mapped, from: mapped.picking(centers))).labels)
  }

  @Test func `standardised columns have the covariance of their correlation`() throws {
    let points = DistancePoints.stripes(700, of: Double.self)
    var kmeans = KMeans(clusterCount: 4, seed: 2)
    kmeans.distance = .mahalanobis(nil)
    let plain = try kmeans.fit(points)
    kmeans.standardizes = true
    let fit = try kmeans.fit(points)
    guard case .mahalanobis(let found?) = fit.model.transform.distance else {
      Issue.record("no covariance")
      return
    }
    #expect((0..<3).allSatisfy { abs(found.values[4 * $0] - 1) < 1e-12 } && found.mean == nil)
    // Whitening undoes any scale.
    #expect(fit.labels == plain.labels)
  }
}
