import Clustering
import KMeansScenes
import Testing

/// Random values whose bits are the same everywhere.
@Suite struct DeviateTests {
  // Wichura's own examples, and those of tables.
  @Test(
    arguments: [
      (0.25, -0.6744897501960817), (0.001, -3.090232306167813), (1e-20, -9.262340089798408),
      (0.5, 0), (0.975, 1.959963984540054), (0.99999, 4.26489079392384),
    ])
  func `quantiles of the normal distribution`(_ probability: Double, _ value: Double) {
    #expect(abs(NormalQuantile.value(probability) - value) <= 4e-16 * max(1, abs(value)))
  }

  @Test func `quantiles are symmetric and ascend`() {
    var last = -Double.infinity
    for step in 1..<1000 {
      let probability = Double(step) / 1000
      let value = NormalQuantile.value(probability)
      #expect(value > last)
      #expect(abs(value + NormalQuantile.value(1 - probability)) < 1e-12)
      last = value
    }
  }

  @Test func `normal deviates have the moments of the distribution`() {
    let draws = Draws(seed: 7, purpose: .scenePoints)
    let count = 40_000
    var moments = [0.0, 0, 0, 0]
    for number in 0..<count {
      var power = 1.0
      for degree in 0..<4 {
        power *= draws.normal(number)
        moments[degree] += power / Double(count)
      }
    }
    // Five standard errors: of powers 1 to 4 these are 1, 2, 15 and 96 by the root of the count.
    let root = Double(count).squareRoot()
    #expect(abs(moments[0]) < 5 / root)
    #expect(abs(moments[1] - 1) < 5 * 2.0.squareRoot() / root)
    #expect(abs(moments[2]) < 5 * 15.0.squareRoot() / root)
    #expect(abs(moments[3] - 3) < 5 * 96.0.squareRoot() / root)
  }

  @Test func `exponential deviates have mean and deviation 1`() {
    let draws = Draws(seed: 8, purpose: .sceneTimes)
    let values = (0..<40_000).map { draws.exponential($0) }
    let mean = values.reduce(0, +) / 40_000
    let square = values.reduce(0) { $0 + $1 * $1 } / 40_000
    #expect(abs(mean - 1) < 5 / 200)
    #expect(abs(square - 2) < 5 * 20.0.squareRoot() / 200)
    #expect(values.allSatisfy { $0 >= 0 })
  }

  @Test func `Student's deviates of one degree of freedom are Cauchy's`() {
    let draws = Draws(seed: 9, purpose: .scenePoints)
    let values = (0..<40_000).map { draws.student($0, freedom: 1).magnitude }
    // Half of them are below 1, and 2 / pi arctan(1 / 10) above 10.
    let (below, above) = (values.count { $0 < 1 }, values.count { $0 > 10 })
    #expect(abs(Double(below) / 40_000 - 0.5) < 5 * 0.5 / 200)
    #expect(abs(Double(above) / 40_000 - 0.06345) < 5 * 0.244 / 200)
  }
}
