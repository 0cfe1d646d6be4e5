// The same bits for every number of threads and every instruction set.
import Clustering
import Testing

@Suite struct BallThreadsTests {
  @Test(arguments: BallKMeans.Initialization.allCases)
  func `the same bits for any threads and instruction set`(
    initialization: BallKMeans.Initialization
  ) throws {
    try check(Float.self)
    try check(Double.self)

    func check<Scalar: ClusteringScalar>(_ type: Scalar.Type) throws {
      let points = TestData.outliers.points(5000, 10, seed: 71, of: type)
      let weights = BallSample.skewedWeights(5000, seed: 3)
      var ball = BallKMeans(clusterCount: 12, runs: 2, seed: 9)
      ball.initialization = initialization
      ball.trimFraction = 0.6
      for (testProbability, corrects) in [(0, true), (0.2, false)] {
        ball.testProbability = testProbability
        ball.correctsWeights = corrects
        ball.execution.threads = 1
        ball.execution.instructionSet = .baseline
        let one = try ball.fit(points.view, weights: weights.span)
        for isa in InstructionSet.available {
          for threads in [1, 2, 5] {
            ball.execution.threads = threads
            ball.execution.instructionSet = isa
            let other = try ball.fit(points.view, weights: weights.span)
            #expect(other.model == one.model && other.labels == one.labels)
            #expect(other.runCosts == one.runCosts && other.run == one.run)
          }
        }
      }
    }
  }

  @Test func `strided memory is read in place`() throws {
    let wide = TestData.noise.points(500, 7, seed: 95, of: Float.self)
    let narrow = try Matrix((0..<500).map { row in (0..<4).map { wide[row, $0] } })
    var ball = BallKMeans(clusterCount: 6, runs: 2, seed: 2)
    for testProbability in [0, 0.3] {
      ball.testProbability = testProbability
      let view = try MatrixView(wide.span, rows: 500, columns: 4, rowStride: 7)
      let (strided, plain) = (try ball.fit(view), try ball.fit(narrow.view))
      #expect(strided.model == plain.model && strided.runCosts == plain.runCosts)
    }
  }

  /// A weight of w counts as w points: k-means from seeds that both have in common, for they are
  /// all points.
  @Test func `weights count as repeated points`() throws {
    let points = TestData.integers.points(300, 3, seed: 91, of: Double.self)
    let counts = (0..<300).map { 1 + $0 % 4 }
    let repeated = try Matrix(
      zip(points.doubles, counts).flatMap { Array(repeating: $0, count: $1) })
    let weights = counts.map { Double($0) }
    let distinct = Set(points.doubles).count
    for k in [1, distinct] {
      let ball = BallKMeans(clusterCount: k, runs: 1, seed: 0)
      let weighted = try ball.fit(points.view, weights: weights.span).model
      let plain = try ball.fit(repeated.view).model
      #expect(weighted.clusterWeights.sorted() == plain.clusterWeights.sorted())
      // Sums of whole numbers are exact, and so are their means where all points are equal.
      #expect(Set(weighted.centroids.doubles) == Set(plain.centroids.doubles))
      #expect((weighted.inertia - plain.inertia).magnitude <= 1e-12 * plain.inertia)
      #expect((weighted.inertia == 0) == (k > 1))
    }
  }
}
