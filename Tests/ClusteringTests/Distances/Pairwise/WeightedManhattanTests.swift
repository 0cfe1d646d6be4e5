// The Manhattan distance with a weight for each column: that of rows whose columns are scaled.
import Clustering
import Foundation
import Testing

@Suite struct WeightedManhattanTests {
  // Powers of two, so that scaled values are exact.
  private static let weights = [2.0, 0.5, 16, 1]

  private static func scaled(_ points: Matrix<Double>) -> Matrix<Double> {
    try! Matrix(points.doubles.map { zip($0, weights).map { $0 * $1 } })
  }

  @Test func `a model scales columns by their weights`() throws {
    let centroids = TestData.noise.points(9, 4, seed: 1, of: Double.self)
    let points = TestData.noise.points(300, 4, seed: 2, of: Double.self)
    let distance = DistanceMeasure.weightedManhattan(weights: Self.weights)
    let model = try KMeansModel(centroids: centroids, comparedBy: distance)
    #expect(model.distance == distance)
    #expect(model.centroids == centroids)
    let plain = try KMeansModel(centroids: Self.scaled(centroids), comparedBy: .manhattan)
    #expect(try model.assign(points) == plain.assign(Self.scaled(points)))
    #expect(try model.squaredDistances(points) == plain.squaredDistances(Self.scaled(points)))
    let unweighted = try KMeansModel(centroids: centroids, comparedBy: .manhattan)
    #expect(try model.assign(points) != unweighted.assign(points))
    #expect(try KMeansModel<Double>(archive: model.archived()) == model)
    let json = try JSONEncoder().encode(model)
    #expect(try JSONDecoder().decode(KMeansModel<Double>.self, from: json) == model)
  }

  @Test func `one pass finds what it finds of scaled columns`() throws {
    let points = SketchData.mixture.points(3000, 4, seed: 3, of: Double.self)
    var onePass = OnePassKMeans(clusterCount: 5, seed: 2)
    onePass.distance = .weightedManhattan(weights: Self.weights)
    let fit = try onePass.fit(points)
    onePass.distance = .manhattan
    let plain = try onePass.fit(Self.scaled(points))
    #expect(fit.sketch.weights == plain.sketch.weights)
    #expect(fit.model.clusterWeights == plain.model.clusterWeights)
    #expect(fit.model.inertia == plain.model.inertia)
    #expect(fit.cost == plain.cost)
    #expect(Self.scaled(fit.model.centroids) == plain.model.centroids)
    #expect(try fit.model.assign(points) == plain.model.assign(Self.scaled(points)))
  }

  @Test func `weights that are none are refused`() throws {
    let points = SketchData.mixture.points(100, 4, seed: 3, of: Double.self)
    for weights in [[1.0, 2], [1, 1, 0, 1], [1, 1, .nan, 1]] {
      var sketch = SketchParameters(clusterCount: 2, seed: 1)
      sketch.distance = .weightedManhattan(weights: weights)
      #expect(throws: ClusteringError.self) {
        var sketch = StreamingSketch<Double>(sketch)
        try sketch.add(points)
      }
    }
  }
}
