// The certified bounds against the cost that they are bounds of, over all points that went into a
// sketch.
import Clustering
import KMeansReference
import Testing

/// A sum with Neumaier's compensation: an error of about one rounding.
struct CompensatedSum {
  private var sum = 0.0
  private var rest = 0.0
  var value: Double { sum + rest }

  static func += (total: inout CompensatedSum, value: Double) {
    let sum = total.sum + value
    total.rest +=
      total.sum.magnitude >= value.magnitude ? (total.sum - sum) + value : (value - sum) + total.sum
    total.sum = sum
  }
}

@Suite("Certified bounds of the cost") struct CostBoundsTests {
  /// The cost, and at most how far it is from the true one.
  private func cost(
    _ points: [[Double]], _ weights: [Double]?, _ centers: [[Double]]
  ) -> (value: Double, error: Double) {
    var sum = CompensatedSum()
    for (row, point) in points.enumerated() {
      let least = centers.reduce(Double.infinity) { min($0, Reference.squaredDistance(point, $1)) }
      sum += (weights?[row] ?? 1) * least
    }
    return (sum.value, sum.value * Double(points[0].count + 8) * 0x1p-53)
  }

  /// Some centers that are likely, and some that are not.
  private func centers<Scalar: ClusteringScalar>(
    _ points: Matrix<Scalar>, _ sketch: StreamingSketch<Scalar>
  ) throws -> [(String, Matrix<Scalar>)] {
    let rows = points.doubles
    func matrix(_ values: [[Double]]) throws -> Matrix<Scalar> {
      try Matrix(values.map { $0.map { Scalar($0) } })
    }
    let mean = rows[0].indices.map { c in rows.reduce(0) { $0 + $1[c] } / Double(rows.count) }
    var random = TestRandom(9)
    var kmeans = KMeans(clusterCount: 5, seed: 1)
    kmeans.execution.threads = 1
    var fitted: [(String, Matrix<Scalar>)] = []
    do throws(ClusteringError) {
      fitted = [("fitted", try kmeans.fit(points.view).model.centroids)]
    } catch {
      // Squares of the smallest doubles are none.
      guard case .differencesTooSmall = error else { throw error }
    }
    return fitted + [
      ("points", points.picking((0..<5).map { $0 * points.rows / 5 })),
      ("sketch", try #require(sketch.centroids)),
      ("mean", try matrix([mean])),
      ("zero", try matrix([mean.map { _ in 0 }])),
      ("far", try matrix([mean.map { _ in 1e9 * random.bell() }])),
      ("absurd", try matrix([mean.map { _ in 1e30 }, mean.map { _ in -1e35 }])),
      ("near the mean", try matrix([mean.map { $0 * (1 + 1e-6) }, mean])),
    ]
  }

  private func check<Scalar: ClusteringScalar>(
    _ points: Matrix<Scalar>, _ weights: [Double]?, _ sketch: StreamingSketch<Scalar>,
    factor: Double = .infinity, _ comment: String
  ) throws {
    let rows = points.doubles
    for (name, centers) in try centers(points, sketch) {
      let bounds = sketch.costBounds(for: centers)
      let (cost, error) = cost(rows, weights, centers.doubles)
      #expect(bounds.lowerBound <= cost + error, "\(comment) \(name): \(bounds) \(cost)")
      #expect(bounds.upperBound >= cost - error, "\(comment) \(name): \(bounds) \(cost)")
      #expect(bounds.lowerBound >= 0 && bounds.contains(bounds.upperBound))
      // Where the sketch itself is what is asked for, only the upper bound says much.
      #expect(
        factor.isInfinite || bounds.upperBound <= factor * cost,
        "\(comment) \(name): \(bounds) \(cost)")
    }
  }

  @Test("contain the true cost", arguments: SketchData.allCases)
  func containTheCost(data: SketchData) throws {
    for (number, columns) in [1, 2, 3, 7, 8, 17, 33, 100].enumerated() {
      let kind = SketchWeights.allCases[number % 4]
      let weights = kind.values(1500, seed: UInt64(number))
      let parameters = SketchParameters.of([12, 60][number % 2], seed: UInt64(number)) {
        $0.collapse = [.once, .paper, .jump][number % 3]
      }
      let comment = "\(data) d=\(columns) \(kind)"
      // Both kinds of far points: early and late, and seeds for both types.
      for seed in [number, number + 1] {
        let floats = data.points(1500, columns, seed: UInt64(seed), of: Float.self)
        try check(floats, weights, try parameters.sketch(floats, weights: weights), comment)
        let doubles = data.points(1500, columns, seed: UInt64(seed), of: Double.self)
        try check(doubles, weights, try parameters.sketch(doubles, weights: weights), comment)
      }
    }
  }

  @Test("contain the true cost where weights are far apart, or so large that sums are rounded")
  func wildWeights() throws {
    var random = TestRandom(5)
    for data in [SketchData.mixture, .offset, .tightClusters, .farOutlier] {
      for limit in [3.0, 30, 200] {
        let weights = (0..<1500).map { _ in
          exp10(Int(Double.random(in: -limit...limit, using: &random)))
            * Double.random(in: 1..<10, using: &random)
        }
        let points = data.points(1500, 4, seed: 6, of: Double.self)
        let sketch = try SketchParameters.of(30).sketch(points, weights: weights)
        try check(points, weights, sketch, "\(data) weights to 1e\(limit)")
      }
    }

    func exp10(_ exponent: Int) -> Double { Double("1e\(exponent)")! }
  }

  @Test("are useful: the upper one is near the cost of good centers")
  func areUseful() throws {
    for (data, factor) in [(SketchData.mixture, 1.5), (.uniform, 2), (.tightClusters, 1.5)] {
      let points = data.points(3000, 8, seed: 7, of: Float.self)
      let sketch = try SketchParameters.of(200).sketch(points)
      let fitted = try KMeans(clusterCount: 6, seed: 1).fit(points.view).model
      let bounds = sketch.costBounds(for: fitted.centroids)
      #expect(bounds.upperBound <= factor * fitted.inertia, "\(data)")
      #expect(bounds.lowerBound >= 0.1 * fitted.inertia, "\(data)")
    }
  }

  @Test("are the cost itself where every distinct point has a centroid")
  func exact() throws {
    for data in [SketchData.integers, .uniform, .offset, .constant] {
      for columns in [1, 3, 9] {
        let points = data.points(900, columns, seed: 8, of: Float.self)
        let weights = try #require(SketchWeights.integers.values(900, seed: 2))
        let parameters = SketchParameters.of(1000) { $0.distanceCutoff = .fixed(1e-30) }
        let sketch = try parameters.sketch(points, weights: weights)
        #expect(sketch.squaredError == 0)
        let rows = points.doubles
        let centers = rows[0..<3].map { $0.map { $0 + 0.625 } }
        let bounds = sketch.costBounds(for: try Matrix(centers.map { $0.map { Float($0) } }))
        let rounded = centers.map { $0.map { Double(Float($0)) } }
        let (cost, _) = cost(rows, weights, rounded)
        #expect(relativeDifference(bounds.lowerBound, cost) < 1e-9, "\(data) \(columns)")
        #expect(relativeDifference(bounds.upperBound, cost) < 1e-9, "\(data) \(columns)")
      }
    }
  }

  @Test("contain the true cost after merges, of sketches with frames far apart, too")
  func merged() throws {
    for offset in [0, 100, 1e8] as [Double] {
      let first = SketchData.mixture.points(1500, 5, seed: 1, of: Double.self)
      let second = try Matrix(
        SketchData.mixture.points(1700, 5, seed: 2, of: Double.self).doubles.map {
          $0.map { $0 + offset }
        })
      let few = try Matrix(Array(second.doubles[..<30]))
      let all = try Matrix(first.doubles + second.doubles + few.doubles)
      for collapse in SketchParameters.Collapse.allCases {
        let parameters = SketchParameters.of(40) { $0.collapse = collapse }
        var sketch = try parameters.sketch(first)
        try sketch.merge(try parameters.sketch(second))
        try sketch.merge(try parameters.sketch(few))
        try check(all, nil, sketch, "offset \(offset) \(collapse)")
      }
    }
  }

  @Test("of nothing are zero; of centers that are no numbers nothing is certain")
  func noPoints() throws {
    let centers = try Matrix<Float>([[1, 2]])
    let empty = StreamingSketch<Float>(.of(10)).costBounds(for: centers)
    #expect(empty == CostBounds(lowerBound: 0, upperBound: 0))
    let points = SketchData.uniform.points(20, 2, seed: 1, of: Float.self)
    let sketch = try SketchParameters.of(10).sketch(points)
    let bounds = sketch.costBounds(for: try Matrix<Float>([[.nan, 2]]))
    #expect(bounds.lowerBound == 0 && bounds.upperBound == .infinity)
  }

  @Test("hold where squares are too small for a Double")
  func tiny() throws {
    for exponent in [-530, -520, -500] {
      let scale = Double(sign: .plus, exponent: exponent, significand: 1)
      let large = SketchData.mixture.points(1500, 3, seed: 4, of: Double.self).doubles
      let points = try Matrix(large.map { $0.map { $0 * scale } })
      let sketch = try SketchParameters.of(20).sketch(points)
      let centers = points.picking([0, 300, 600])
      let bounds = sketch.costBounds(for: centers)
      // What has no room among small numbers has it among large ones.
      let back = { (value: Double) in value / scale / scale }
      let restored = points.doubles.map { $0.map { $0 / scale } }
      let (cost, error) = cost(restored, nil, centers.doubles.map { $0.map { $0 / scale } })
      #expect(back(bounds.lowerBound) <= cost + error, "2^\(exponent)")
      #expect(back(bounds.upperBound) >= cost - error, "2^\(exponent)")
    }
  }
}
