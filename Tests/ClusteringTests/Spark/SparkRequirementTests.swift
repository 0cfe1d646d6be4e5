// Spark's requirements in Spark's words, as Spark 4.3.0 on JDK 17 says them.
import Clustering
import Testing

@Suite struct SparkRequirementTests {
  private func message(_ check: () throws(ClusteringError) -> Void) -> String? {
    do throws(ClusteringError) {
      try check()
      return nil
    } catch {
      return error.description
    }
  }

  private let prefix = "requirement failed: "

  @Test func `cluster counts`() {
    let check = { (count: Int) in
      message { () throws(ClusteringError) in try SparkRequirement.checkClusterCount(count) }
    }
    #expect(check(0) == prefix + "Number of clusters must be positive but got 0")
    #expect(check(-3) == prefix + "Number of clusters must be positive but got -3")
    #expect(check(1) == nil)
  }

  @Test func `decay factors`() {
    let check = { (factor: Double) in
      message { () throws(ClusteringError) in try SparkRequirement.checkDecayFactor(factor) }
    }
    let start = prefix + "Decay factor must be nonnegative but got "
    #expect(check(-1) == start + "-1.0")
    #expect(check(.nan) == start + "NaN")
    #expect(check(-.infinity) == start + "-Infinity")
    #expect(check(-1e-4) == start + "-1.0E-4")
    #expect(check(-12345678.9) == start + "-1.23456789E7")
    for factor in [0, -0.0, 1, 2, .infinity] { #expect(check(factor) == nil) }
  }

  @Test func `half lives`() {
    let check = { (halfLife: Double) in
      message { () throws(ClusteringError) in try SparkRequirement.checkHalfLife(halfLife) }
    }
    let start = prefix + "Half life must be positive but got "
    #expect(check(0) == start + "0.0")
    #expect(check(-0.0) == start + "-0.0")
    #expect(check(.nan) == start + "NaN")
    for halfLife in [1e-300, 1, .infinity] { #expect(check(halfLife) == nil) }
  }

  @Test(
    arguments: [
      (0.5, 0.25), (1, 0.5), (2, 0.7071067811865476), (3, 0.7937005259840998),
      (5, 0.8705505632961241), (7.5, 0.9117224885582168), (10, 0.9330329915368074),
      (20, 0.9659363289248456), (60, 0.9885140203528962), (100, 0.9930924954370359),
      (1e9, 0.9999999993068528), (.infinity, 1),
    ] as [(Double, Double)])
  func `decay factors of half lives`(halfLife: Double, factor: Double) {
    #expect(SparkModel.decayFactor(halfLife: halfLife) == factor)
  }

  @Test func `time units`() throws {
    #expect(try SparkRequirement.timeUnit(named: "batches") == .batches)
    #expect(try SparkRequirement.timeUnit(named: "points") == .points)
    #expect(
      message { () throws(ClusteringError) in _ = try SparkRequirement.timeUnit(named: "hours") }
        == "Invalid time unit for decay: hours")
  }

  @Test func `initial centers`() {
    let check = { (centers: Int, weights: [Double], clusters: Int) in
      message { () throws(ClusteringError) in
        try SparkRequirement.checkInitialCenters(
          centers, weights: weights, clusterCount: clusters)
      }
    }
    // The numbers are compared with each other first.
    #expect(
      check(2, [1], 3) == prefix + "Number of initial centers must be equal to number of weights")
    #expect(
      check(3, [-1, 1, 1], 2) == prefix + "Number of initial centers must be 2 but got 3")
    let start = prefix + "Weight for each initial center must be nonnegative but got "
    #expect(check(2, [-1, 1], 2) == start + "[-1.0 1.0]")
    #expect(check(2, [.nan, 1e7], 2) == start + "[NaN 1.0E7]")
    #expect(check(2, [-1e-4, 0.001], 2) == start + "[-1.0E-4 0.001]")
    #expect(check(2, [0, -0.0], 2) == nil)
  }

  @Test func `random centers`() {
    let check = { (dimension: Int, weight: Double) in
      message { () throws(ClusteringError) in
        try SparkRequirement.checkRandomCenters(dimension: dimension, weight: weight)
      }
    }
    #expect(check(0, -1) == prefix + "Number of dimensions must be positive but got 0")
    #expect(check(2, -1) == prefix + "Weight for each center must be nonnegative but got -1.0")
    #expect(check(2, .nan) == prefix + "Weight for each center must be nonnegative but got NaN")
    #expect(check(1, 0) == nil)
  }

  @Test func `missing centers`() {
    #expect(
      SparkRequirement.initialCenters.description
        == "Initial cluster centers must be set before starting predictions")
  }

  /// What `Double.toString` gives.
  @Test(
    arguments: [
      (0, "0.0"), (-0.0, "-0.0"), (1, "1.0"), (-1, "-1.0"), (0.001, "0.001"),
      (0.0009999999999999998, "9.999999999999998E-4"), (1e-4, "1.0E-4"), (123.456, "123.456"),
      (9999999, "9999999.0"), (9999999.999999998, "9999999.999999998"), (1e7, "1.0E7"),
      (12345678.9, "1.23456789E7"), (1e16, "1.0E16"), (1e17, "1.0E17"), (1.5e20, "1.5E20"),
      (1.0 / 3, "0.3333333333333333"), (1e-300, "1.0E-300"),
      (1.7976931348623157e308, "1.7976931348623157E308"), (0.1, "0.1"), (100, "100.0"),
      (1_234_567, "1234567.0"), (0.00123, "0.00123"), (5e-5, "5.0E-5"), (10, "10.0"),
      (9007199254740992, "9.007199254740992E15"), (.nan, "NaN"), (.infinity, "Infinity"),
      (-.infinity, "-Infinity"), (2.2250738585072014e-308, "2.2250738585072014E-308"),
    ] as [(Double, String)])
  func `numbers are those of Java`(number: Double, text: String) {
    #expect(JavaNumber.text(number) == text)
  }
}
