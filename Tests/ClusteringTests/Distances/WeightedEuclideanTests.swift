// Weighted columns are columns that were multiplied by the roots of their weights.
import Clustering
import Testing

@Suite struct WeightedEuclideanTests {
  private func scaled<Scalar: ClusteringScalar>(
    _ points: Matrix<Scalar>, by factors: [Double]
  ) -> Matrix<Scalar> {
    var scaled = points
    for row in 0..<points.rows {
      for column in 0..<points.columns {
        scaled[row, column] = Scalar(Double(points[row, column]) * factors[column])
      }
    }
    return scaled
  }

  @Test func `a fit is that of columns scaled by hand`() throws {
    try check(Float.self)
    try check(Double.self)

    func check<Scalar: ClusteringScalar>(_ type: Scalar.Type) throws {
      let points = DistancePoints.stripes(900, of: type)
      var kmeans = KMeans(clusterCount: 5, seed: 3)
      let byHand = scaled(points, by: [2, 0.5, 8])
      let expected = try kmeans.fit(byHand)
      // Roots that are powers of two: not a bit differs.
      kmeans.distance = .weightedEuclidean(weights: [4, 0.25, 64])
      let fit = try kmeans.fit(points)
      #expect(fit.labels == expected.labels)
      #expect(fit.model.inertia == expected.model.inertia)
      #expect(fit.history.map(\.squaredShift) == expected.history.map(\.squaredShift))
      #expect(fit.model.centroids == scaled(expected.model.centroids, by: [0.5, 2, 0.125]))
      #expect(try fit.model.assign(points) == fit.labels)
      // Other roots are rounded, once.
      kmeans.distance = .weightedEuclidean(weights: [3, 5, 0.1])
      let roots = [3, 5, 0.1].map { $0.squareRoot() }
      #expect(
        try kmeans.fit(points).labels
          == KMeans(clusterCount: 5, seed: 3)
          .fit(scaled(points, by: roots)).labels)
    }
  }

  @Test func `weights decide who is nearest`() throws {
    let points = DistancePoints.stripes(400, of: Double.self)
    let centroids = try Matrix<Double>([[0, 0, -2], [0, 0, 2], [30, 30, 0]])
    let weights = [0.001, 0.001, 50]
    let transform = try RowTransform(.weightedEuclidean(weights: weights), columns: 3)
    let map = try #require(RowMap<Double>(transform, columns: 3, instructionSet: .best))
    let model = KMeansModel(
      transformed: map.mapped(centroids), transform: transform, clusterWeights: [1, 1, 1],
      inertia: 0, iterations: 0, converged: false)
    let labels = try model.assign(points)
    let naive = DistancePoints.labels(points.doubles, centroids.doubles) {
      DistancePoints.weighted($0, $1, weights)
    }
    let plain = DistancePoints.labels(points.doubles, centroids.doubles) {
      DistancePoints.weighted($0, $1, [1, 1, 1])
    }
    #expect(labels == naive && naive != plain)
  }

  @Test func `standardised columns are weighted`() throws {
    let points = DistancePoints.stripes(600, of: Double.self)
    var kmeans = KMeans(clusterCount: 3, seed: 1)
    kmeans.standardizes = true
    let standardization = try #require(try kmeans.fit(points).model.transform.standardization)
    var byHand = points
    for row in 0..<points.rows {
      for column in 0..<3 {
        byHand[row, column] =
          (points[row, column] - standardization.means[column])
          / standardization.deviations[column] * [2, 1, 4][column]
      }
    }
    kmeans.distance = .weightedEuclidean(weights: [4, 1, 16])
    let fit = try kmeans.fit(points)
    #expect(fit.labels == (try KMeans(clusterCount: 3, seed: 1).fit(byHand).labels))
  }

  @Test(arguments: InstructionSet.available)
  func `threads and instruction sets change no bit`(isa: InstructionSet) throws {
    let points = DistancePoints.stripes(5000, of: Float.self)
    var kmeans = KMeans(clusterCount: 6, seed: 3)
    kmeans.execution = Execution(threads: 1)
    for distance in [
      DistanceMeasure.weightedEuclidean(weights: [0.3, 7, 1.1]), .mahalanobis(nil),
    ] {
      kmeans.distance = distance
      kmeans.execution = Execution(threads: 1)
      let expected = try kmeans.fit(points)
      kmeans.execution = Execution(threads: 3, instructionSet: isa)
      let fit = try kmeans.fit(points)
      #expect(fit.model == expected.model && fit.labels == expected.labels)
    }
  }
}
