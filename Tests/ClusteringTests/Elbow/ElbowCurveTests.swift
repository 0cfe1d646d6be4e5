// The inertia over the number of clusters: what each fit starts from, and what may never happen.
import Clustering
import Testing

@Suite struct ElbowCurveTests {
  static func parameters(seed: UInt64, threads: Int = 2) -> KMeans {
    var kmeans = KMeans(clusterCount: 1, seed: seed)
    kmeans.threads = threads
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
      let alone = try kmeans.fit(points.view, from: values)
      #expect(alone.history[0].inertia == 0 && alone.model.inertia > 0)
    }
  }

  @Test func `every fit starts from the last centroids and points`() throws {
    let points = TestData.noise.points(400, 4, seed: 3, of: Double.self)
    var kmeans = Self.parameters(seed: 5)
    kmeans.initialization = .kMeansPlusPlus
    let curve = try kmeans.curve(points.view, clusterCounts: [3, 4, 9], startsAnew: false)
    var three = kmeans
    three.clusterCount = 3
    let first = try three.fit(points.view)
    #expect(curve.fits[0].inertia == first.model.inertia)
    // One of the 400 points, as the fourth centroid, leads to the second fit of the curve.
    var four = kmeans
    four.clusterCount = 4
    let candidates = try (0..<400).map { row in
      var start = first.model.centroids
      start.append(points[row])
      return try four.fit(points.view, from: start).model
    }
    let found = candidates.filter { $0.inertia == curve.fits[1].inertia }
    #expect(!found.isEmpty && found.count < 300)
    #expect(found.contains { $0.iterations == curve.fits[1].iterations })
  }

  /// From the mean and one of these points, an iteration comes to another inertia for each, which
  /// shows what was drawn. 18.5 is the 0.001 quantile of chi-square for 4 degrees of freedom.
  @Test func `a new centroid is drawn by weight times squared distance`() throws {
    let points = try Matrix<Double>([[10, 0], [0, 12], [-9, 0], [0, -14], [6, 6], [5, -5]])
    let weights: [Double] = [2, 1, 3, 1, 0.5, 0]
    let total = weights.reduce(0, +)
    let mean = (0..<2).map { column in
      (0..<6).reduce(0) { $0 + weights[$1] * points[$1, column] } / total
    }
    var two = Self.parameters(seed: 0, threads: 1)
    two.clusterCount = 2
    two.maxIterations = 1
    two.initialization = .kMeansPlusPlus
    let ends = try (0..<6).map { row in
      let start = try Matrix([mean, [points[row, 0], points[row, 1]]])
      return try two.fit(points.view, weights: weights.span, from: start).model.inertia
    }
    try #require(Set(ends).count == 6)
    let runs = 10_000
    var counts = [Double](repeating: 0, count: 6)
    for seed in 0..<runs {
      two.seed = UInt64(seed)
      let curve = try two.curve(
        points.view, weights: weights.span, clusterCounts: [1, 2], startsAnew: false)
      counts[try #require(ends.firstIndex(of: curve.fits[1].inertia))] += 1
    }
    #expect(counts[5] == 0)
    let shares = (0..<5).map { row in
      weights[row]
        * (0..<2).reduce(0) { sum, column in
          sum + (points[row, column] - mean[column]) * (points[row, column] - mean[column])
        }
    }
    let statistic = zip(counts, shares).reduce(0) { sum, cell in
      let expected = cell.1 / shares.reduce(0, +) * Double(runs)
      return sum + (cell.0 - expected) * (cell.0 - expected) / expected
    }
    #expect(statistic < 18.5, "\(counts)")
  }

  /// Of two candidates, drawn as above, the one that leaves less.
  @Test func `a greedy start takes the better of its candidates`() throws {
    let points = try Matrix<Double>([[10, 0], [0, 12], [-9, 0], [0, -14], [6, 6], [5, -5]])
    var two = Self.parameters(seed: 0, threads: 1)
    two.clusterCount = 2
    two.maxIterations = 1
    let mean = (0..<2).map { column in (0..<6).reduce(0) { $0 + points[$1, column] } / 6 }
    let starts = try (0..<6).map { row in
      try two.fit(points.view, from: try Matrix([mean, [points[row, 0], points[row, 1]]]))
    }
    let (left, ends) = (starts.map { $0.history[0].inertia }, starts.map(\.model.inertia))
    try #require(Set(ends).count == 6 && Set(left).count == 6)
    let shares = (0..<6).map { row in
      (0..<2).reduce(0) { $0 + (points[row, $1] - mean[$1]) * (points[row, $1] - mean[$1]) }
    }
    let total = shares.reduce(0, +)
    var expected = [Double](repeating: 0, count: 6)
    for a in 0..<6 {
      for b in 0..<6 {
        expected[left[a] <= left[b] ? a : b] += shares[a] / total * shares[b] / total
      }
    }
    let runs = 4000
    var counts = [Double](repeating: 0, count: 6)
    for seed in 0..<runs {
      two.seed = UInt64(seed)
      let curve = try two.curve(points.view, clusterCounts: [1, 2], startsAnew: false)
      counts[try #require(ends.firstIndex(of: curve.fits[1].inertia))] += 1
    }
    // 20.5 is the 0.001 quantile of chi-square for 5 degrees of freedom.
    let statistic = zip(counts, expected).reduce(0) { sum, cell in
      let mean = cell.1 * Double(runs)
      return sum + (cell.0 - mean) * (cell.0 - mean) / mean
    }
    #expect(statistic < 20.5, "\(counts)")
  }

  @Test(arguments: TestData.allCases) func `no fit of the same seed is better`(data: TestData)
    throws
  {
    try check(Float.self)
    // Squares of the smallest doubles are none.
    if data != .tiny { try check(Double.self) }

    func check<Scalar: ClusteringScalar>(_ type: Scalar.Type) throws {
      let points = data.points(300, 3, seed: 2, of: type)
      for initialization in [Initialization.greedy, .kMeansPlusPlus, .randomRows] {
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

  /// Where sums are never rounded, which depends on the number of clusters, they are not in a curve either.
  @Test func `a fit of the curve is the fit of that number, bit for bit`() throws {
    let points = TestData.noise.points(3000, 128, seed: 2, of: Float.self)
    var kmeans = Self.parameters(seed: 4)
    kmeans.maxIterations = 3
    let curve = try kmeans.curve(points.view, clusterCounts: [2, 64])
    kmeans.clusterCount = 64
    let alone = try kmeans.fit(points.view).model
    #expect(curve.fits[1].inertia <= alone.inertia)
  }

  /// Of the inertia itself the knee would be far before.
  @Test func `the knee of twelve round blobs is at twelve`() throws {
    var found: [Int?] = []
    for seed in UInt64(0)..<20 {
      let points = BallRunTests.blobs(3000, seed: seed)
      let curve = try Self.parameters(seed: seed).curve(
        points.view, clusterCounts: Array(2...20))
      found.append(try curve.knee())
      let plain = try Kneedle.knee(
        x: curve.fits.map { Double($0.clusters) }, y: curve.fits.map(\.inertia))
      #expect(plain != 12)
    }
    #expect(found.count { $0 == 12 } >= 19, "\(found)")
  }

  @Test func `inertia that is nothing but rounding ends the curve`() throws {
    func curve(_ inertias: [Double]) -> ElbowCurve {
      ElbowCurve(
        totalInertia: 100,
        fits: inertias.enumerated().map {
          ElbowCurve.Fit(
            clusters: $0 + 1, inertia: $1, seconds: 0, iterations: 1, converged: true)
        })
    }
    #expect(try curve([100, 60, 30, 0, 0, 0, 0]).knee() == 4)
    #expect(try curve([100, 60, 30, 1e-20, 1e-22, 0, 0]).knee() == 4)
    #expect(try curve([100, 90, 81, 72.9, 65.61]).knee() == nil)
    #expect(try curve([0, 0, 0, 0]).knee() == nil)
    #expect(throws: KneedleError.notFinite(index: 1)) { try curve([3, .infinity, 1]).knee() }
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
        kmeans.instructionSet = isa
        #expect(try bits(kmeans) == one)
      }
    }
    #expect(try bits(Self.parameters(seed: 10)) != one)
  }

  /// Clumps far apart: the knee is where there is one cluster each.
  @Test func `the knee is at the number of clumps`() throws {
    let clumps: [[Double]] = [[0, 0], [100, 0], [0, 100], [100, 100]]
    var random = TestRandom(4)
    let points = try Matrix<Double>(
      (0..<400).map { row in clumps[row % 4].map { $0 + random.bell() } })
    let curve = try Self.parameters(seed: 3).curve(points.view, clusterCounts: Array(1...12))
    #expect(try curve.knee() == 4)
    #expect(try curve.knee(sensitivity: 100) == nil)
    #expect(curve.explained(curve.fits[3]) > 0.99)
    #expect(throws: KneedleError.invalidSensitivity(-1)) { try curve.knee(sensitivity: -1) }
    // By hand: four sides of a square of 100 x 100, each point 70.7 from the middle.
    #expect((curve.totalInertia / 2_000_000 - 1).magnitude < 0.05)
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
