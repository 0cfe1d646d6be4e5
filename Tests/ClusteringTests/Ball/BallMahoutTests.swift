// Mahout's own BallKMeansTest, mirrored: its data, its parameters, what it asserts.
import Clustering
import Testing

@Suite struct BallMahoutTests {
  /// Mahout's defaults: 0.9 of the squared distance, no final steps, no refilling.
  private func mahout(_ k: Int, runs: Int, iterations: Int = 20) -> BallKMeans {
    var ball = BallKMeans(clusterCount: k, runs: runs, seed: 1)
    ball.maxIterations = iterations
    ball.initialization = .kMeansPlusPlus
    ball.finalIterations = 0
    ball.refillsEmptyClusters = false
    return ball
  }

  /// For each number of runs k-means++ costs less than random centroids.
  @Test func `test clustering multiple runs`() throws {
    let points = BallSample.hypercube(4, points: 10_000, seed: 11)
    for runs in 1...10 {
      var ball = mahout(16, runs: runs)
      ball.testProbability = 0.1
      let plusPlus = try ball.fit(points.view)
      ball.initialization = .uniform
      let random = try ball.fit(points.view)
      #expect(plusPlus.model.inertia < random.model.inertia, "\(runs) runs")
      #expect(plusPlus.testPointCount == 1000 && plusPlus.runCosts.count == runs)
    }
  }

  @Test(arguments: [BallKMeans.Initialization.kMeansPlusPlus, .greedy, .ostrovsky])
  func `test clustering`(initialization: BallKMeans.Initialization) throws {
    let points = BallSample.hypercube(4, points: 10_000, seed: 12)
    var ball = mahout(16, runs: 1)
    ball.initialization = initialization
    let model = try ball.fit(points.view).model
    let weight: Double = model.clusterWeights.reduce(0, +)
    #expect((weight - 10_000).magnitude < 1e-9)
    let corners = try Matrix(BallSample.corners(4))
    var distances: [Double] = []
    for corner in corners.doubles {
      let all = model.centroids.doubles.map { center in
        zip(center, corner).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
      }
      let nearest = all.indices.min { all[$0] < all[$1] }!
      distances.append(all[nearest])
      #expect(model.clusterWeights[nearest] == 625)
    }
    #expect(distances.sorted()[8] < 0.01)
  }

  /// Each of the first five columns of the six centroids is zeros but for a 6, and no two are
  /// alike.
  @Test func `test initialization`() throws {
    let points = BallSample.cubish(deviation: 0.01, seed: 13)
    let centroids = try mahout(6, runs: 1).fit(points.view).model.centroids
    var discrepancy = 0.0
    for column in 0..<5 {
      let values = (0..<6).map { centroids[$0, column] }
      let sum = values.reduce(0) { $0 + $1.magnitude }
      discrepancy += values.min()!.magnitude + (values.max()! - 6).magnitude + (sum - 6).magnitude
    }
    #expect(discrepancy / 5 < 0.1)
    let singular = singularValues(
      (0..<5).map { column in (0..<6).map { centroids[$0, column] / 6 } })
    #expect((singular.reduce(0) { $0 + $1 * $1 } - 5).magnitude < 0.05)
    #expect((singular.reduce(0, +) - 5).magnitude < 0.05)
  }

  /// One-sided Jacobi (Hestenes, 1958): turns pairs of columns until all are orthogonal.
  private func singularValues(_ columns: [[Double]]) -> [Double] {
    var columns = columns
    func dot(_ a: Int, _ b: Int) -> Double {
      zip(columns[a], columns[b]).reduce(0) { $0 + $1.0 * $1.1 }
    }
    for _ in 0..<30 {
      for a in columns.indices {
        for b in columns.indices where b > a && dot(a, b).magnitude > 1e-15 {
          let zeta = (dot(b, b) - dot(a, a)) / (2 * dot(a, b))
          let t = (zeta < 0 ? -1 : 1) / (zeta.magnitude + (1 + zeta * zeta).squareRoot())
          let c = 1 / (1 + t * t).squareRoot()
          let (x, y) = (columns[a], columns[b])
          columns[a] = zip(x, y).map { c * $0 - c * t * $1 }
          columns[b] = zip(x, y).map { c * t * $0 + c * $1 }
        }
      }
    }
    return columns.indices.map { dot($0, $0).squareRoot() }
  }
}
