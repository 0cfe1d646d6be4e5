// How much memory there is decides how often points are read, and no bit of the result.
import Clustering
import Testing

@Suite struct MemoryBudgetTests {
  private func fit<Scalar: ClusteringScalar>(
    _ kmeans: KMeans, _ points: Matrix<Scalar>, _ weights: [Double]?, memory: Int?
  ) throws -> (fit: KMeans.Fit<Scalar>, passes: Int) {
    var source = MatrixSource(points)
    let fit = try kmeans.fit(rereading: &source, weights: weights?.span, memory: memory) { _, _ in }
    return (fit, source.readings)
  }

  /// The smallest memory that is not refused.
  private func least<Scalar: ClusteringScalar>(
    _ kmeans: KMeans, _ points: Matrix<Scalar>, _ weights: [Double]?
  ) throws -> Int {
    // What is needed is known when the points have been counted.
    let guess = try needed(kmeans, points, weights, memory: 1 << 20) ?? 1 << 20
    return try needed(kmeans, points, weights, memory: guess) ?? guess
  }

  private func needed<Scalar: ClusteringScalar>(
    _ kmeans: KMeans, _ points: Matrix<Scalar>, _ weights: [Double]?, memory: Int
  ) throws -> Int? {
    do {
      _ = try fit(kmeans, points, weights, memory: memory)
      return nil
    } catch ClusteringError.memoryTooSmall(_, let needed) {
      return needed
    }
  }

  @Test(arguments: [TestData.noise, .outliers, .duplicates])
  func `no budget changes a bit`(data: TestData) throws {
    let passes = try check(data.points(5000, 12, seed: 7, of: Double.self), k: 24)
    // Else nothing was left out.
    if data == .noise { #expect(passes.least > passes.free, "\(passes)") }
    _ = try check(data.points(5000, 3, seed: 8, of: Float.self), k: 30)
  }

  private func check<Scalar: ClusteringScalar>(
    _ points: Matrix<Scalar>, k: Int
  ) throws -> (least: Int, free: Int) {
    var counts = (least: 0, free: 0)
    let weights = (0..<points.rows).map { Double($0 % 5) / 4 }
    var kmeans = KMeans(clusterCount: k, seed: 11)
    kmeans.maxIterations = 2
    kmeans.recordsInertia = true
    kmeans.execution.threads = 2
    for weights in [nil, weights] {
      let expected = try kmeans.fit(points.view, weights: weights?.span)
      let free = try fit(kmeans, points, weights, memory: nil)
      #expect(free.fit.seeding == expected.seeding)
      let least = try least(kmeans, points, weights)
      for more in [0, 100_000, 400_000, 2 << 20] {
        let (found, passes) = try fit(kmeans, points, weights, memory: least + more)
        expectSame(found, expected, "\(more) bytes more than the least")
        #expect(found.seeding.drawn == expected.seeding.drawn)
        #expect(found.seeding.refused == expected.seeding.refused)
        if more == 0 { counts = (passes, free.passes) }
      }
    }
    return counts
  }
}
