// Where a curve has its knee.
import Clustering
import Testing

@Suite struct ElbowKneeTests {
  /// Of the inertia itself the knee would be far before.
  @Test func `the knee of twelve round blobs is at twelve`() throws {
    var found: [Int?] = []
    for seed in UInt64(0)..<20 {
      let points = BallRunTests.blobs(3000, seed: seed)
      let curve = try ElbowCurveTests.parameters(seed: seed).curve(
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

  /// Clumps far apart: the knee is where there is one cluster each.
  @Test func `the knee is at the number of clumps`() throws {
    let clumps: [[Double]] = [[0, 0], [100, 0], [0, 100], [100, 100]]
    var random = TestRandom(4)
    let points = try Matrix<Double>(
      (0..<400).map { row in clumps[row % 4].map { $0 + random.bell() } })
    let curve = try ElbowCurveTests.parameters(seed: 3).curve(
      points.view, clusterCounts: Array(1...12))
    #expect(try curve.knee() == 4)
    #expect(try curve.knee(sensitivity: 100) == nil)
    #expect(curve.explained(curve.fits[3]) > 0.99)
    #expect(throws: KneedleError.invalidSensitivity(-1)) { try curve.knee(sensitivity: -1) }
    // By hand: four sides of a square of 100 x 100, each point 70.7 from the middle.
    #expect((curve.totalInertia / 2_000_000 - 1).magnitude < 0.05)
  }
}
