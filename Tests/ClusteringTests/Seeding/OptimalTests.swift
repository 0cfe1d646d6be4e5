// The start from the optimum of one column.
import Clustering
import Testing

@Suite struct OptimalTests {
  @Test(arguments: 0..<6, 0..<4)
  func `the cost is the least of all partitions`(kind: Int, weighing: Int) throws {
    for seed in UInt64(0)..<60 {
      var random = TestRandom(seed &* 41 &+ UInt64(kind * 4 + weighing))
      let count = Int.random(in: 6...12, using: &random)
      let values = OptimalSample.values(kind, count, &random)
      let weights = OptimalSample.weights(weighing, count, &random)
      let naive = NaiveIntervals(values, weights: weights)
      // Clumps at 1e9 whose weights are 2^-60 of others: more than the digits of a pair of doubles.
      if kind == 4, weighing == 3 { continue }
      let k = Int.random(in: 1...5, using: &random)
      guard Set(naive.values).count >= k else { continue }
      let found = naive.cost(nearestTo: try OptimalSample.centroids(values, k: k, weights: weights))
      let least = naive.leastByForce(k)
      #expect(found <= least * (1 + 1e-12), "seed \(seed), k = \(k)")
    }
  }

  @Test(arguments: 0..<6, 0..<4)
  func `the cost is that of the naive programme`(kind: Int, weighing: Int) throws {
    for (count, k) in [(60, 7), (120, 20), (150, 3), (130, 60)] {
      var random = TestRandom(UInt64(count + kind * 4 + weighing))
      let values = OptimalSample.values(kind, count, &random)
      let weights = OptimalSample.weights(weighing, count, &random)
      let naive = NaiveIntervals(values, weights: weights)
      guard Set(naive.values).count >= k, kind != 4 || weighing != 3 else { continue }
      let found = naive.cost(nearestTo: try OptimalSample.centroids(values, k: k, weights: weights))
      #expect(found <= naive.least(k) * (1 + 1e-12), "\(count) values, k = \(k)")
      // Nothing is lost with floats, either.
      let floats = values.map { Float($0) }
      let rounded = NaiveIntervals(floats.map { Double($0) }, weights: weights)
      guard Set(rounded.values).count >= k else { continue }
      let other = rounded.cost(
        nearestTo: try OptimalSample.centroids(floats, k: k, weights: weights))
      #expect(other <= rounded.least(k) * (1 + 1e-5), "\(count) floats, k = \(k)")
    }
  }

  /// So many values that starts are ruled out by chunks.
  @Test(arguments: [2, 3, 6]) func `nothing is lost where many are ruled out`(k: Int) throws {
    for kind in [0, 5] {
      var random = TestRandom(UInt64(kind + k))
      let values = OptimalSample.values(kind, 1500, &random)
      let naive = NaiveIntervals(values, weights: nil)
      let found = naive.cost(nearestTo: try OptimalSample.centroids(values, k: k))
      #expect(found <= naive.leastBySums(k) * (1 + 1e-11), "kind \(kind)")
    }
  }

  @Test func `no greedy run is better`() throws {
    for kind in 0..<6 {
      var random = TestRandom(UInt64(kind))
      let values = OptimalSample.values(kind, 20_000, &random)
      let points = try Matrix(values.map { [$0] })
      for k in [2, 5, 17] where kind != 1 || k < 6 {
        var kmeans = KMeans(clusterCount: k, seed: 9)
        (kmeans.runs, kmeans.tolerance) = (5, 0)
        let greedy = try kmeans.fit(points)
        kmeans.initialization = .optimal
        let optimal = try kmeans.fit(points)
        let most = greedy.model.inertia * (1 + 1e-9)
        let naive = NaiveIntervals(values, weights: nil)
        let start = naive.cost(nearestTo: try OptimalSample.centroids(values, k: k))
        #expect(start <= most, "kind \(kind), k = \(k)")
        // A few last bits apart, means of later iterations are rounded farther than they move.
        if kind != 2 { #expect(optimal.model.inertia <= most, "kind \(kind), k = \(k)") }
        // The runs would be the same.
        #expect(optimal.run == 0 && optimal.seeding == SeedingReport())
      }
    }
  }

  @Test(arguments: [0, 2, 3]) func `the same bits for any threads and kernels`(kind: Int) throws {
    var random = TestRandom(4)
    let points = try Matrix(OptimalSample.values(kind, 40_000, &random).map { [$0] })
    var kmeans = KMeans(clusterCount: 11, seed: 0)
    kmeans.initialization = .optimal
    var expected: Matrix<Double>?
    for isa in InstructionSet.available {
      for threads in [1, 2, 5] {
        kmeans.execution = Execution(threads: threads)
        kmeans.execution.instructionSet = isa
        let found = try kmeans.initialCentroids(points.view).centroids
        #expect(found == expected ?? found, "\(isa), \(threads) threads")
        expected = found
      }
    }
  }

  @Test func `rows that are read again, and transformed ones, have the same bits`() throws {
    var random = TestRandom(8)
    let points = try Matrix(OptimalSample.values(0, 9000, &random).map { [$0] })
    for change in [
      { (_: inout KMeans) in }, { $0.standardizes = true }, { $0.runs = 3 },
      { ($0.distance, $0.standardizes) = (.cosine, true) },
    ] as [(inout KMeans) -> Void] {
      var kmeans = KMeans(clusterCount: 6, seed: 2)
      (kmeans.initialization, kmeans.recordsInertia) = (.optimal, true)
      change(&kmeans)
      let expected = try kmeans.fit(points)
      var source = MatrixSource(points)
      let found = try kmeans.fit(rereading: &source) { _, _ in }
      #expect(found.model == expected.model && found.labels == expected.labels)
      var fits = ResumedFits(points, kmeans)
      if kmeans.runs == 1 { #expect(try fits.fit().model == expected.model) }
    }
  }

  @Test func `a curve starts from optima`() throws {
    var random = TestRandom(8)
    let points = try Matrix(OptimalSample.values(0, 3000, &random).map { [$0] })
    var kmeans = KMeans(clusterCount: 2, seed: 2)
    kmeans.initialization = .optimal
    let curve = try kmeans.curve(points, clusterCounts: [1, 2, 5, 9])
    for fit in curve.fits {
      kmeans.clusterCount = fit.clusters
      #expect(fit.inertia <= (try kmeans.fit(points).model.inertia))
    }
  }
}
