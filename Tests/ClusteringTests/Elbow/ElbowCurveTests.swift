// The inertia over the number of clusters: what may never happen, and what nothing may change.
import Clustering
import Testing

@Suite struct ElbowCurveTests {
  static func parameters(seed: UInt64, threads: Int = 2) -> KMeans {
    var kmeans = KMeans(clusterCount: 1, seed: seed)
    kmeans.execution.threads = threads
    return kmeans
  }

  @Test(arguments: TestData.allCases) func `inertia never rises`(data: TestData) throws {
    try check(Float.self)
    // Squares of the smallest doubles are none.
    if data != .tiny { try check(Double.self) }

    func check<Scalar: ClusteringScalar>(_ type: Scalar.Type) throws {
      for seed in UInt64(0)..<12 {
        let points = data.points(150, 3, seed: seed, of: type)
        var kmeans = Self.parameters(seed: seed)
        kmeans.tolerance = seed.isMultiple(of: 2) ? 0 : 1e-4
        let curve = try kmeans.curve(points.view, clusterCounts: Array(1...40))
        for (before, after) in zip(curve.fits, curve.fits.dropFirst()) {
          #expect(after.inertia <= before.inertia, "\(after.clusters) clusters, seed \(seed)")
        }
      }
    }
  }

  /// Among numbers that differ in their last bits the sums lose what the means would need: Lloyd's
  /// algorithm alone moves centroids away from the points that they lie on.
  @Test func `inertia never rises by rounding`() throws {
    for seed in UInt64(0)..<10 {
      var random = TestRandom(seed)
      let points = try Matrix<Double>(
        (0..<1500).map { _ in [1e6 + Double(random.next() % 7) * 1e6.ulp] })
      var kmeans = Self.parameters(seed: seed)
      kmeans.tolerance = 0
      kmeans.maxIterations = 20
      let curve = try kmeans.curve(points.view, clusterCounts: Array(1...12))
      for (before, after) in zip(curve.fits, curve.fits.dropFirst()) {
        #expect(after.inertia <= before.inertia, "\(after.clusters) clusters, seed \(seed)")
      }
      let values = try Matrix<Double>((0..<7).map { [1e6 + Double($0) * 1e6.ulp] })
      kmeans.clusterCount = 7
      kmeans.maxIterations = 1
      kmeans.recordsInertia = true
      let alone = try kmeans.fit(points.view, from: values)
      #expect(alone.history[0].inertia == 0 && alone.model.inertia > 0)
    }
  }

  @Test(arguments: TestData.allCases) func `no fit of the same seed is better`(data: TestData)
    throws
  {
    try check(Float.self)
    // Squares of the smallest doubles are none.
    if data != .tiny { try check(Double.self) }

    func check<Scalar: ClusteringScalar>(_ type: Scalar.Type) throws {
      let points = data.points(300, 3, seed: 2, of: type)
      for initialization in [CentroidInitialization.greedy, .kMeansPlusPlus, .randomRows] {
        var kmeans = Self.parameters(seed: 4)
        kmeans.initialization = initialization
        let curve = try kmeans.curve(points.view, clusterCounts: [2, 3, 5, 8, 13, 21])
        for fit in curve.fits {
          kmeans.clusterCount = fit.clusters
          let alone = try kmeans.fit(points.view).model
          #expect(fit.inertia <= alone.inertia, "\(fit.clusters) clusters")
          if fit.start == .fresh { #expect(fit.inertia == alone.inertia) }
        }
        #expect(curve.fits[0].start == .fresh)
      }
    }
  }

  /// Where sums are never rounded, which depends on the number of clusters, they are not in a curve
  /// either.
  @Test func `a fit of the curve is the fit of that number, bit for bit`() throws {
    let points = TestData.noise.points(3000, 128, seed: 2, of: Float.self)
    var kmeans = Self.parameters(seed: 4)
    kmeans.maxIterations = 3
    let curve = try kmeans.curve(points.view, clusterCounts: [2, 64])
    kmeans.clusterCount = 64
    let alone = try kmeans.fit(points.view).model
    #expect(curve.fits[1].inertia <= alone.inertia)
  }

  @Test func `the same bits for any threads and instruction set`() throws {
    let points = TestData.outliers.points(5000, 10, seed: 71, of: Float.self)
    func bits(_ kmeans: KMeans) throws -> [[Double]] {
      let curve = try kmeans.curve(points.view, clusterCounts: [2, 3, 7, 8])
      return curve.fits.map { [Double($0.clusters), $0.inertia, Double($0.iterations)] }
        + [[curve.totalInertia]]
    }
    let one = try bits(Self.parameters(seed: 9, threads: 1))
    for isa in InstructionSet.available {
      for threads in [1, 2, 5] {
        var kmeans = Self.parameters(seed: 9, threads: threads)
        kmeans.execution.instructionSet = isa
        #expect(try bits(kmeans) == one)
      }
    }
    #expect(try bits(Self.parameters(seed: 10)) != one)
  }

  @Test func `fits are told as they end, and iterations are limited`() throws {
    let points = TestData.noise.points(500, 4, seed: 3, of: Float.self)
    var kmeans = Self.parameters(seed: 1)
    kmeans.tolerance = 0
    kmeans.maxIterations = 2
    var told: [ElbowCurve.Fit] = []
    let curve = try kmeans.curve(points.view, clusterCounts: [5, 6, 20]) { told.append($0) }
    #expect(told == curve.fits)
    #expect(told.map(\.clusters) == [5, 6, 20])
    #expect(told.allSatisfy { $0.iterations == 2 && !$0.converged && $0.seconds > 0 })
  }
}
