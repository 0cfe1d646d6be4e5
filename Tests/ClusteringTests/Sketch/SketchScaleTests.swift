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
    // Whole numbers: their differences are exact wherever they are, if the shift is a whole number,
    // too.
    let points = try Matrix<Double>(
      (0..<3000).map { row -> [Double] in [Double(row * 7919 % 101), Double(row % 89)] })
    let parameters = SketchParameters.of(50) { $0.distanceCutoff = .fixed(3) }
    let first = try #require(try parameters.sketch(points).doubleCentroids).doubles
    let moved = try Matrix(points.doubles.map { $0.map { $0 + 0x1p40 } })
    let sketch = try parameters.sketch(moved)
    #expect(sketch.weights == (try parameters.sketch(points).weights))
    for (a, b) in zip(try #require(sketch.doubleCentroids).doubles.joined(), first.joined()) {
      #expect((a - 0x1p40 - b).magnitude <= 0x1p-11)
    }
  }

  // MARK: - Weights

  @Test("weights times a power of two: the same bits of places", arguments: SketchWeights.allCases)
  func powersOfTwoOfWeights(kind: SketchWeights) throws {
    for collapse in SketchParameters.Collapse.allCases {
      let points = SketchData.mixture.points(2500, 4, seed: 5, of: Double.self)
      let weights = kind.values(2500, seed: 3) ?? Array(repeating: 1, count: 2500)
      let parameters = SketchParameters.of(40) { $0.collapse = collapse }
      let sketch = try parameters.sketch(points, weights: weights)
      #expect(sketch.difference(from: parameters.reference(points, weights: weights)) == nil)
      for exponent in [-600, -30, 30, 600] {
        let factor = Double(sign: .plus, exponent: exponent, significand: 1)
        let other = try parameters.sketch(points, weights: weights.map { $0 * factor })
        #expect(other.doubleCentroids == sketch.doubleCentroids)
        #expect(other.weights == sketch.weights.map { $0 * factor })
        #expect(other.distanceCutoff == sketch.distanceCutoff.map { $0 * factor })
        #expect(other.collapseCount == sketch.collapseCount)
      }
    }
  }

  @Test("weights of 1 are no weights, bit for bit")
  func weightsOfOne() throws {
    let points = SketchData.heavyTails.points(3000, 4, seed: 5, of: Float.self)
    let ones = try SketchParameters.of(40).sketch(
      points, weights: Array(repeating: 1, count: 3000))
    let none = try SketchParameters.of(40).sketch(points)
    #expect(ones.doubleCentroids == none.doubleCentroids && ones.weights == none.weights)
    #expect(ones.distanceCutoff == none.distanceCutoff)
  }

  @Test(
    "the unit of the weights does not matter: the same labels, the cost in that unit",
    arguments: [1e9, 1e-3, 5e-5, 1e-6, 1e-9, 1e-100, 1e100])
  func unitsOfWeights(unit: Double) throws {
    let points = SketchData.tightClusters.points(4000, 4, seed: 6, of: Double.self)
    func fit(_ weight: Double) throws -> OnePassKMeans.Fit<Double> {
      let weights = Array(repeating: weight, count: 4000)
      return try OnePassKMeans(clusterCount: 20, seed: 0).fit(points.view, weights: weights.span)
    }
    let (one, other) = (try fit(1), try fit(unit))
    #expect(other.sketch.weights.count == one.sketch.weights.count)
    #expect(try other.model.assign(points.view) == one.model.assign(points.view))
    #expect(relativeDifference(other.model.inertia / unit, one.model.inertia) < 1e-9)
    #expect(relativeDifference(other.cost.upperBound / unit, one.cost.upperBound) < 1e-9)
    #expect(other.cost.lowerBound <= other.model.inertia)
  }

  @Test("a cutoff begins with the lightest point, wherever the first weights come")
  func lightestPoints() throws {
    // Without weight first: then the weights that come say how much a point weighs.
    let rows = (0..<2000).map { [Double($0 % 13), Double($0 % 7)] }
    let points = try Matrix(rows)
    for light in [1, 1e-12] {
      let weights = (0..<2000).map { $0 < 1200 ? 0 : light * Double(1 + $0 % 3) }
      let parameters = SketchParameters.of(120)
      let sketch = try parameters.sketch(points, weights: weights)
      #expect(sketch.difference(from: parameters.reference(points, weights: weights)) == nil)
      // Of 91 places.
      #expect(sketch.weights.count > 80)
    }
    // Equal points first, merged sketches of them: the lightest of all counts.
    let equal = try Matrix<Double>((0..<1200).map { _ in [1, 2] })
    var merged = try SketchParameters.of(20).sketch(
      equal, weights: Array(repeating: 1e-6, count: 1200))
    let far = try Matrix<Double>((0..<1100).map { _ in [4, 6] })
    try merged.merge(
      try SketchParameters.of(20).sketch(far, weights: Array(repeating: 1e-9, count: 1100)))
    #expect(merged.distanceCutoff == 25 * 1e-9 && merged.weights.count == 2)
  }

  // MARK: - A few rows far away

  @Test(
    "a huge row blurs no others, wherever it comes",
    arguments: [1e10, 1e17, 1e20, -3.4028235e38, 1e100])
  func hugeRow(value: Double) throws {
    let rows = BallRunTests.blobs(3000, seed: 8).doubles
    let huge = [value, value]
    for (number, all) in [[huge] + rows, rows + [huge], Array(repeating: huge, count: 300) + rows]
      .enumerated()
    {
      let points = try Matrix(all)
      let weights = all.map { $0 == huge ? 1 / 1024.0 : 1 }
      for weights in [nil, weights] {
        let onePass = OnePassKMeans(clusterCount: 13, seed: 0)
        let fit =
          if let weights {
            try onePass.fit(points.view, weights: weights.span)
          } else {
            try onePass.fit(points.view)
          }
        let labels = try fit.model.assign(points.view)
        let distances = try fit.model.squaredDistances(points.view)
        let cost = zip(all, distances).reduce(0) { $1.0 == huge ? $0 : $0 + $1.1 }
        // Twelve blobs of deviation 1 in two columns, and a cluster for what is far away.
        #expect(cost < 1.1 * 2 * 3000, "\(number)")
        #expect(Set(zip(all, labels).filter { $0.0 == huge }.map(\.1)).count == 1)
        #expect(fit.cost.lowerBound <= cost && fit.cost.upperBound >= cost)
        #expect(fit.sketch.weights.count > 60)
      }
    }
  }

  @Test("the frame is where most of the first rows are, and the mean where it is among them")
  func frames() throws {
    for data in SketchData.allCases {
      for columns in [1, 3] {
        let points = data.points(1500, columns, seed: 2, of: Double.self)
        let far = Array(repeating: 1e30, count: columns)
        let rows = Array(repeating: far, count: 5) + points.doubles
        let parameters = SketchParameters.of(30)
        let sketch = try parameters.sketch(try Matrix(rows))
        #expect(sketch.difference(from: parameters.reference(try Matrix<Double>(rows))) == nil)
      }
    }
  }
}
