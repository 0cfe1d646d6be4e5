import Clustering
import Testing

@Suite struct SeedingTests {
  private let points = try! Matrix<Double>([[0], [1], [3], [7], [8], [20]])
  private let weights: [Double] = [2, 1, 3, 0, 1, 0.5]

  /// The first centroids of many seeds.
  private func seeds(_ initialization: Initialization, k: Int, count: Int) throws -> [[Double]] {
    try (0..<count).map { seed in
      var kmeans = KMeans(clusterCount: k, seed: UInt64(seed))
      kmeans.initialization = initialization
      kmeans.maxIterations = 1
      kmeans.threads = 1
      var start: [Double] = []
      _ = try kmeans.fit(points.view, weights: weights.span) { iteration, centroids in
        if iteration.number == 1 { start = (0..<k).map { centroids[$0, 0] } }
      }
      return start
    }
  }

  /// Pearson's statistic of counts against probabilities, over the cells that can occur.
  private func chiSquare(_ counts: [Double], _ probabilities: [Double]) -> Double {
    let total = counts.reduce(0, +)
    return zip(counts, probabilities).reduce(0) { sum, cell in
      let expected = total * cell.1
      if expected == 0 { return cell.0 == 0 ? sum : .infinity }
      return sum + (cell.0 - expected) * (cell.0 - expected) / expected
    }
  }

  /// 0.001 quantiles of chi-square: 18.5 for 4 degrees of freedom, 45.3 for 20.
  @Test func kMeansPlusPlusDrawsByWeightTimesSquaredDistance() throws {
    let values = (0..<6).map { points[$0, 0] }
    var first = [Double](repeating: 0, count: 6)
    var pairs = [Double](repeating: 0, count: 36)
    for start in try seeds(.kMeansPlusPlus, k: 2, count: 20_000) {
      let (a, b) = (values.firstIndex(of: start[0])!, values.firstIndex(of: start[1])!)
      first[a] += 1
      pairs[6 * a + b] += 1
    }
    let total = weights.reduce(0, +)
    #expect(chiSquare(first, weights.map { $0 / total }) < 18.5)
    var expected = [Double](repeating: 0, count: 36)
    for a in 0..<6 {
      let shares = (0..<6).map { weights[$0] * (values[$0] - values[a]) * (values[$0] - values[a]) }
      for b in 0..<6 {
        expected[6 * a + b] = weights[a] / total * shares[b] / shares.reduce(0, +)
      }
    }
    #expect(chiSquare(pairs, expected) < 45.3)
  }

  @Test func randomRowsAreDrawnByWeightWithoutReplacement() throws {
    let values = (0..<6).map { points[$0, 0] }
    var first = [Double](repeating: 0, count: 6)
    for start in try seeds(.randomRows, k: 3, count: 10_000) {
      #expect(Set(start).count == 3)
      #expect(!start.contains(7))  // weight 0
      first[values.firstIndex(of: start[0])!] += 1
    }
    let total = weights.reduce(0, +)
    #expect(chiSquare(first, weights.map { $0 / total }) < 18.5)
  }
}
