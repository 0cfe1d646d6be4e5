// Nothing in a sketch has a size of its own: scaled points have the scaled sketch.
import Clustering
import KMeansReference
import Testing

@Suite("Scaled points") struct SketchScaleTests {
  private func scaled<Scalar>(_ points: Matrix<Scalar>, by factor: Scalar) throws -> Matrix<Scalar>
  {
    try Matrix(
      (0..<points.rows).map { row in
        (0..<points.columns).map { points[row, $0] * factor }
      })
  }

  @Test(
    "by a power of two: the same bits, the cutoff and the errors by its square",
    arguments: [SketchData.mixture, .integers, .heavyTails, .offset, .uniform])
  func powersOfTwo(data: SketchData) throws {
    for collapse in SketchParameters.Collapse.allCases {
      try check(data.points(2500, 7, seed: 1, of: Float.self), collapse)
      try check(data.points(2500, 7, seed: 2, of: Double.self), collapse)
    }

    func check<Scalar: ClusteringScalar>(
      _ points: Matrix<Scalar>, _ collapse: SketchParameters.Collapse
    ) throws {
      let parameters = SketchParameters.of(30) { $0.collapse = collapse }
      let sketch = try parameters.sketch(points)
      for exponent in [-20, 20] {
        let factor = Scalar(sign: .plus, exponent: Scalar.Exponent(exponent), significand: 1)
        let other = try parameters.sketch(scaled(points, by: factor))
        let square = Double(factor) * Double(factor)
        #expect(other.weights == sketch.weights)
        #expect(other.squaredErrors == sketch.squaredErrors.map { $0 * square })
        #expect(other.distanceCutoff == sketch.distanceCutoff.map { $0 * square })
        let places = try #require(sketch.doubleCentroids).doubles
        #expect(other.doubleCentroids?.doubles == places.map { $0.map { $0 * Double(factor) } })
        #expect(other.collapseCount == sketch.collapseCount)
      }
    }
  }

  @Test("by a millionth or a million: the same clusters", arguments: [1e-6, 1e6, 1e-30, 1e30])
  func millions(factor: Double) throws {
    for data in [SketchData.mixture, .uniform, .heavyTails] {
      let points = data.points(4000, 5, seed: 3, of: Double.self)
      let parameters = SketchParameters.of(40)
      let sketch = try parameters.sketch(points)
      let other = try parameters.sketch(scaled(points, by: factor))
      #expect(other.weights == sketch.weights)
      let (cutoff, expected) = (
        try #require(other.distanceCutoff), try #require(sketch.distanceCutoff)
      )
      #expect(relativeDifference(cutoff, expected * factor * factor) < 1e-9)
      #expect(relativeDifference(other.squaredError, sketch.squaredError * factor * factor) < 1e-9)
      let (found, places) = (
        try #require(other.doubleCentroids).doubles.joined(),
        try #require(sketch.doubleCentroids).doubles.joined()
      )
      for (a, b) in zip(found, places) { #expect((a / factor - b).magnitude < 1e-8) }
    }
  }

  @Test("moved by an offset that costs no digits: the same bits")
  func offsets() throws {
    // Whole numbers: their differences are exact wherever they are, if the shift is a whole number, too.
    let points = try Matrix<Double>((0..<3000).map { [Double($0 * 7919 % 101), Double($0 % 89)] })
    let parameters = SketchParameters.of(50) { $0.distanceCutoff = .fixed(3) }
    let first = try #require(try parameters.sketch(points).doubleCentroids).doubles
    let moved = try Matrix(points.doubles.map { $0.map { $0 + 0x1p40 } })
    let sketch = try parameters.sketch(moved)
    #expect(sketch.weights == (try parameters.sketch(points).weights))
    for (a, b) in zip(try #require(sketch.doubleCentroids).doubles.joined(), first.joined()) {
      #expect((a - 0x1p40 - b).magnitude <= 0x1p-11)
    }
  }
}
