// What follows from the rule, whatever the random numbers are.
import Clustering
import KMeansReference
import Testing

@Suite("What a sketch keeps") struct SketchRuleTests {
  @Test("whole weights are kept exactly, up to 2^53", arguments: SketchData.allCases)
  func wholeWeights(data: SketchData) throws {
    for (number, collapse) in SketchParameters.Collapse.allCases.enumerated() {
      let points = data.points(2500, 4, seed: UInt64(number), of: Float.self)
      let parameters = SketchParameters.of(25) { $0.collapse = collapse }
      #expect(try parameters.sketch(points).weights.reduce(0, +) == 2500)
      var random = TestRandom(3)
      // Odd weights whose sum just fits into 53 bits.
      let large = (0..<2500).map { _ in
        Double(Int.random(in: 1 << 40..<3 << 40, using: &random) | 1)
      }
      let total = large.reduce(0) { $0 + Int($1) }
      #expect(total < 1 << 53)
      let sketch = try parameters.sketch(points, weights: large)
      #expect(sketch.weights.reduce(0) { $0 + Int($1) } == total)
    }
  }

  @Test(
    "with a cutoff that nothing reaches there is one centroid: the mean, and the sum of squares")
  func oneCentroid() throws {
    let points = SketchData.heavyTails.points(4000, 5, seed: 1, of: Double.self)
    let weights = try #require(SketchWeights.fractions.values(4000, seed: 1))
    let parameters = SketchParameters.of(4) { $0.distanceCutoff = .fixed(1e300) }
    let sketch = try parameters.sketch(points, weights: weights)
    let total = weights.reduce(0, +)
    let rows = points.doubles
    let mean = (0..<5).map { c in (0..<4000).reduce(0) { $0 + weights[$1] * rows[$1][c] } / total }
    let places = try #require(sketch.doubleCentroids)
    #expect(places.rows == 1)
    for column in 0..<5 { #expect((places[0, column] - mean[column]).magnitude < 1e-11) }
    let squares = (0..<4000).reduce(0) {
      $0 + weights[$1] * Reference.squaredDistance(rows[$1], mean)
    }
    #expect(relativeDifference(sketch.squaredError, squares) < 1e-11)
    #expect(relativeDifference(sketch.weights[0], total) < 1e-12)
  }

  @Test("with a tiny cutoff and room for all of them every distinct point is a centroid, in order")
  func everyPoint() throws {
    let points = SketchData.uniform.points(1500, 3, seed: 2, of: Float.self)
    let parameters = SketchParameters.of(2000) { $0.distanceCutoff = .fixed(1e-300) }
    let sketch = try parameters.sketch(points)
    #expect(sketch.centroids == points && sketch.weights.allSatisfy { $0 == 1 })
    #expect(sketch.collapseCount == 0 && sketch.distanceCutoff == 1e-300)
  }

  @Test("a birth has the probability w d / f")
  func probability() throws {
    // One point at 0, then pairs: 0.5 away, squared 0.25, of weight 2: 1 - P(no birth) at f = 2 is
    // 1/4.
    var births = 0
    let points = try Matrix<Double>([[0.0], [0.5]])
    for seed in 0..<4000 {
      let parameters = SketchParameters.of(10, seed: UInt64(seed)) { $0.distanceCutoff = .fixed(2) }
      births += try parameters.sketch(points, weights: [1000, 2]).weights.count - 1
    }
    // Five standard deviations: 137.
    #expect((births - 1000).magnitude < 137)
  }

  @Test("points without weight are counted, take a number, and leave no other trace")
  func weightless() throws {
    let points = SketchData.mixture.points(2200, 6, seed: 3, of: Float.self)
    let weights = (0..<2200).map { Double($0 % 3) }
    let parameters = SketchParameters.of(30)
    let sketch = try parameters.sketch(points, weights: weights)
    #expect(sketch.pointCount == 2200)
    #expect(sketch.difference(from: parameters.reference(points, weights: weights)) == nil)
    #expect(sketch.weights.allSatisfy { $0 > 0 })
    let nothing = try parameters.sketch(points, weights: points.doubles.map { _ in 0 })
    #expect(nothing.pointCount == 2200 && nothing.weights.isEmpty && nothing.squaredError == 0)
  }

  @Test("N grows with the logarithm of the points, and there are at most overshoot times as many")
  func growth() throws {
    let points = SketchData.uniform.points(6000, 8, seed: 4, of: Float.self)
    for collapse in SketchParameters.Collapse.allCases {
      let parameters = SketchParameters.of(10, clusters: 5) {
        $0.collapse = collapse
        $0.clusterLogFactor = 4
      }
      var sketch = StreamingSketch<Float>(parameters)
      var last = (cutoff: 0.0, wanted: 0)
      for first in stride(from: 0, to: 6000, by: 500) {
        try sketch.learn(points, first..<first + 500)
        let cutoff = try #require(sketch.distanceCutoff)
        #expect(cutoff >= last.cutoff && sketch.numClusters >= last.wanted)
        last = (cutoff, sketch.numClusters)
      }
      // 4 ln(6000) = 34.8.
      #expect((25...34).contains(sketch.numClusters), "\(collapse)")
      #expect(sketch.weights.count <= 2 * sketch.numClusters + 1)
    }
  }

  @Test("parameters at the ends of what is allowed do not trap")
  func extremes() throws {
    let points = SketchData.mixture.points(1200, 2, seed: 5, of: Float.self)
    var parameters = SketchParameters.of(5) { $0.clusterLogFactor = 1e308 }
    #expect(try parameters.sketch(points).weights.reduce(0, +) == 1200)
    parameters = .of(5) { $0.clusterOvershoot = 1e308 }
    #expect(try parameters.sketch(points).weights.reduce(0, +) == 1200)
    parameters = .of(Int.max) { $0.distanceCutoff = .fixed(1) }
    #expect(try parameters.sketch(points).weights.reduce(0, +) == 1200)
    for collapse in SketchParameters.Collapse.allCases {
      parameters = .of(5) {
        $0.collapse = collapse
        $0.distanceCutoff = .fixed(Double.leastNonzeroMagnitude)
        $0.beta = 1e300
      }
      #expect(try parameters.sketch(points).weights.reduce(0, +) == 1200)
      // Weights times distances are nearly beyond all numbers, or beyond them.
      let far = try Matrix((0..<1200).map { [Double($0 % 97) * 1e138] })
      parameters.beta = 1.3
      let heavy = [Double](repeating: 1e16, count: 1200)
      let sketch = try parameters.sketch(far, weights: heavy)
      #expect(relativeDifference(sketch.weights.reduce(0, +), 1.2e19) < 1e-12)
      let error = #expect(throws: ClusteringError.self) {
        try parameters.sketch(far, weights: [Double](repeating: 1e100, count: 1200))
      }
      guard case .sumsTooLarge = error else {
        Issue.record("\(String(describing: error))")
        continue
      }
    }
  }
}
