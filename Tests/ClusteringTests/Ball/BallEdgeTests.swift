// Shapes and data at the edge, one error for each wrong value, and the same bits everywhere.
import Clustering
import KMeansReference
import Testing

@Suite struct BallEdgeTests {
  @Test func `every wrong value has its error`() throws {
    let points = try Matrix<Float>([[1, 2], [3, 4], [5, 6]])
    func error(
      k: Int = 2, weights: [Double]? = nil, _ change: (inout BallKMeans) -> Void = { _ in }
    ) -> ClusteringError? {
      var ball = BallKMeans(clusterCount: k, seed: 0)
      change(&ball)
      do throws(ClusteringError) {
        _ = try ball.fit(points.view, weights: weights?.span)
        return nil
      } catch {
        return error
      }
    }
    #expect(error() == nil)
    #expect(error(k: 0) == .clusterCountNotPositive(0))
    #expect(error(k: -3) == .clusterCountNotPositive(-3))
    #expect(error(k: 4) == .tooManyClusters(clusters: 4, points: 3))
    #expect(error(k: 1 << 40) == .clusterCountTooLarge(1 << 40))
    #expect(error { $0.runs = 0 } == .runsNotPositive(0))
    #expect(error { $0.maxIterations = 0 } == .maxIterationsNotPositive(0))
    #expect(error { $0.finalIterations = -1 } == .ball(.finalIterationsNegative(-1)))
    for fraction in [0, -1, Double.infinity] {
      #expect(error { $0.trimFraction = fraction } == .ball(.invalidTrimFraction(fraction)))
    }
    guard case .invalidTrimFraction? = error({ $0.trimFraction = .nan })?.specific(BallError.self)
    else {
      Issue.record("NaN is taken for a trim fraction")
      return
    }
    for probability in [-0.1, 1, 2, Double.infinity] {
      #expect(
        error { $0.testProbability = probability } == .ball(.invalidTestProbability(probability)))
    }
    #expect(error { $0.testProbability = .nan } != nil)
    #expect(error { $0.execution.threads = 0 } == .threadsNotPositive(0))
    #expect(error(weights: [1, 1]) == .weightCountMismatch(weights: 2, points: 3))
    #expect(error(weights: [1, -1, 1]) == .invalidWeight(row: 1, weight: -1))
    #expect(error(weights: [1, 1, .infinity]) == .invalidWeight(row: 2, weight: .infinity))
    #expect(error(weights: [0, 0, 0]) == .invalidTotalWeight(0))
    for instructionSet in InstructionSet.allCases where instructionSet > .best {
      #expect(
        error { $0.execution.instructionSet = instructionSet }
          == .execution(.instructionSetMissing(instructionSet, best: .best)))
    }
  }

  @Test func `bad points are refused with their place`() throws {
    let ball = BallKMeans(clusterCount: 1, seed: 0)
    let none = try Matrix<Float>(reserving: 0, columns: 3)
    #expect(throws: ClusteringError.noPoints) { try ball.fit(none.view) }
    let nan = try Matrix<Float>([[1, 2], [3, .nan]])
    #expect(throws: ClusteringError.notFinite(row: 1, column: 1)) { try ball.fit(nan.view) }
    let infinite = try Matrix<Double>([[1, 2], [-.infinity, 1]])
    #expect(throws: ClusteringError.notFinite(row: 1, column: 0)) { try ball.fit(infinite.view) }
    let large = try Matrix<Double>([[1e200]])
    #expect(throws: ClusteringError.tooLarge(row: 0, column: 0, limit: 1e140)) {
      try ball.fit(large.view)
    }
  }

  @Test func `one cluster is the weighted mean`() throws {
    let points = try Matrix<Double>([[0, 0], [4, 4], [100, 100]])
    let weights: [Double] = [3, 1, 0]
    for initialization in BallKMeans.Initialization.allCases {
      for finalIterations in [0, 300] {
        var ball = BallKMeans(clusterCount: 1, seed: 3)
        ball.initialization = initialization
        ball.finalIterations = finalIterations
        let model = try ball.fit(points.view, weights: weights.span).model
        #expect(model.centroids == (try Matrix([[1, 1]])))
        #expect(model.inertia == 3 * 2 + 18 && model.clusterWeights == [4] && model.converged)
      }
    }
  }

  @Test(arguments: BallKMeans.Initialization.allCases)
  func `as many clusters as points`(initialization: BallKMeans.Initialization) throws {
    let points = TestData.noise.points(40, 3, seed: 1, of: Float.self)
    for testProbability in [0, 0.5] {
      var ball = BallKMeans(clusterCount: 40, runs: 2, seed: 1)
      ball.initialization = initialization
      // There is nothing to spare for a test.
      ball.testProbability = testProbability
      let found = try ball.fit(points.view)
      #expect(found.model.inertia == 0 && found.runCosts == [0, 0])
      #expect(Set(found.labels).count == 40 && found.testPointCount == 0)
    }
  }

  @Test(arguments: BallKMeans.Initialization.allCases)
  func `as many clusters as distinct points`(initialization: BallKMeans.Initialization) throws {
    let points = try Matrix<Float>((0..<90).map { [Float($0 % 9), Float($0 % 3)] })
    var ball = BallKMeans(clusterCount: 9, runs: 3, seed: 2)
    ball.initialization = initialization
    let found = try ball.fit(points.view)
    #expect(found.model.inertia == 0)
    #expect(found.model.clusterWeights == Array(repeating: 10, count: 9))
  }

  @Test func `constant points`() throws {
    let points = TestData.constant.points(50, 4, seed: 0, of: Float.self)
    for initialization in BallKMeans.Initialization.allCases {
      var ball = BallKMeans(clusterCount: 3, seed: 1)
      ball.initialization = initialization
      ball.testProbability = 0.3
      let found = try ball.fit(points.view)
      #expect(found.model.inertia == 0 && found.model.clusterWeights == [50, 0, 0])
      #expect(found.labels.allSatisfy { $0 == 0 })
    }
  }

  /// Fewer points with a weight than clusters are as few points: those without are not there.
  @Test(arguments: BallKMeans.Initialization.allCases)
  func `fewer points with weight than clusters`(initialization: BallKMeans.Initialization) throws {
    let points = try Matrix<Double>([[0], [1], [2], [3], [4]])
    let weights: [Double] = [0, 2, 0, 5, 0]
    var ball = BallKMeans(clusterCount: 3, seed: 1)
    ball.initialization = initialization
    ball.testProbability = 0.5
    #expect(throws: ClusteringError.tooManyClustersForWeights(clusters: 3, points: 2)) {
      _ = try ball.fit(points.view, weights: weights.span)
    }
    ball.clusterCount = 2
    let found = try ball.fit(points.view, weights: weights.span)
    #expect(found.model.inertia == 0 && found.testPointCount == 0)
    #expect(found.model.clusterWeights.sorted() == [2, 5])
  }

  /// A test set of points without weight would let the first run win, whatever it is.
  @Test func `a test set needs weight`() throws {
    let points = TestData.noise.points(100, 2, seed: 1, of: Double.self)
    let test = BallSample.testRows(30, of: 100, seed: 9)
    let weights = (0..<100).map { test.contains($0) ? 0.0 : 1 }
    var ball = BallKMeans(clusterCount: 4, runs: 3, seed: 9)
    ball.testProbability = 0.3
    let found = try ball.fit(points.view, weights: weights.span)
    #expect(found.testPointCount == 0 && found.runCosts.allSatisfy { $0 > 0 })
  }

  /// A share of next to all points leaves too few to train with; no size traps.
  @Test func `a test probability just below one`() throws {
    let points = TestData.noise.points(100, 2, seed: 1, of: Double.self)
    var ball = BallKMeans(clusterCount: 4, runs: 2, seed: 9)
    for (probability, expected) in [(1.0.nextDown, 0), (0.96, 96), (0.97, 0)] {
      ball.testProbability = probability
      #expect(try ball.fit(points.view).testPointCount == expected)
    }
  }

  @Test func `one point`() throws {
    let point = try Matrix<Float>([[1, -2]])
    for initialization in BallKMeans.Initialization.allCases {
      var ball = BallKMeans(clusterCount: 1, seed: 1)
      ball.initialization = initialization
      ball.testProbability = 0.9
      let found = try ball.fit(point.view)
      #expect(found.model.centroids == point && found.model.inertia == 0)
    }
  }

  /// A cluster of which all was trimmed goes on from the farthest point, or stays.
  @Test func `wholly trimmed clusters`() throws {
    let points = try Matrix<Double>([[0], [1], [2], [3], [40], [60]])
    var ball = BallKMeans(clusterCount: 2, runs: 1, seed: 0)
    // No point but the seeds themselves is in a ball; after a step none is in the second one.
    ball.trimFraction = 1e-3
    ball.finalIterations = 0
    ball.maxIterations = 3
    ball.correctsWeights = false
    for refills in [true, false] {
      ball.refillsEmptyClusters = refills
      let fit = try ball.fit(points.view)
      let seeds = try ball.initialCentroids(points.view)
      #expect(fit.model.centroids == seeds)
      #expect(fit.model.clusterWeights == [1, 1])
    }
  }

  /// Weights and costs that overflow are refused.
  @Test(arguments: BallKMeans.Initialization.allCases)
  func `sums that overflow`(initialization: BallKMeans.Initialization) throws {
    let points = try Matrix<Double>([[1e100], [-1e100], [3e99], [0], [1], [2e99]])
    let weights = Array(repeating: 1e307, count: 6)
    var ball = BallKMeans(clusterCount: 2, seed: 1)
    ball.initialization = initialization
    ball.testProbability = 0.4
    #expect(
      throws: ClusteringError.sumsTooLarge(weight: weights.reduce(0, +), largest: 1e100)
    ) {
      _ = try ball.fit(points.view, weights: weights.span)
    }
  }

  @Test func `parameters are a plain value`() throws {
    var ball = BallKMeans(clusterCount: 4, seed: 9)
    #expect(ball.runs == 10 && ball.initialization == .greedy && ball.maxIterations == 10)
    #expect(ball.testProbability == 0 && ball.correctsWeights && ball.refillsEmptyClusters)
    #expect(ball.finalIterations == 300 && ball.trimFraction == 0.9.squareRoot())
    #expect(
      BallKMeans.Initialization.allCases.map(\.rawValue)
        == ["greedy", "k-means++", "ostrovsky", "uniform"])
    ball.runs = 3
    #expect(BallKMeans(clusterCount: 4, runs: 3, seed: 9) == ball)
  }
}
