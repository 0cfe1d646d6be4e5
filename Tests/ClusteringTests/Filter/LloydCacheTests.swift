// Fits with what is remembered of rows: the bits of fits without, and every bound holds.
import Clustering
import Testing

@Suite(.enabled(if: InstructionSet.best >= .v4vnni)) struct LloydCacheTests {
  private let fits = VerifiedFits(reference: .fused, strategy: .filtered, threads: [1, 2, 3])

  @Test(arguments: HardData.allCases) func `fits are the same bits`(data: HardData) throws {
    for (n, d, k) in [(700, 20, 30), (2100, 6, 9)] {
      _ = try fits.check(data.points(n, d, seed: 1, of: Float.self), k: k, "\(data) Float")
      _ = try fits.check(data.points(n, d, seed: 2, of: Double.self), k: k, "\(data) Double")
    }
  }

  /// Clusters that take many iterations to find: rows are sorted, bounds carried and counted anew.
  private func blobs(
    _ n: Int, _ d: Int, _ clusters: Int, spread: Double = 20, integers: Bool
  ) -> Matrix<Float> {
    var random = TestRandom(5)
    let centers = (0..<clusters).map { _ in (0..<d).map { _ in spread * random.bell() } }
    return try! Matrix(
      (0..<n).map { _ in
        centers[Int(random.next() % UInt64(clusters))].map {
          let value = Float($0 + 6 * random.bell())
          return integers ? value.rounded() : value
        }
      })
  }

  @Test(arguments: [false, true]) func `bounds carry over`(integers: Bool) throws {
    // Long enough rows and enough clusters for exact sums.
    let points = blobs(6000, 160, 90, spread: 2.5, integers: integers)
    let fit = try fits.check(points, k: 130, "blobs, integers \(integers)")
    #expect(fit.history.count > 6)
    let pairs = 6000 * 130
    #expect(fit.history.first!.compared == pairs)
    // Late iterations look at a small part of the pairs only.
    #expect(fit.history.last!.compared < pairs / 2)
    #expect(fit.filter!.unfiltered == 0)
  }

  @Test func `weights and maps`() throws {
    let points = blobs(3000, 150, 40, integers: false)
    var random = TestRandom(6)
    let weights = (0..<3000).map { _ in Double.random(in: 0..<3, using: &random) }
    _ = try fits.check(points, k: 140, weights: weights, "weights")
    _ = try fits.check(points, k: 140, "cosine") { $0.distance = .cosine }
    _ = try fits.check(points, k: 140, weights: weights, "standardised") { $0.standardizes = true }
    _ = try fits.check(points, k: 140, "standardised, exact sums") { $0.standardizes = true }
  }

  @Test func `memory can be taken away`() throws {
    let points = blobs(3000, 24, 40, integers: true)
    // Nothing; the bytes alone; all.
    for limit in [0, 3000 * (24 + 40) + 4096, Int.max] {
      _ = try fits.check(points, k: 50, "\(limit) bytes") { $0.rowMemory = limit }
    }
    var kmeans = KMeans(clusterCount: 3, seed: 0)
    kmeans.rowMemory = -1
    #expect(throws: ClusteringError.rowMemoryNegative(-1)) { try kmeans.fit(points.view) }
  }

  @Test func `strange columns go to fused`() throws {
    let points = HardData.hugeColumn.points(4000, 40, seed: 9, of: Float.self)
    let fit = try fits.check(points, k: 64, "huge column")
    #expect(fit.filter!.unfiltered > 0.5)
    #expect(fit.history.last!.unfiltered == 4000)
  }

  /// Seeds whose labels are known, restarts, and clusters that become empty.
  @Test func `seeds and empty clusters`() throws {
    let points = blobs(2000, 16, 10, integers: true)
    _ = try fits.check(points, k: 40, "greedy seeds") { $0.initialization = .greedy }
    _ = try fits.check(Matrix.twelvePlaces, k: 30, "more clusters than distinct points")
  }
}
