// Mahout's BallKMeans has bugs, numbered as in a list of them; one test each shows that ours has it
// not.
import Clustering
import KMeansReference
import Testing

@Suite struct BallMahoutBugTests {
  /// The cost of each run by the naive reference, and without the weights.
  private func costs(
    _ ball: BallKMeans, _ points: Matrix<Double>, _ weights: [Double]?, training: [Int], test: [Int]
  ) throws -> (weighted: [Double], plain: [Double]) {
    func part(_ rows: [Int]) -> ([[Double]], [Double]?) {
      (points.picking(rows).doubles, weights.map { weights in rows.map { weights[$0] } })
    }
    let ((seen, seenWeights), (judged, judgedWeights)) = (part(training), part(test))
    let all = try (0..<ball.runs).map { run in
      let seeds = try ball.initialCentroids(points.view, weights: weights?.span, run: run)
      var balls = ReferenceBalls(
        seen, weights: seenWeights, centers: seeds.doubles, of: Double.self)
      balls.refills = ball.refillsEmptyClusters
      balls.trimFraction = ball.trimFraction
      _ = balls.run(atMost: ball.maxIterations)
      return (balls.cost(judged, weights: judgedWeights), balls.cost(judged, weights: nil))
    }
    return (all.map(\.0), all.map(\.1))
  }

  /// 600 points, 6 clusters, random starts: runs that differ.
  private func differingRuns(seed: UInt64) -> (BallKMeans, Matrix<Double>) {
    var ball = BallKMeans(clusterCount: 6, runs: 8, seed: seed)
    ball.initialization = .uniform
    ball.refillsEmptyClusters = false
    ball.finalIterations = 0
    return (ball, TestData.tightClusters.points(600, 2, seed: 81, of: Double.self))
  }

  private func areEqual(_ costs: [Double], _ others: [Double]) -> Bool {
    zip(costs, others).allSatisfy { ($0 - $1).magnitude <= 1200 * 0x1p-53 * $1 }
  }

  /// Mahout takes the cost on all points where there are points to test with, and on none where
  /// there are none: the last run is returned.
  @Test func `the best run on the test points wins or on all points`() throws {
    for seed in UInt64(0)..<4 {
      var (ball, points) = differingRuns(seed: seed)
      let all = Array(0..<600)
      let fit = try ball.fit(points.view)
      #expect(fit.testPointCount == 0)
      #expect(
        areEqual(fit.runCosts, try costs(ball, points, nil, training: all, test: all).weighted))
      #expect(fit.run == fit.runCosts.firstIndex(of: fit.runCosts.min()!))
      #expect(Set(fit.runCosts).count > 3)
      // Nothing came after: the model's cost is that of its run.
      #expect(fit.model.inertia == fit.runCosts[fit.run])

      ball.testProbability = 0.25
      let test = BallSample.testRows(150, of: 600, seed: seed)
      let training = all.filter { !test.contains($0) }
      let tested = try ball.fit(points.view)
      #expect(tested.testPointCount == 150)
      let expected = try costs(ball, points, nil, training: training, test: test).weighted
      #expect(areEqual(tested.runCosts, expected))
      #expect(tested.run == tested.runCosts.firstIndex(of: tested.runCosts.min()!))
      let judged = Reference.inertia(
        points.picking(test).doubles, test.map { Int(tested.labels[$0]) },
        tested.model.centroids.doubles)
      #expect(areEqual([judged], [tested.runCosts[tested.run]]))
    }
  }

  /// On ties the earliest wins, not the last.
  @Test func `the earliest of equal runs wins`() throws {
    let points = try Matrix<Double>((0..<40).map { [Double($0 % 4)] })
    let fit = try BallKMeans(clusterCount: 4, runs: 5, seed: 1).fit(points.view)
    #expect(fit.runCosts == [0, 0, 0, 0, 0] && fit.run == 0)
  }

  /// Mahout adds up distances whatever the points weigh.
  @Test func `the cost of a run is weighted`() throws {
    var differ = 0
    for seed in UInt64(0)..<12 {
      for testProbability in [0, 0.25] {
        var (ball, points) = differingRuns(seed: seed)
        ball.testProbability = testProbability
        let weights = BallSample.skewedWeights(600, seed: seed)
        let all = Array(0..<600)
        let drawn = BallSample.testRows(150, of: 600, seed: seed)
        let test = testProbability > 0 ? drawn : all
        let training = testProbability > 0 ? all.filter { !drawn.contains($0) } : all
        let expected = try costs(ball, points, weights, training: training, test: test)
        let fit = try ball.fit(points.view, weights: weights.span)
        #expect(areEqual(fit.runCosts, expected.weighted))
        #expect(fit.run == expected.weighted.firstIndex(of: expected.weighted.min()!))
        if expected.plain[fit.run] > expected.plain.min()! { differ += 1 }
      }
    }
    #expect(differ > 0)
  }

  /// Mahout takes radii by the index of a centroid from a list in another order: centroids get
  /// lost.
  @Test func `radii and means are those of their own clusters`() throws {
    let points = BallSample.mixedScales(seed: 3)
    // So heavy that seeding finds the narrow clusters, too.
    let weights = (0..<2000).map { $0 % 20 < 10 ? 1e6 : 1 }
    for seed in UInt64(0)..<10 {
      var ball = BallKMeans(clusterCount: 20, runs: 3, seed: seed)
      ball.finalIterations = 0
      ball.refillsEmptyClusters = false
      // A narrow cluster's radius, 0.95, would trim nearly all of a wide one.
      ball.correctsWeights = false
      let model = try ball.fit(points.view, weights: weights.span).model
      #expect(
        model.clusterWeights.sorted()
          == Array(repeating: 100, count: 10) + Array(repeating: 1e8, count: 10))
      #expect(Set(model.centroids.doubles).count == 20)
      #expect(model.converged)
      // 1,000 x 2 x (20^2 + 1e6 x 0.01^2).
      #expect((model.inertia / 1e6 - 1).magnitude < 0.1)
    }
  }

  /// Mahout: an IllegalArgumentException or a NullPointerException each.
  @Test func `small inputs are clustered`() throws {
    let points = try Matrix<Double>([[1, 2], [3, 4], [8, 0]])
    for testProbability in [0, 0.4] {
      var ball = BallKMeans(clusterCount: 1, seed: 3)
      ball.testProbability = testProbability
      let fit = try ball.fit(points.view)
      #expect(fit.model.centroids == (try Matrix([[4, 2]])))
      #expect(fit.model.inertia == 9 + 0 + 1 + 4 + 16 + 4)
      #expect(fit.labels == [0, 0, 0] && fit.model.clusterWeights == [3])
    }
    // 9 points, a tenth of them to test with: none.
    let nine = TestData.noise.points(9, 2, seed: 1, of: Double.self)
    var ball = BallKMeans(clusterCount: 3, seed: 3)
    ball.testProbability = 0.1
    #expect(try ball.fit(nine.view).testPointCount == 0)
    let twins = try Matrix<Float>((0..<90).map { [Float($0 % 3), 1] })
    for initialization in BallKMeans.Initialization.allCases {
      var ball = BallKMeans(clusterCount: 8, seed: 5)
      ball.initialization = initialization
      let fit = try ball.fit(twins.view)
      #expect(fit.model.inertia == 0 && fit.model.converged)
      #expect(fit.model.clusterWeights.count { $0 > 0 } == 3)
      #expect(fit.model.clusterWeights.reduce(0, +) == 90)
      let seen = Set(twins.doubles)
      #expect(fit.model.centroids.doubles.allSatisfy { seen.contains($0) })
    }
  }

  /// Mahout shuffles the caller's list, with a generator that nobody can seed.
  @Test func `the split is seeded and leaves the points alone`() throws {
    let points = TestData.noise.points(500, 3, seed: 2, of: Float.self)
    let copy = try Matrix(points.doubles.map { $0.map { Float($0) } })
    var ball = BallKMeans(clusterCount: 7, runs: 3, seed: 6)
    ball.testProbability = 0.3
    let first = try ball.fit(points.view)
    #expect(points == copy && first.testPointCount == 150)
    ball.seed = 7
    let other = try ball.fit(points.view)
    #expect(other.runCosts != first.runCosts)
    ball.seed = 6
    let again = try ball.fit(points.view)
    #expect(again.model == first.model && again.labels == first.labels)
    #expect(again.runCosts == first.runCosts && again.run == first.run)
    // Seeds come from the points to train with alone, and those are the same for each run.
    let test = Set(BallSample.testRows(150, of: 500, seed: 6))
    let tested = Set(test.map { points.doubles[$0] })
    #expect(test.count == 150)
    for run in 0..<40 {
      let seeds = try ball.initialCentroids(points.view, run: run).doubles
      #expect(seeds.allSatisfy { !tested.contains($0) })
    }
  }

  /// Two heavy places at 0 and 10, and light points beyond them on one side.
  @Test func `the fraction is of the distance not of its square`() throws {
    let points = try Matrix<Double>([[0], [10], [-9.45], [-9.5], [-3.3], [-3.4], [-5]])
    let weights: [Double] = [1e12, 1e12, 1, 1, 1, 1, 1]
    // The others are so light that the heavy places are the seeds.
    func kept(_ fraction: Double) throws -> Double {
      var ball = BallKMeans(clusterCount: 2, runs: 1, seed: 0)
      (ball.trimFraction, ball.maxIterations, ball.finalIterations) = (fraction, 1, 0)
      ball.correctsWeights = false
      let fit = try ball.fit(points.view, weights: weights.span)
      return fit.model.clusterWeights.max()! - 1e12
    }
    #expect(try kept(0.9.squareRoot()) == 4)
    #expect(try kept(0.94) == 3)
    #expect(try kept(1.0 / 3) == 1)
    #expect(try kept(0.3) == 0)
    // Strictly: a point on the sphere is trimmed.
    #expect(try kept(0.5) == 2 && kept(0.5.nextUp) == 3)
  }

  /// Mahout returns trimmed means.
  @Test func `the final steps are untrimmed`() throws {
    let points = TestData.outliers.points(800, 3, seed: 4, of: Double.self)
    var ball = BallKMeans(clusterCount: 8, runs: 2, seed: 2)
    ball.trimFraction = 0.5
    func isFixed(_ fit: BallKMeans.Fit<Double>) -> Bool {
      let centers = fit.model.centroids.doubles
      let means = Reference.update_centers(points.doubles, fit.labels.map { Int($0) }, centers)
      return means == centers
    }
    let fit = try ball.fit(points.view)
    #expect(isFixed(fit) && fit.model.converged)
    ball.finalIterations = 0
    let trimmed = try ball.fit(points.view)
    #expect(!isFixed(trimmed) && trimmed.model.inertia > fit.model.inertia)
  }

  /// Mahout's final means leave out nothing that it has for testing, ours neither.
  @Test func `the final steps are on all points`() throws {
    let points = TestData.noise.points(700, 3, seed: 6, of: Double.self)
    var ball = BallKMeans(clusterCount: 5, runs: 2, seed: 2)
    ball.testProbability = 0.5
    let fit = try ball.fit(points.view)
    let means = Reference.update_centers(
      points.doubles, fit.labels.map { Int($0) }, fit.model.centroids.doubles)
    #expect(fit.testPointCount == 350 && fit.model.converged)
    #expect(means == fit.model.centroids.doubles)
    #expect(fit.model.clusterWeights.reduce(0, +) == 700)
  }

  /// Mahout keeps sums up to date by differences, until it draws what it has deleted.
  @Test(arguments: BallKMeans.Initialization.allCases)
  func `no point is drawn twice`(initialization: BallKMeans.Initialization) throws {
    for seed in UInt64(0)..<20 {
      var random = TestRandom(seed)
      let points = TestData.noise.points(60, 2, seed: seed, of: Double.self)
      let weights = (0..<60).map { _ in
        Double(sign: .plus, exponent: Int.random(in: -90..<90, using: &random), significand: 1)
      }
      var ball = BallKMeans(clusterCount: 60, runs: 1, seed: seed)
      ball.initialization = initialization
      let seeds = try ball.initialCentroids(points.view, weights: weights.span)
      #expect(Set(seeds.doubles) == Set(points.doubles))
      #expect(try ball.fit(points.view, weights: weights.span).model.inertia == 0)
    }
  }
}
