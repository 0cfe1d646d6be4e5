// One pass by distances that are no squared Euclidean ones: ball k-means of the sketch.
import Clustering
import KMeansReference
import Testing

@Suite struct PairwiseBallTests {
  static let measures: [DistanceMeasure] = [
    .manhattan, .chebyshev, .minkowski(exponent: 3), .minkowski(exponent: 2.5), .tanimoto,
  ]

  private static func onePass(
    _ distance: DistanceMeasure, clusters: Int = 4,
    _ change: (inout OnePassKMeans) -> Void = { _ in }
  ) -> OnePassKMeans {
    var onePass = OnePassKMeans(clusterCount: clusters, seed: 3)
    onePass.distance = distance
    change(&onePass)
    return onePass
  }

  /// Four heaps in directions of their own, so that Tanimoto tells them apart, too.
  private static let heaps: Matrix<Double> = {
    var random = TestRandom(1)
    return try! Matrix(
      (0..<2000).map { row in
        (0..<4).map { ($0 == row % 4 ? 20.0 : 1) + Double.random(in: 0..<1, using: &random) }
      })
  }()

  private static func distance(
    _ measure: DistanceMeasure, _ a: [Double], _ b: [Double]
  ) -> Double {
    PairwiseDistance(measure.pairwise!)(a, b, a.count)
  }

  @Test(arguments: measures)
  func `heaps are found, by every start`(measure: DistanceMeasure) throws {
    for start in BallKMeans.Initialization.allCases {
      let fit = try Self.onePass(measure) {
        $0.ball.initialization = start
        // Of random starts few are good.
        $0.ball.runs = start == .uniform ? 100 : 10
      }.fit(Self.heaps)
      #expect(fit.model.distance == measure)
      let labels = try fit.model.assign(Self.heaps)
      #expect(Set(labels.prefix(4)).count == 4)
      #expect(labels.indices.allSatisfy { labels[$0] == labels[$0 % 4] })
      #expect(fit.model.clusterWeights.reduce(0, +) == 2000)
      let cost = try -fit.model.score(Self.heaps)
      #expect(fit.cost.contains(cost))
      #expect(measure == .tanimoto || cost <= fit.model.inertia * (1 + 1e-12))
    }
  }

  /// Where the sketch keeps every point, ball k-means ends at means of the points nearest to them.
  @Test(arguments: measures)
  func `a converged fit has the means of its clusters, and the cost of its labels`(
    measure: DistanceMeasure
  ) throws {
    let points = TestData.noise.points(150, 3, seed: 5, of: Double.self)
    let weights = (0..<150).map { Double(1 + $0 % 5) }
    let fit = try Self.onePass(measure, clusters: 6) {
      $0.sketch.numClusters = 1000
      $0.sketch.distanceCutoff = .fixed(1e-300)
    }.fit(points, weights: weights.span)
    #expect(fit.sketch.weights == weights)
    let model = fit.model
    let (rows, centers) = (points.doubles, model.centroids.doubles)
    let labels = rows.map { row -> Int in
      let all = centers.map { Self.distance(measure, row, $0) }
      return all.firstIndex(of: all.min()!)!
    }
    let cost = rows.indices.reduce(0) {
      $0 + weights[$1] * Self.distance(measure, rows[$1], centers[labels[$1]])
    }
    #expect((model.inertia - cost).magnitude < 1e-10 * cost)
    guard model.converged else { return }
    for cluster in 0..<6 {
      let members = rows.indices.filter { labels[$0] == cluster }
      let weight = members.reduce(0) { $0 + weights[$1] }
      #expect((model.clusterWeights[cluster] - weight).magnitude < 1e-9)
      for column in 0..<3 {
        let mean = members.reduce(0) { $0 + weights[$1] * rows[$1][column] } / weight
        #expect((mean - centers[cluster][column]).magnitude < 1e-9)
      }
    }
  }

  @Test(arguments: measures)
  func `more runs cost no more, and threads change nothing`(measure: DistanceMeasure) throws {
    let points = TestData.noise.points(2000, 5, seed: 6, of: Double.self)
    var last = Double.infinity
    for runs in [1, 3, 8] {
      let models = try [1, 2].map { threads in
        try Self.onePass(measure, clusters: 7) {
          $0.ball.runs = runs
          $0.ball.execution.threads = threads
          $0.sketch.execution.threads = threads
        }.fit(points).model
      }
      #expect(models[0] == models[1])
      #expect(models[0].inertia <= last * (1 + 1e-9))
      last = models[0].inertia
    }
  }

  @Test func `instruction sets change nothing`() throws {
    let points = TestData.noise.points(1500, 11, seed: 7, of: Float.self)
    for measure in Self.measures {
      let models = try InstructionSet.available.map { isa in
        try Self.onePass(measure) {
          $0.ball.execution.instructionSet = isa
          $0.sketch.execution.instructionSet = isa
        }.fit(points).model
      }
      #expect(Set(models).count == 1, "\(measure)")
    }
  }

  @Test func `points to test with are kept apart, and all have labels in the end`() throws {
    let fit = try Self.onePass(.manhattan) { $0.ball.testProbability = 0.3 }.fit(Self.heaps)
    #expect(fit.model.clusterWeights.sorted() == [500, 500, 500, 500])
    let trimmed = try Self.onePass(.manhattan) {
      $0.ball.finalIterations = 0
      $0.ball.correctsWeights = false
      $0.ball.trimFraction = 1e-9
      $0.ball.refillsEmptyClusters = false
    }.fit(Self.heaps)
    // Of a ball of nearly nothing only what lies on a centroid is weighed.
    #expect(trimmed.model.clusterWeights.reduce(0, +) < 2000)
  }

  @Test func `as many clusters as distinct points, and more`() throws {
    let points = try Matrix<Double>((0..<40).map { [Double($0 % 4), 1] })
    let fit = try Self.onePass(.manhattan, clusters: 4).fit(points)
    #expect(fit.model.clusterWeights == [10, 10, 10, 10])
    #expect(try fit.model.score(points) == 0)
    #expect(throws: ClusteringError.self) {
      _ = try Self.onePass(.manhattan, clusters: 5).fit(points)
    }
  }
}
