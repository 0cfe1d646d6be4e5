// The seeds of k-means++ and of its greedy form have the distributions that define them.
import Clustering
import Testing

/// Quantiles of chi-square at 0.001: 31.3 for 11 degrees of freedom (12 places), 212 for at most 12
/// x 12 pairs, less the impossible ones.
@Suite struct SeedDistributionTests {
  private let sample = SeedingSample()

  /// The first three seeds of k-means++ come from two rounds: the second and the third are of the
  /// same one, so that the third is right only if stale draws are refused as they should.
  @Test func `plain seeds are drawn by weight times squared distance`() throws {
    try check(.kMeansPlusPlus) { sample.nextDraw(after: $0) }
  }

  /// With k = 3 there are 2 + floor(ln 3) = 3 candidates a step.
  @Test func `greedy seeds are the best of three draws`() throws {
    try check(.greedy) { sample.nextGreedy(after: $0, candidates: 3) }
  }

  private func check(_ initialization: CentroidInitialization, next: ([Int]) -> [Double]) throws {
    var first = [Double](repeating: 0, count: 12)
    var pairs = [Double](repeating: 0, count: 144)
    var third = first
    for seed in 0..<30_000 {
      let rows = try sample.seeds(initialization, k: 3, seed: seed)
      first[rows[0]] += 1
      pairs[12 * rows[0] + rows[1]] += 1
      third[rows[2]] += 1
    }
    #expect(chiSquare(first, sample.firstProbabilities) < 31.3)

    var pairProbabilities = [Double](repeating: 0, count: 144)
    var thirdProbabilities = [Double](repeating: 0, count: 12)
    for (a, probability) in sample.firstProbabilities.enumerated() where probability > 0 {
      for (b, share) in next([a]).enumerated() where share > 0 {
        pairProbabilities[12 * a + b] = probability * share
        for (c, last) in next([a, b]).enumerated() {
          thirdProbabilities[c] += probability * share * last
        }
      }
    }
    // Cells that are hardly ever hit say nothing in Pearson's statistic: they are added up.
    let (counts, expected) = merged(pairs, pairProbabilities)
    #expect(chiSquare(counts, expected) < 180)
    #expect(chiSquare(third, thirdProbabilities) < 31.3)
  }

  /// Cells below 1 in 5,000 as one.
  private func merged(_ counts: [Double], _ probabilities: [Double]) -> ([Double], [Double]) {
    var (left, right, rest, restExpected) = ([Double](), [Double](), 0.0, 0.0)
    for (count, probability) in zip(counts, probabilities) {
      if probability < 2e-4, probability > 0 {
        rest += count
        restExpected += probability
      } else {
        left.append(count)
        right.append(probability)
      }
    }
    return (left + [rest], right + [restExpected])
  }

  /// Later greedy seeds share a round, so some of their candidates are refused: the sixth seed
  /// against the textbook's way, one step after another.
  @Test func `later greedy seeds are those of the textbook`() throws {
    var random = TestRandom(11)
    var ours = [Double](repeating: 0, count: 12)
    var theirs = ours
    let runs = 20_000
    for seed in 0..<runs {
      ours[try sample.seeds(.greedy, k: 7, seed: seed)[5]] += 1
      theirs[textbook(6, candidates: 3, &random)[5]] += 1
    }
    // Two samples of one size: the statistic of their difference.
    var statistic = 0.0
    for (a, b) in zip(ours, theirs) where a + b > 0 { statistic += (a - b) * (a - b) / (a + b) }
    #expect(statistic < 31.3)
  }

  private func textbook(_ count: Int, candidates: Int, _ random: inout TestRandom) -> [Int] {
    var seeds = [draw(sample.firstProbabilities, &random)]
    while seeds.count < count {
      let shares = sample.nextDraw(after: seeds)
      let drawn = (0..<candidates).map { _ in draw(shares, &random) }
      let gains = drawn.map { sample.gain($0, seeds) }
      seeds.append(drawn[gains.firstIndex(of: gains.max()!)!])
    }
    return seeds
  }

  private func draw(_ probabilities: [Double], _ random: inout TestRandom) -> Int {
    var rest = Double.random(in: 0..<1, using: &random)
    for (row, probability) in probabilities.enumerated() where probability > 0 {
      if rest < probability { return row }
      rest -= probability
    }
    return probabilities.lastIndex { $0 > 0 }!
  }
}
