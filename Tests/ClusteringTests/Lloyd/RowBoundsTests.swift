// Fits with a bound a row: the bits of fits without, and every bound holds.
import Clustering
import Testing

@Suite struct RowBoundsTests {
  /// Without any bounds, and with those that `fused` carries.
  private let fits = VerifiedFits(
    reference: .blas, strategy: .fused, instructionSets: InstructionSet.available, threads: [1, 3])

  @Test(arguments: TestData.allCases) func `fits are the same bits`(data: TestData) throws {
    for (n, d, k) in [(700, 1, 4), (5000, 2, 7), (2100, 6, 9), (900, 40, 30)] {
      _ = try fits.check(data.points(n, d, seed: 1, of: Float.self), k: k, "\(data) Float")
      guard data != .tiny else { continue }
      _ = try fits.check(data.points(n, d, seed: 2, of: Double.self), k: k, "\(data) Double")
    }
  }

  @Test func `weights, transforms and starts change nothing`() throws {
    var random = TestRandom(3)
    let weights = (0..<2100).map { _ in Double(Int.random(in: 0..<4, using: &random)) / 3 }
    let floats = TestData.outliers.points(2100, 5, seed: 4, of: Float.self)
    let doubles = TestData.offset.points(2100, 5, seed: 5, of: Double.self)
    _ = try fits.check(floats, k: 20, weights: weights, "weights, Float")
    _ = try fits.check(doubles, k: 20, weights: weights, "weights, Double")
    _ = try fits.check(floats, k: 20, "standardised") { $0.standardizes = true }
    _ = try fits.check(doubles, k: 20, "standardised") { $0.standardizes = true }
    _ = try fits.check(floats, k: 20, "cosine") { $0.distance = .cosine }
    _ = try fits.check(doubles, k: 20, "both") { ($0.distance, $0.standardizes) = (.cosine, true) }
    _ = try fits.check(floats, k: 30, "greedy seeds") { $0.initialization = .greedy }
    _ = try fits.check(floats, k: 30, "runs") { $0.runs = 3 }
  }

  /// Labels change besides, where a cluster that is empty takes a point, before there are bounds
  /// and while there are.
  @Test func `empty clusters are refilled to the same bits`() throws {
    for seed in UInt64(0)..<8 {
      let points = TestData.duplicates.points(1500, 3, seed: seed, of: Float.self)
      for initialization in [CentroidInitialization.kMeansPlusPlus, .greedy, .randomRows] {
        let fit = try fits.check(points, k: 30, "\(initialization), seed \(seed)") {
          ($0.initialization, $0.seed) = (initialization, seed)
        }
        #expect(fit.history.count > 0)
      }
    }
    var random = TestRandom(9)
    let far = try Matrix<Double>(
      (0..<40).map { row in (0..<3).map { _ in (row < 20 ? 1e3 : 1) * random.bell() } })
    let points = TestData.noise.points(2500, 3, seed: 4, of: Double.self)
    var kmeans = KMeans(clusterCount: 40, seed: 1)
    (kmeans.tolerance, kmeans.recordsInertia, kmeans.verifiesBounds) = (0, true, true)
    var expected: KMeans.Fit<Double>?
    for strategy in [Execution.Strategy.blas, .fused, .filteredIfAvailable(on: .best)] {
      kmeans.execution.strategy = strategy
      let fit = try kmeans.fit(points.view, from: far)
      #expect(fit.history[0].refilled > 0)
      expectSame(fit, expected ?? fit, "\(strategy)")
      expected = fit
    }
  }

  /// Squares of floats that underflow: they may be rounded up as well, and a centroid look far.
  @Test func `squares that underflow hide no centroid`() throws {
    let u = Float(0x1p-75)
    let rows = try Matrix<Float>([[-0.7 * u], [0.7 * u], [1.3 * u], [100 * u]])
    var kmeans = KMeans(clusterCount: 3, seed: 0)
    (kmeans.tolerance, kmeans.maxIterations, kmeans.verifiesBounds) = (0, 3, true)
    // Too little for sorted values.
    kmeans.rowMemory = 4 * 4
    let start = try Matrix<Float>([[0], [2 * u], [100 * u]])
    var labels: [[Int32]] = []
    for strategy in [Execution.Strategy.blas, .fused] {
      kmeans.execution.strategy = strategy
      labels.append(try kmeans.fit(rows.view, from: start).labels)
    }
    #expect(labels[0] == labels[1])
    for data in [TestData.noise, .outliers, .tightClusters, .integers] {
      for exponent in [-62, -70, -75, -80, 40] {
        let scale = Double(sign: .plus, exponent: exponent, significand: 1)
        let scaled = data.points(900, 2, seed: 3, of: Double.self).doubles.map {
          $0.map { Float($0 * scale) }
        }
        _ = try fits.check(Matrix(scaled), k: 12, "\(data), 2^\(exponent)")
      }
    }
  }

  /// Blobs with more clusters than there are: they take long to settle, and few points move.
  private static func blobs<Scalar: ClusteringScalar>(
    _ n: Int, _ d: Int, _ type: Scalar.Type
  ) -> Matrix<Scalar> {
    var random = TestRandom(5)
    let centers = (0..<5).map { _ in (0..<d).map { _ in 10 * random.bell() } }
    return try! Matrix(
      (0..<n).map { row in centers[row % 5].map { Scalar(Float($0 + random.bell())) } })
  }

  @Test func `points at rest are not looked at`() throws {
    for fit in [
      try fits.check(Self.blobs(6000, 4, Float.self), k: 9, "Float").history,
      try fits.check(Self.blobs(6000, 4, Double.self), k: 9, "Double").history,
    ] {
      #expect(fit.count > 12)
      #expect(fit[0].compared == 6000 * 9)
      #expect(fit[12...].reduce(0) { $0 + $1.compared } < (fit.count - 12) * 6000 * 9 / 3)
    }
  }

  @Test func `little memory means no bounds`() throws {
    let points = Self.blobs(3000, 4, Float.self)
    let fit = try fits.check(points, k: 9, "no memory") { $0.rowMemory = 4 * 3000 - 1 }
    #expect(fit.history.allSatisfy { $0.compared == 0 })
  }

  @Test func `an inertia that nobody asked for is none, and the last one is there`() throws {
    let points = Self.blobs(3000, 4, Float.self)
    var kmeans = KMeans(clusterCount: 9, seed: 1)
    for strategy in Execution.Strategy.working {
      kmeans.execution.strategy = strategy
      var observed: [Double] = []
      let watched = try kmeans.fit(points) { observed.append($0.inertia ?? .nan) }
      let alone = try kmeans.fit(points)
      #expect(alone.history.allSatisfy { $0.inertia == nil }, "\(strategy)")
      #expect(watched.history.map { $0.inertia ?? -1 } == observed, "\(strategy)")
      #expect(alone.model == watched.model, "\(strategy)")
      kmeans.recordsInertia = false
      #expect(try kmeans.fit(points) { _ in }.history.allSatisfy { $0.inertia == nil })
      kmeans.recordsInertia = nil
    }
  }
}
