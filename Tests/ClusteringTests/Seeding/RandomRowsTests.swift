import Clustering
import Testing

@Suite struct RandomRowsTests {
  /// 0.001 quantile of chi-square: 31.3 for 11 degrees of freedom.
  @Test func rowsAreDrawnByWeightWithoutReplacement() throws {
    let sample = SeedingSample()
    var first = [Double](repeating: 0, count: 12)
    for seed in 0..<10_000 {
      let rows = try sample.seeds(.randomRows, k: 3, seed: seed)
      #expect(Set(rows).count == 3)
      #expect(!rows.contains(SeedingSample.weightless))
      first[rows[0]] += 1
    }
    #expect(chiSquare(first, sample.firstProbabilities) < 31.3)
  }
}
