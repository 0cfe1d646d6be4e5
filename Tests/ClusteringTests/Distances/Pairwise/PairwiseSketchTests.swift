// Sketches by distances that are no squared Euclidean ones.
import Clustering
import KMeansReference
import Testing

@Suite struct PairwiseSketchTests {
  static let norms: [DistanceMeasure] = [
    .manhattan, .chebyshev, .minkowski(exponent: 3), .minkowski(exponent: 1.5),
  ]

  static func parameters(
    _ distance: DistanceMeasure, _ numClusters: Int, seed: UInt64 = 1
  ) -> SketchParameters {
    SketchParameters.of(numClusters, seed: seed) { $0.distance = distance }
  }

  private static func distance(
    _ measure: DistanceMeasure, _ a: [Double], _ b: [Double]
  ) -> Double {
    PairwiseDistance(measure.pairwise!)(a, b, a.count)
  }

  /// The cost of points by their definition.
  static func cost(
    _ points: [[Double]], _ weights: [Double]?, _ centers: [[Double]], _ measure: DistanceMeasure
  ) -> Double {
    var sum = CompensatedSum()
    for (row, point) in points.enumerated() {
      let least = centers.reduce(Double.infinity) { min($0, distance(measure, point, $1)) }
      sum += (weights?[row] ?? 1) * least
    }
    return sum.value
  }

  /// Shindler's rule for points of weight 1, one after another, without collapses: a point becomes
  /// a centroid where its draw times the cutoff is below its distance.
  private static func naive(
    _ points: [[Double]], _ measure: DistanceMeasure, cutoff: Double, seed: UInt64
  ) -> (centroids: [[Double]], weights: [Double]) {
    let draws = Draws(seed: seed, purpose: .sketch)
    var (centroids, weights) = ([[Double]](), [Double]())
    for (number, point) in points.enumerated() {
      let distances = centroids.map { distance(measure, point, $0) }
      guard let least = distances.min(), draws.uniform(number) * cutoff >= least else {
        centroids.append(point)
        weights.append(1)
        continue
      }
      let slot = distances.firstIndex(of: least)!
      weights[slot] += 1
      centroids[slot] = zip(centroids[slot], point).map { $0 + ($1 - $0) / weights[slot] }
    }
    return (centroids, weights)
  }

  @Test(arguments: norms + [.tanimoto])
  func `a sketch decides as the naive rule does`(measure: DistanceMeasure) throws {
    let points = SketchData.mixture.points(2000, 5, seed: 2, of: Double.self)
    let cutoff = measure == .tanimoto ? 5.0 : 60.0
    var parameters = Self.parameters(measure, 3000, seed: 4)
    parameters.distanceCutoff = .fixed(cutoff)
    let sketch = try parameters.sketch(points)
    let expected = Self.naive(points.doubles, measure, cutoff: cutoff, seed: 4)
    #expect(sketch.collapseCount == 0)
    #expect(sketch.weights == expected.weights)
    #expect(sketch.weights.count > 20)
    let centroids = try #require(sketch.doubleCentroids).doubles
    for (found, exact) in zip(centroids, expected.centroids) {
      #expect(zip(found, exact).allSatisfy { ($0 - $1).magnitude < 1e-9 })
    }
  }

  @Test(arguments: norms)
  func `bounds contain the cost`(measure: DistanceMeasure) throws {
    for data in SketchData.allCases {
      for (number, columns) in [1, 3, 8, 17].enumerated() {
        let weights = SketchWeights.allCases[number].values(1500, seed: UInt64(number))
        let points = data.points(1500, columns, seed: UInt64(number), of: Double.self)
        let sketch = try Self.parameters(measure, 40, seed: UInt64(number))
          .sketch(points, weights: weights)
        let rows = points.doubles
        let mean = rows[0].indices.map { c in rows.reduce(0) { $0 + $1[c] } / 1500 }
        let centers: [(String, Matrix<Double>)] = [
          ("points", points.picking([0, 300, 700])),
          ("sketch", try #require(sketch.doubleCentroids)),
          ("mean", try Matrix([mean])), ("zero", try Matrix([mean.map { _ in 0 }])),
          ("far", try Matrix([mean.map { $0 * 10 + 1e7 }])),
        ]
        for (name, centers) in centers {
          let bounds = sketch.costBounds(for: centers)
          let cost = Self.cost(rows, weights, centers.doubles, measure)
          let error = cost * Double(columns + 200) * 0x1p-53
          #expect(
            bounds.lowerBound <= cost + error, "\(data) \(columns) \(name): \(bounds) \(cost)")
          #expect(
            bounds.upperBound >= cost - error, "\(data) \(columns) \(name): \(bounds) \(cost)")
        }
      }
    }
  }

  @Test func `bounds are worth something where clusters are tight`() throws {
    let points = SketchData.tightClusters.points(4000, 3, seed: 1, of: Double.self)
    let sketch = try Self.parameters(.manhattan, 200).sketch(points)
    let far = try Matrix<Double>([[500, 500, 500]])
    let bounds = sketch.costBounds(for: far)
    #expect(bounds.upperBound < 1.1 * bounds.lowerBound)
  }

  @Test func `nothing is certain of the distance of Tanimoto, which no shift leaves as it is`()
    throws
  {
    let points = SketchData.mixture.points(1500, 4, seed: 1, of: Double.self)
    let sketch = try Self.parameters(.tanimoto, 40).sketch(points)
    #expect(
      sketch.costBounds(for: points.picking([0, 1]))
        == CostBounds(lowerBound: 0, upperBound: .infinity))
    // Rows that lie far from the origin, all in about one direction, are near to each other.
    let offset = SketchData.offset.points(1500, 4, seed: 1, of: Double.self)
    var parameters = Self.parameters(.tanimoto, 40)
    parameters.distanceCutoff = .fixed(0.1)
    #expect(try parameters.sketch(offset).weights.count < 5)
  }

  @Test(arguments: norms + [.tanimoto])
  func `weights are conserved`(measure: DistanceMeasure) throws {
    for collapse in SketchParameters.Collapse.allCases {
      var parameters = Self.parameters(measure, 25)
      parameters.collapse = collapse
      let points = SketchData.mixture.points(3000, 4, seed: 3, of: Float.self)
      let weights = try #require(SketchWeights.integers.values(3000, seed: 3))
      let sketch = try parameters.sketch(points, weights: weights)
      #expect(sketch.weights.reduce(0, +) == weights.reduce(0, +))
      #expect(sketch.collapseCount > 0)
    }
  }

  @Test(arguments: norms + [.tanimoto])
  func `blocks, threads and instruction sets change no bit`(measure: DistanceMeasure) throws {
    let points = SketchData.mixture.points(2500, 9, seed: 5, of: Float.self)
    var found: Set<[UInt8]> = []
    for isa in InstructionSet.available {
      for (threads, rows) in [(1, nil), (2, 1), (3, 50)] as [(Int, Int?)] {
        var parameters = Self.parameters(measure, 30)
        parameters.execution = Execution(threads: threads, instructionSet: isa)
        var sketch = StreamingSketch<Float>(parameters)
        sketch.blockRows = rows
        try sketch.add(points)
        found.insert(sketch.archived())
      }
    }
    #expect(found.count == 1)
  }

  @Test func `a cutoff is estimated as the smallest positive distance`() throws {
    let points = try Matrix<Double>([[0, 0], [3, 4], [3, 4], [3.5, 4.25], [100, 0]])
    for (measure, least) in [
      (DistanceMeasure.manhattan, 0.75), (.chebyshev, 0.5),
      (.minkowski(exponent: 2), 0.3125.squareRoot()),
    ] {
      let sketch = try Self.parameters(measure, 30).sketch(points)
      // The frame rounds coordinates.
      let found = try #require(sketch.distanceCutoff)
      #expect((found - least).magnitude < 1e-12)
    }
  }

  @Test func `an exponent is heard`() throws {
    let points = SketchData.mixture.points(2000, 4, seed: 9, of: Float.self)
    let sketches = try [1.5, 3].map {
      try Self.parameters(.minkowski(exponent: $0), 30).sketch(points).weights
    }
    #expect(sketches[0] != sketches[1])
  }
}
