// A sketch by the distance itself, not by its square: the naive rule, bit for bit.
import Clustering
import KMeansReference
import Testing

@Suite struct PowerTests {
  @Test(arguments: SketchParameters.Collapse.allCases)
  func `a sketch is what the rule says`(_ collapse: SketchParameters.Collapse) throws {
    for (number, data) in [SketchData.mixture, .integers, .heavyTails, .offset].enumerated() {
      let points: Matrix<Double> = data.points(1300, 5, seed: UInt64(number + 3))
      let weights = SketchWeights.fractions.values(1300, seed: 4)
      let parameters = SketchParameters.of(20) {
        $0.collapse = collapse
        $0.power = 1
        if number % 2 == 1 { $0.distanceCutoff = .fixed(0.7) }
      }
      let sketch = try parameters.sketch(points, weights: weights, slice: 333)
      let reference = parameters.reference(points, weights: weights)
      #expect(sketch.difference(from: reference) == nil)
      var squared = parameters
      squared.power = 2
      #expect(try squared.sketch(points, weights: weights).archived() != sketch.archived())
    }
  }

  @Test func `the default power is 2`() throws {
    let points: Matrix<Float> = SketchData.mixture.points(1300, 5, seed: 1)
    let plain = try SketchParameters.of(20).sketch(points)
    let squared = try SketchParameters.of(20) { $0.power = 2 }.sketch(points)
    #expect(plain.archived() == squared.archived())
  }

  @Test func `runs are compared by the sum of distances`() throws {
    let points: Matrix<Double> = SketchData.heavyTails.points(400, 3, seed: 9)
    let weights = (0..<400).map { Double($0 % 4) + 0.5 }
    var ball = BallKMeans(clusterCount: 9, runs: 6, seed: 3)
    ball.power = 1
    let fit = try ball.fit(points, weights: weights.span)
    let (rows, centers) = (points.doubles, fit.model.centroids.doubles)
    let sum = zip(rows, weights).reduce(0.0) { sum, row in
      let least = centers.map { Reference.squaredDistance(row.0, $0) }.min()!
      return sum + row.1 * least.squareRoot()
    }
    let best = try #require(fit.runCosts.min())
    #expect(abs(best / sum - 1) < 1e-9 && fit.runCosts[fit.run] == best)
    ball.power = nil
    let squared = try ball.fit(points, weights: weights.span)
    #expect(squared.runCosts != fit.runCosts)
    #expect(squared.model.inertia <= fit.model.inertia * (1 + 1e-9))
  }
}
