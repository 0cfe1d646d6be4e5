// Fits of one column by its sorted values: the bits of fits that compare every row with every
// centroid.
import Clustering
import Testing

@Suite struct SortedColumnTests {
  /// Fits by sorted values, and all distances computed after all; and by BLAS.
  private func check<Scalar: ClusteringScalar>(
    _ values: [Scalar], k: Int, weights: [Double]? = nil, from start: [Scalar]? = nil,
    _ what: String, change: (inout KMeans) -> Void = { _ in }
  ) throws -> KMeans.Fit<Scalar> {
    let points = try Matrix(values.map { [$0] })
    let initial = try start.map { try Matrix($0.map { [$0] }) }
    return try VerifiedFits(reference: .blas, strategy: .fused, threads: [2]).check(
      points, k: k, weights: weights, from: initial,
      "\(what), \(values.count) \(Scalar.self)s, k = \(k)", change: change)
  }

  /// Values that look like nothing in particular, of some magnitude.
  private static func values<Scalar: ClusteringScalar>(
    _ kind: Int, _ count: Int, _ random: inout TestRandom
  ) -> [Scalar] {
    let exponent = Int(random.next() % (Scalar.self == Float.self ? 100 : 400))
    let unit = Double(sign: .plus, exponent: exponent - (exponent > 60 ? 160 : 0), significand: 1)
    return (0..<count).map { row in
      let value: Double =
        switch kind {
        case 0: random.bell()
        case 1: Double(random.next() % 7)
        case 2: 1e9 + random.bell()
        case 3: row % 29 == 0 ? 1e12 * random.bell() : random.bell()
        // All magnitudes.
        case 4:
          Double(
            sign: random.next() % 2 == 0 ? .plus : .minus,
            exponent: Int(random.next() % 120) - 60, significand: 1 + random.bell().magnitude / 12)
        // A few last bits apart.
        case 5: 1 + Double(random.next() % 30) * 0x1p-52
        // Denormal floats, zeros of both signs.
        case 6: Double(Int(random.next() % 2000) - 1000) * 0x1p-148
        default: random.next() % 3 == 0 ? -0.0 : Double(random.next() % 3) / 3
        }
      return Scalar(kind == 0 ? value * unit : value)
    }
  }

  @Test(arguments: 0..<8) func `fits are the same bits`(kind: Int) throws {
    for seed in UInt64(0)..<60 {
      var random = TestRandom(seed &* 31 &+ UInt64(kind))
      let count = Int.random(in: 2...(seed % 10 == 0 ? 3000 : 60), using: &random)
      let k = Int.random(in: 1...min(count, seed % 4 == 0 ? count : 9), using: &random)
      let floats: [Float] = Self.values(kind, count, &random)
      let doubles: [Double] = Self.values(kind, count, &random)
      let weights = (0..<count).map { _ in Double(1 + random.next() % 3) / 3 }
      _ = try check(floats, k: k, "kind \(kind), seed \(seed)")
      _ = try check(doubles, k: k, "kind \(kind), seed \(seed)")
      _ = try check(floats, k: k, weights: weights, "weights, kind \(kind), seed \(seed)")
      _ = try check(doubles, k: k, weights: weights, "weights, kind \(kind), seed \(seed)")
      let others: [Double] = Self.values(Int(random.next() % 4), k, &random)
      _ = try check(doubles, k: k, from: others, "given, kind \(kind), seed \(seed)")
    }
  }

  @Test func `transforms, starts and runs change nothing`() throws {
    var random = TestRandom(7)
    for count in [400, 5000] {
      let floats: [Float] = Self.values(2, count, &random)
      let doubles: [Double] = Self.values(3, count, &random)
      _ = try check(floats, k: 9, "standardised") { $0.standardizes = true }
      _ = try check(doubles, k: 9, "standardised") { $0.standardizes = true }
      _ = try check(doubles, k: 2, "cosine") { $0.distance = .cosine }
      _ = try check(doubles, k: 2, "both") { ($0.distance, $0.standardizes) = (.cosine, true) }
      _ = try check(doubles, k: 12, "greedy") { $0.initialization = .greedy }
      _ = try check(floats, k: 12, "runs") { $0.runs = 3 }
    }
  }

  /// Neighbouring centroids that differ by less than what rounding hides far away, so that several
  /// tie: the first one wins, whatever its value.
  @Test func `centroids that rounding mixes are told by their numbers`() throws {
    let far = (0..<40).map { 1e17 + Double($0) * 64 }
    let near = (0..<40).map { Double($0) / 8 }
    let orders: [[Double]] = [
      [0, 1, 2, 3, 1e17], [3, 2, 1, 0, 1e17], [1e17, 1, 1, 0, 2], [1, 1, 1, 1, 1],
    ]
    for order in orders {
      _ = try check(near + far, k: 5, from: order, "\(order)")
      _ = try check(far + near, k: 5, from: order.map { -$0 }, "-\(order)")
      // Squares that underflow.
      let tiny = order.map { $0 * 1e-170 }
      _ = try check(near + [1e-165, -1e-165], k: 5, from: tiny, "\(tiny)")
    }
    // From the second iteration on rounding mixes none.
    let start: [Double] = [0.25, 0.25 + 0x1p-50, 1e17, 1e17 + 64]
    let fit = try check(near + far, k: 4, from: start, "mixed at first")
    #expect(fit.history.count > 2)
  }

  @Test func `empty clusters are refilled to the same bits`() throws {
    for seed in UInt64(0)..<30 {
      var random = TestRandom(seed)
      let values: [Float] = Self.values(0, 900, &random)
      let start = (0..<25).map { values[$0 / 2] * ($0 < 20 ? 1 : 1000) }
      let fit = try check(values, k: 25, from: start, "seed \(seed)")
      #expect(fit.history[0].refilled > 0)
      let doubles = values.map { Double($0) }
      _ = try check(doubles, k: 25, from: start.map { Double($0) }, "seed \(seed)")
    }
  }

  @Test func `what does not move is not looked at`() throws {
    var random = TestRandom(5)
    let values: [Float] = (0..<20_000).map { row in Float(random.bell() + Double(row % 5) * 4) }
    let fit = try check(values, k: 8, "five blobs")
    #expect(fit.history.count > 12)
    for iteration in fit.history { #expect(iteration.compared < 8 * 2 * 40) }
    let none = try check(values, k: 8, "no memory") { $0.rowMemory = 4 * 20_000 - 1 }
    #expect(none.history.allSatisfy { $0.compared == 0 })
    let bounds = try check(values, k: 8, "little memory") { $0.rowMemory = 16 * 20_000 - 1 }
    #expect(bounds.history[0].compared == 8 * 20_000)
  }

  @Test func `a resumed fit has the bits of an uninterrupted one`() throws {
    var random = TestRandom(11)
    for kind in 0..<5 {
      let points = try Matrix<Double>(Self.values(kind, 700, &random).map { [$0] })
      var kmeans = KMeans(clusterCount: 7, seed: 2)
      (kmeans.initialization, kmeans.tolerance) = (.randomRows, 0)
      (kmeans.recordsInertia, kmeans.verifiesBounds) = (true, true)
      let expected = try kmeans.fit(points.view)
      var fits = ResumedFits(points, kmeans)
      let found = try fits.fit()
      expectSame(found, expected, "kind \(kind)")
    }
  }
}
