// What is wrong with a distance is said once, with its numbers.
import Clustering
import Testing

@Suite struct DistanceFaultTests {
  private func fit(_ distance: DistanceMeasure, _ points: Matrix<Double>) throws {
    var kmeans = KMeans(clusterCount: 2, seed: 1)
    kmeans.distance = distance
    _ = try kmeans.fit(points)
  }

  @Test(
    arguments: [
      (
        DistanceMeasure.weightedEuclidean(weights: [1, 2]),
        DistanceError.weightCountMismatch(weights: 2, columns: 3)
      ),
      (.weightedEuclidean(weights: [1, 0, 2]), .invalidColumnWeight(column: 1, weight: 0)),
      (.weightedEuclidean(weights: [1, 2, -1]), .invalidColumnWeight(column: 2, weight: -1)),
      (
        .weightedEuclidean(weights: [.infinity, 2, 1]),
        .invalidColumnWeight(column: 0, weight: .infinity)
      ),
      (.mahalanobis(.init(values: [1, 0])), .covarianceNotSquare(values: 2)),
      (.mahalanobis(.init(values: [])), .covarianceNotSquare(values: 0)),
      (.mahalanobis(.init(values: [1, 0, 0, 1])), .covarianceMismatch(found: 2, columns: 3)),
      (
        .mahalanobis(.init(values: [1, 0, 0, 0, 1, 0.5, 0, 0.4, 1])),
        .covarianceNotSymmetric(row: 2, column: 1, value: 0.4, mirrored: 0.5)
      ),
      (
        .mahalanobis(.init(values: [1, 0, 0, 0, 1, 0, 0, 0, .infinity])),
        .covarianceNotFinite(row: 2, column: 2)
      ),
      (
        .mahalanobis(.init(mean: [1], values: [1, 0, 0, 0, 1, 0, 0, 0, 1])),
        .meanCountMismatch(values: 1, columns: 3)
      ),
      (
        .mahalanobis(.init(mean: [1, 2, .infinity], values: [1, 0, 0, 0, 1, 0, 0, 0, 1])),
        .invalidMean(column: 2, value: .infinity)
      ),
      (
        .mahalanobis(.init(values: [1, 0, 0, 0, 1, 2, 0, 2, 1])),
        .notPositiveDefinite(order: 3, isEstimated: false)
      ),
      (.manhattan, .meanIsNoCenter(.manhattan)), (.chebyshev, .meanIsNoCenter(.chebyshev)),
      (.minkowski(exponent: 3), .meanIsNoCenter(.minkowski)),
      (.tanimoto, .meanIsNoCenter(.tanimoto)),
      (.weightedManhattan(weights: [1, 1, 1]), .meanIsNoCenter(.weightedManhattan)),
    ])
  func `a fit by a distance that cannot be`(
    _ distance: DistanceMeasure, _ fault: DistanceError
  ) throws {
    let points = DistancePoints.stripes(50, of: Double.self)
    #expect(throws: ClusteringError.distance(fault)) { try fit(distance, points) }
    #expect(!fault.description.isEmpty && !fault.description.contains("\n"))
  }

  @Test func `rows without a covariance of full rank`() throws {
    var constant = DistancePoints.stripes(50, of: Double.self)
    for row in 0..<50 { constant[row, 1] = 4 }
    #expect(throws: ClusteringError.distance(.notPositiveDefinite(order: 2, isEstimated: true))) {
      try fit(.mahalanobis(nil), constant)
    }
    var sum = DistancePoints.stripes(50, of: Double.self)
    for row in 0..<50 { sum[row, 2] = sum[row, 0] + 2 * sum[row, 1] }
    #expect(throws: ClusteringError.distance(.notPositiveDefinite(order: 3, isEstimated: true))) {
      try fit(.mahalanobis(nil), sum)
    }
    let few = DistancePoints.stripes(3, of: Double.self)
    #expect(throws: ClusteringError.distance(.notPositiveDefinite(order: 3, isEstimated: true))) {
      try fit(.mahalanobis(nil), few)
    }
  }

  @Test func `streams and sketches refuse the same`() throws {
    var parameters = StreamingParameters(clusterCount: 2, seed: 1)
    parameters.distance = .tanimoto
    #expect(throws: ClusteringError.distance(.meanIsNoCenter(.tanimoto))) {
      try parameters.validate()
    }
    parameters.distance = .mahalanobis(nil)
    parameters.start = .gaussian(dimension: 2, weight: 1)
    #expect(throws: ClusteringError.distance(.covarianceNeedsRows)) { try parameters.validate() }
    parameters.start = .firstRows(4)
    #expect(throws: ClusteringError.distance(.covarianceNeedsRows)) {
      try StreamingKMeans(parameters, centroids: Matrix<Double>([[0, 1], [2, 3]]))
    }
    let points = DistancePoints.stripes(50, of: Double.self)
    parameters.distance = .weightedEuclidean(weights: [1])
    var stream = StreamingKMeans<Double>(parameters)
    #expect(throws: ClusteringError.distance(.weightCountMismatch(weights: 1, columns: 3))) {
      try stream.update(points.view)
    }
    var sketching = SketchParameters(clusterCount: 2, seed: 1)
    sketching.distance = .weightedEuclidean(weights: [1, 2, 3, 4])
    var sketch = StreamingSketch<Double>(sketching)
    #expect(throws: ClusteringError.distance(.weightCountMismatch(weights: 4, columns: 3))) {
      try sketch.add(points)
    }
    sketching.power = 3
    #expect(throws: ClusteringError.sketch(.invalidPower(3))) { try sketching.validate() }
  }
}
