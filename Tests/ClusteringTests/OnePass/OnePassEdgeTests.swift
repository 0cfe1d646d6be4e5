// Points and parameters at the edges of what one pass takes.
import Clustering
import KMeansReference
import Testing

@Suite("One pass at its edges") struct OnePassEdgeTests {
  @Test("the inertia is that of the centroids that are returned, rounded as they are")
  func inertiaOfRoundedCentroids() throws {
    let points = try Matrix<Float>((0..<3000).map { [$0 % 2 == 0 ? 1e7 : 1e7 + 1] })
    let fit = try OnePassKMeans(clusterCount: 1, seed: 0).fit(points.view)
    // 1e7 + 0.5 is no Float: half of the points are 1 away from either neighbour.
    #expect(fit.model.inertia == 1500)
    #expect(fit.cost.lowerBound <= 1500 && fit.cost.upperBound >= 1500)
    #expect(fit.model.clusterWeights == [3000])
  }

  @Test("weights times values that no Double can hold are refused")
  func largeWeights() throws {
    let points = SketchData.mixture.points(900, 3, seed: 4, of: Double.self)
    let far = try Matrix(points.doubles.map { $0.map { $0 * 1e60 } })
    let weights = [Double](repeating: 1e250, count: 900)
    do throws(ClusteringError) {
      _ = try OnePassKMeans(clusterCount: 4, seed: 1).fit(far.view, weights: weights.span)
      Issue.record("nothing was thrown")
    } catch {
      guard case .sumsTooLarge(let weight, let largest) = error else { throw error }
      #expect(abs(weight - 9e252) < 1e240 && largest > 1e60)
    }
  }

  @Test("the largest points that are taken are taken to the end")
  func largestPoints() throws {
    let points = try Matrix<Double>((0..<1500).map { [$0 == 1400 ? 1e140 : -1e140] })
    let fit = try OnePassKMeans(clusterCount: 2, seed: 0).fit(points.view)
    let places = fit.model.centroids.doubles.map { $0[0] }.sorted()
    // Rounded in the frame of the first rows, which is one end.
    #expect(places[0] == -1e140 && abs(places[1] - 1e140) < 1e125)
    #expect(fit.model.clusterWeights.sorted() == [1, 1499])
  }

  @Test("the bounds hold where shares of weights are too small for a Double")
  func sharesThatUnderflow() throws {
    let points = try Matrix<Double>([[0], [1e12], [-1e12]])
    for (heavy, light) in [(1e20, 1e-308), (1e160, 1e-160), (1, Double.leastNonzeroMagnitude)] {
      for cutoff in [nil, 1e300] {
        var parameters = SketchParameters(clusterCount: 1, seed: 0)
        if let cutoff { parameters.distanceCutoff = .fixed(cutoff) }
        var sketch = StreamingSketch<Double>(parameters)
        let weights = [heavy, light, light]
        try sketch.add(points.view, weights: weights.span)
        let bounds = sketch.costBounds(for: try Matrix([[0]]))
        let cost = 2 * light * 1e24
        #expect(bounds.lowerBound <= cost && bounds.upperBound >= cost, "\(heavy) \(light)")
      }
    }
  }

  @Test("a cluster count that is too large is refused when points come, not before")
  func hugeClusterCount() {
    for count in [Int.max, -1, 0, Int.min] {
      var sketch = StreamingSketch<Float>(clusterCount: count, seed: 0)
      _ = sketch.numClusters
      let point = try! Matrix<Float>([[1]])
      #expect(throws: ClusteringError.self) { try sketch.add(point.view) }
    }
  }

  @Test("a sketch of fewer centroids than clusters is refused before the pass")
  func sketchForFewerClusters() {
    var onePass = OnePassKMeans(clusterCount: 5, seed: 0)
    onePass.ball.clusterCount = 500
    #expect(throws: ClusteringError.sketch(.numClustersTooSmall(35, clusters: 500))) {
      try onePass.validate()
    }
  }

  @Test("where there is one centroid nothing is trimmed, however small the share")
  func smallestTrimFraction() throws {
    var ball = BallKMeans(clusterCount: 1, seed: 0)
    ball.trimFraction = 1e-200
    ball.finalIterations = 0
    ball.correctsWeights = false
    let points = try Matrix<Double>([[0], [2], [4]])
    let fit = try ball.fit(points.view)
    #expect(fit.model.centroids.doubles == [[2]] && fit.model.clusterWeights == [3])
  }
}
