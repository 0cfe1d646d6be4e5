// Steps and whole runs are, bit for bit, those of the naive reference.
import Clustering
import KMeansReference
import Testing

@Suite struct BallReferenceTests {
  private static let kinds: [TestData] = TestData.allCases

  /// One trimmed step, from the seeds of each initialization, at fractions that trim all, some and
  /// nothing.
  @Test(arguments: kinds) func `a step is that of the reference`(kind: TestData) throws {
    try check(Float.self)
    // Squares of the smallest doubles are none.
    if kind != .tiny { try check(Double.self) }

    func check<Scalar: ClusteringScalar>(_ type: Scalar.Type) throws {
      let points = kind.points(700, 6, seed: 31, of: type)
      for weights in [nil, BallSample.skewedWeights(700, seed: 5)] {
        for initialization in BallKMeans.Initialization.allCases {
          for fraction in [1e-200, 0.2, 0.5, 0.9.squareRoot(), 3, 1e200] {
            for refills in [true, false] {
              var ball = BallKMeans(clusterCount: 9, runs: 1, seed: 4)
              ball.initialization = initialization
              ball.trimFraction = fraction
              ball.refillsEmptyClusters = refills
              ball.maxIterations = 1
              ball.finalIterations = 0
              ball.correctsWeights = false
              try compare(ball, points, weights)
            }
          }
        }
      }
    }
  }

  /// More than a stripe: whole numbers have exact sums in any order.
  @Test func `a step over several stripes is that of the reference`() throws {
    let points = TestData.integers.points(5000, 3, seed: 6, of: Float.self)
    let weights = (0..<5000).map { Double($0 % 5) }
    var ball = BallKMeans(clusterCount: 20, runs: 1, seed: 2)
    ball.maxIterations = 1
    ball.finalIterations = 0
    ball.correctsWeights = false
    ball.trimFraction = 0.7
    ball.execution.threads = 3
    try compare(ball, points, weights)
  }

  @Test(arguments: kinds) func `a run is that of the reference`(kind: TestData) throws {
    try check(Float.self)
    // Squares of the smallest doubles are none.
    if kind != .tiny { try check(Double.self) }

    func check<Scalar: ClusteringScalar>(_ type: Scalar.Type) throws {
      let points = kind.points(900, 4, seed: 32, of: type)
      for weights in [nil, BallSample.skewedWeights(900, seed: 7)] {
        for (fraction, finalIterations, corrects) in [
          (0.9, 0, false), (0.4, 0, true), (0.3, 7, true),
        ] {
          var ball = BallKMeans(clusterCount: 11, runs: 1, seed: 8)
          ball.initialization = .uniform
          ball.trimFraction = fraction
          ball.finalIterations = finalIterations
          ball.correctsWeights = corrects
          try compare(ball, points, weights)
          ball.refillsEmptyClusters = false
          try compare(ball, points, weights)
        }
      }
    }
  }

  private func compare<Scalar: ClusteringScalar>(
    _ ball: BallKMeans, _ points: Matrix<Scalar>, _ weights: [Double]?
  ) throws {
    let rows = points.doubles
    let seeds = try ball.initialCentroids(points.view, weights: weights?.span)
    var balls = ReferenceBalls(rows, weights: weights, centers: seeds.doubles, of: Scalar.self)
    balls.refills = ball.refillsEmptyClusters
    balls.trimFraction = ball.trimFraction
    var steps: (steps: Int, converged: Bool) =
      ball.finalIterations > 0
      ? (balls.runWithoutRise(atMost: ball.maxIterations), false)
      : balls.run(atMost: ball.maxIterations)
    let trimmedWeights = balls.keptWeights
    balls.trimFraction = nil
    if ball.finalIterations > 0 {
      // The labels of the trimmed steps are none of the final ones'.
      var final = ReferenceBalls(rows, weights: weights, centers: balls.centers, of: Scalar.self)
      final.refills = ball.refillsEmptyClusters
      let count = final.run(atMost: ball.finalIterations).steps
      balls = final
      steps.steps += count
    }
    let cost = balls.cost(rows, weights: weights)

    let fit = try ball.fit(points.view, weights: weights?.span)
    let labels = Reference.assignClusters(rows, balls.centers)
    #expect(fit.model.centroids.doubles == balls.centers)
    #expect(fit.labels.map { Int($0) } == labels)
    #expect(isNear(fit.runCosts[0], cost, terms: rows.count))
    let inertia = Reference.inertia(rows, labels, balls.centers, weights: weights)
    #expect(isNear(fit.model.inertia, inertia, terms: rows.count))
    if ball.correctsWeights {
      var sums = [Double](repeating: 0, count: ball.clusterCount)
      for row in rows.indices { sums[labels[row]] += weights?[row] ?? 1 }
      #expect(fit.model.clusterWeights == sums)
    } else {
      #expect(fit.model.clusterWeights == trimmedWeights)
    }
    if ball.finalIterations == 0 {
      #expect(fit.model.iterations == steps.steps)
      #expect(fit.model.converged == steps.converged)
    }
  }

  /// Sums of n non-negative terms in two orders differ by a relative 2 n 2^-53 at most.
  private func isNear(_ value: Double, _ reference: Double, terms: Int) -> Bool {
    (value - reference).magnitude <= 2 * Double(terms) * 0x1p-53 * reference
  }

  /// The data above trim and refill: else the comparisons would say nothing about it.
  @Test func `the reference trims and refills`() throws {
    let points = TestData.outliers.points(700, 6, seed: 31, of: Float.self)
    var ball = BallKMeans(clusterCount: 9, runs: 1, seed: 4)
    ball.initialization = .uniform
    let seeds = try ball.initialCentroids(points.view).doubles
    var balls = ReferenceBalls(points.doubles, weights: nil, centers: seeds, of: Float.self)
    balls.trimFraction = 0.5
    _ = balls.step()
    #expect(balls.trimmed > 20 && balls.trimmed < 680)
    let integers = TestData.integers.points(700, 6, seed: 31, of: Float.self).doubles
    let start = Array(repeating: [2.0, 2, 2, 2, 2, 2], count: 3) + [[9, 9, 9, 9, 9, 9]]
    balls = ReferenceBalls(integers, weights: nil, centers: start, of: Float.self)
    balls.trimFraction = 0.5
    _ = balls.step()
    #expect(balls.refilled == 3)
  }

  /// The final steps are those of `KMeans` from where the trimmed ones end; runs are compared after
  /// them.
  @Test(arguments: [TestData.noise, .outliers, .integers, .tightClusters])
  func `the final steps are lloyds`(kind: TestData) throws {
    let points = kind.points(3000, 5, seed: 9, of: Float.self)
    let weights = BallSample.skewedWeights(3000, seed: 1)
    var ball = BallKMeans(clusterCount: 25, runs: 2, seed: 3)
    let fit = try ball.fit(points.view, weights: weights.span)
    var kmeans = KMeans(clusterCount: 25, seed: 0)
    kmeans.tolerance = 0
    let runs = try (0..<2).map { run in
      let seeds = try ball.initialCentroids(points.view, weights: weights.span, run: run)
      var balls = ReferenceBalls(
        points.doubles, weights: weights, centers: seeds.doubles, of: Float.self)
      balls.trimFraction = ball.trimFraction
      _ = balls.runWithoutRise(atMost: ball.maxIterations)
      let start = try Matrix(balls.centers.map { $0.map { Float($0) } })
      return try kmeans.fit(points.view, weights: weights.span, from: start)
    }
    #expect(fit.runCosts == runs.map(\.model.inertia))
    #expect(fit.run == (runs[1].model.inertia < runs[0].model.inertia ? 1 : 0))
    let lloyd = runs[fit.run]
    #expect(fit.model.centroids == lloyd.model.centroids)
    #expect(fit.labels == lloyd.labels)
    #expect(fit.model.inertia == lloyd.model.inertia)
    #expect(fit.model.clusterWeights == lloyd.model.clusterWeights)
    #expect(fit.model.converged && lloyd.model.converged)
    ball.finalIterations = 0
    #expect(fit.model.inertia <= (try ball.fit(points.view, weights: weights.span)).model.inertia)
  }
}
