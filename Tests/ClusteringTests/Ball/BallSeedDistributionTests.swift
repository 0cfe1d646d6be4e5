// B7: Mahout draws the first seed whatever the points weigh, and later ones by the weight of a
// seed. Ours have the distributions that define them.
import Clustering
import Testing

/// 0.001 quantiles of chi-square: 31.3 for 11 degrees of freedom, 180 for 125.
@Suite struct BallSeedDistributionTests {
  private static let values: [Double] = [0, 1, 3, 7, 8, 20, 21, 25, 40, 41, 44, 60]
  private static let weights: [Double] = [8, 4, 12, 0, 4, 2, 16, 4, 1, 8, 4, 1]
  private let runs = 20_000

  /// The probability of each row as a first seed.
  private func first(_ initialization: BallKMeans.Initialization) -> [Double] {
    let (values, weights) = (Self.values, Self.weights)
    let total = weights.reduce(0, +)
    guard initialization == .ostrovsky else { return weights.map { $0 / total } }
    let mean = zip(weights, values).reduce(0) { $0 + $1.0 * $1.1 } / total
    let spread = values.map { ($0 - mean) * ($0 - mean) }
    let inertia = zip(weights, spread).reduce(0) { $0 + $1.0 * $1.1 }
    return zip(weights, spread).map { $0 * (inertia + total * $1) / (2 * total * inertia) }
  }

  /// The probability of each row as the second seed.
  private func second(_ initialization: BallKMeans.Initialization, after row: Int) -> [Double] {
    let (values, weights) = (Self.values, Self.weights)
    let shares = values.indices.map { other in
      let difference = values[other] - values[row]
      if initialization == .uniform { return other == row ? 0 : weights[other] }
      return weights[other] * difference * difference
    }
    return shares.map { $0 / shares.reduce(0, +) }
  }

  private func pairs(
    _ initialization: BallKMeans.Initialization, _ values: [Double], _ weights: [Double]?
  ) throws -> (first: [Double], pairs: [Double]) {
    let points = try Matrix<Float>(values.map { [Float($0)] })
    var (first, pairs) = ([Double](repeating: 0, count: 12), [Double](repeating: 0, count: 144))
    for seed in 0..<runs {
      var ball = BallKMeans(clusterCount: 2, runs: 1, seed: UInt64(seed))
      ball.initialization = initialization
      ball.execution.threads = 1
      let seeds = try ball.initialCentroids(points.view, weights: weights?.span)
      let (a, b) = (row(of: seeds[0, 0]), row(of: seeds[1, 0]))
      first[a] += 1
      pairs[12 * a + b] += 1
    }
    return (first, pairs)
  }

  private func row(of value: Float) -> Int { Self.values.firstIndex(of: Double(value))! }

  private func check(
    _ initialization: BallKMeans.Initialization, _ found: (first: [Double], pairs: [Double])
  ) {
    let first = first(initialization)
    #expect(chiSquare(found.first, first) < 31.3)
    var (counts, expected, rare, rareExpected) = ([Double](), [Double](), 0.0, 0.0)
    for (a, probability) in first.enumerated() {
      for (b, share) in second(initialization, after: a).enumerated() {
        // Cells that are hardly ever hit say nothing in Pearson's statistic: they are added up.
        if probability * share < 2e-4 {
          rare += found.pairs[12 * a + b]
          rareExpected += probability * share
        } else {
          counts.append(found.pairs[12 * a + b])
          expected.append(probability * share)
        }
      }
    }
    #expect(chiSquare(counts + [rare], expected + [rareExpected]) < 180)
  }

  @Test(arguments: [BallKMeans.Initialization.kMeansPlusPlus, .ostrovsky])
  func `seeds are drawn by their weights`(initialization: BallKMeans.Initialization) throws {
    check(initialization, try pairs(initialization, Self.values, Self.weights))
  }

  @Test func `uniform seeds are drawn by their weights`() throws {
    check(.uniform, try pairs(.uniform, Self.values, Self.weights))
  }

  /// A point of weight w is w points of weight 1.
  @Test(arguments: [BallKMeans.Initialization.kMeansPlusPlus, .ostrovsky])
  func `weights count as repeated points`(initialization: BallKMeans.Initialization) throws {
    let repeated = zip(Self.values, Self.weights).flatMap { Array(repeating: $0, count: Int($1)) }
    check(initialization, try pairs(initialization, repeated, nil))
  }

  /// The mean that Ostrovsky's first seed goes by is not rounded to Float, where it would lie
  /// farther away than the points do from each other: at 2^24 there are no odd numbers.
  @Test func `ostrovskys mean is double`() throws {
    let base: Float = 0x1p24
    let points = try Matrix<Float>([[base], [base + 2], [base + 2], [base + 2]])
    var count = 0
    for seed in 0..<runs {
      var ball = BallKMeans(clusterCount: 1, runs: 1, seed: UInt64(seed))
      ball.initialization = .ostrovsky
      ball.execution.threads = 1
      if try ball.initialCentroids(points.view)[0, 0] == base { count += 1 }
    }
    // The mean is 1.5: 1/2 1/4 + 1/2 2.25/3 = 1/2, and four deviations of a count. From 2: 1/2 1/4
    // + 1/2.
    #expect((Double(count) / Double(runs) - 0.5).magnitude < 2 / Double(runs).squareRoot())
  }

  /// Every run has draws of its own.
  @Test(arguments: BallKMeans.Initialization.allCases)
  func `runs differ`(initialization: BallKMeans.Initialization) throws {
    let points = TestData.noise.points(300, 3, seed: 2, of: Double.self)
    var ball = BallKMeans(clusterCount: 5, seed: 1)
    ball.initialization = initialization
    let seeds = try (0..<10).map { try ball.initialCentroids(points.view, run: $0) }
    #expect(Set(seeds).count == 10)
    #expect(Set(seeds.map { $0[0, 0] }).count > 7)
  }

  /// Seeds of k-means++ and greedy k-means++ are those of the naive way, bit for bit.
  @Test func `seeds are those of the naive way`() throws {
    let points = TestData.outliers.points(900, 4, seed: 3, of: Float.self)
    let weights = BallSample.skewedWeights(900, seed: 4)
    var ball = BallKMeans(clusterCount: 30, seed: 5)
    ball.initialization = .kMeansPlusPlus
    var naive = NaiveSeeding(points.doubles, weights: weights, seed: 5)
    let plain = points.picking(naive.plain(30))
    #expect(try ball.initialCentroids(points.view, weights: weights.span) == plain)
    ball.initialization = .greedy
    naive = NaiveSeeding(points.doubles, weights: weights, seed: 5)
    let greedy = points.picking(naive.greedy(30, candidates: 5))
    #expect(try ball.initialCentroids(points.view, weights: weights.span) == greedy)
  }
}
