// The knees that the Python package kneed finds on the curves of its documentation.
import Clustering
import Testing

/// Expected values: kneed 0.9.0,
/// `KneeLocator(x, y, S=S, curve="convex", direction="decreasing").knee`.
@Suite struct ElbowKneedleTests {
  struct Curve: Sendable, CustomTestStringConvertible {
    let name: String
    let x: [Double]
    let y: [Double]
    /// The knee for each sensitivity.
    let knees: [Double: Double?]
    var testDescription: String { name }
  }

  static let ninths = (0..<10).map { Double($0) / 9 }

  static let curves: [Curve] = [
    Curve(
      name: "DataGenerator.convex_decreasing()", x: (0..<10).map(Double.init),
      y: [100, 40, 20, 15, 10, 5, 4, 3, 2, 1], knees: [0: 2, 1: 2, 5: 2, 6: nil, 8: nil]),
    Curve(
      name: "DataGenerator.bumpy()", x: (0..<90).map(Double.init), y: bumpy,
      knees: [0: 5, 1: 26, 3: 31, 5: 53, 20: 53, 30: nil]),
    // The figure of the paper, upside down.
    Curve(
      name: "DataGenerator.figure2()", x: ninths,
      y: ninths.map { (x: Double) -> Double in 1 / (x + 0.1) - 5 },
      knees: [1: ninths[2], 4: ninths[2], 5: nil]),
    Curve(
      name: "1/x", x: (1...10).map(Double.init),
      y: (1...10).map { (x: Int) -> Double in 1 / Double(x) },
      knees: [1: 3, 3: 3]),
    // KMeans(k, n_init=5, random_state=0).fit(load_iris().data).inertia_
    Curve(
      name: "iris", x: (1...12).map(Double.init),
      y: [
        681.37, 152.35, 78.85, 57.23, 46.45, 39.04, 34.42, 30.06, 28.33, 26.05, 25.48, 22.74,
      ], knees: [1: 3, 5: 3]),
    Curve(name: "a step", x: [0, 1, 2, 3, 4], y: [10, 4, 3, 3, 0], knees: [1: 1, 2: nil]),
    Curve(name: "a level part", x: [0, 1, 2, 3, 4], y: [10, 2, 2, 2, 0], knees: [1: 1, 2: 1]),
    Curve(
      name: "two points equally far below the line", x: [0, 1, 2, 3, 4], y: [4, 1, 0, 0, 0],
      knees: [0: 2, 1: 2, 2: nil]),
    Curve(
      name: "two knees", x: (0..<8).map(Double.init), y: [9, 5, 4, 4, 4, 3, 1, 0],
      knees: [0: 1, 1: 1, 2: 1]),
  ]

  static let bumpy: [Double] = [
    7305, 6979, 6666.6, 6463.2, 6326.5, 6048.8, 6032.8, 5762, 5742.8, 5398.2, 5256.8, 5227, 5001.7,
    4942,
    4854.2, 4734.6, 4558.7, 4491.1, 4411.6, 4333, 4234.6, 4139.1, 4056.8, 4022.5, 3868, 3808.3,
    3745.3, 3692.3,
    3645.6, 3618.3, 3574.3, 3504.3, 3452.4, 3401.2, 3382.4, 3340.7, 3301.1, 3247.6, 3190.3, 3180,
    3154.2, 3089.5,
    3045.6, 2989, 2993.6, 2941.3, 2875.6, 2866.3, 2834.1, 2785.1, 2759.7, 2763.2, 2720.1, 2660.1,
    2690.2, 2635.7,
    2632.9, 2574.6, 2556, 2545.7, 2513.4, 2491.6, 2496, 2466.5, 2442.7, 2420.5, 2381.5, 2388.1,
    2340.6, 2335,
    2318.9, 2319, 2308.2, 2262.2, 2235.8, 2259.3, 2221, 2202.7, 2184.3, 2170.1, 2160, 2127.7,
    2134.7, 2102,
    2101.4, 2066.4, 2074.3, 2063.7, 2048.1, 2031.9,
  ]

  @Test(arguments: curves) func `the knees of kneed`(_ curve: Curve) throws {
    for (sensitivity, expected) in curve.knees {
      let knee = try Kneedle.knee(x: curve.x, y: curve.y, sensitivity: sensitivity)
      #expect(knee == expected, "sensitivity \(sensitivity)")
    }
    #expect(try Kneedle.knee(x: curve.x, y: curve.y) == curve.knees[1])
  }

  @Test func `neither scale nor offset moves a knee`() throws {
    let curve = Self.curves[0]
    for (scale, offset) in [(1e-300, 0.0), (1e300, -5e301), (3, 1e6)] {
      let y = curve.y.map { $0 * scale + offset }
      #expect(try Kneedle.knee(x: curve.x, y: y) == 2)
    }
    let huge = [1.7e308, -0.8e308, -1.5e308, -1.6e308, -1.7e308]
    #expect(try Kneedle.knee(x: [1, 2, 3, 4, 5], y: huge) == 2)
  }

  @Test(arguments: [0.1, 1, 3, 1e17]) func `a straight line has no knee`(step: Double) throws {
    for count in [3, 4, 10, 100] {
      let x = (0..<count).map { 0.3 + Double($0) * step }
      #expect(try Kneedle.knee(x: x, y: x.map { 7 - $0 / 3 }) == nil)
      #expect(try Kneedle.knee(x: x, y: x.map { _ in 5 }) == nil, "level")
    }
  }

  @Test func `fewer than three points have no knee`() throws {
    #expect(try Kneedle.knee(x: [], y: []) == nil)
    #expect(try Kneedle.knee(x: [1], y: [1]) == nil)
    #expect(try Kneedle.knee(x: [1, 2], y: [9, 1]) == nil)
    #expect(try Kneedle.knee(x: [1, 2, 3], y: [9, 1, 0], sensitivity: 0.7) == 2)
    #expect(try Kneedle.knee(x: [1, 2, 3, 4], y: [9, 1, 0.5, 0]) == 2)
  }

  /// kneed takes the first point for the knee here.
  @Test func `a curve that bends the other way has no knee`() throws {
    #expect(try Kneedle.knee(x: [0, 1, 2, 3, 4], y: [10, 9, 7, 4, 0]) == nil)
    #expect(try Kneedle.knee(x: [0, 1, 2, 3, 4], y: [10, 9, 7, 4, 0], sensitivity: 0) == nil)
  }

  @Test func `wrong curves are refused`() {
    #expect(throws: KneedleError.valueCountMismatch(x: 2, y: 3)) {
      try Kneedle.knee(x: [1, 2], y: [3, 2, 1])
    }
    #expect(throws: KneedleError.notIncreasing(index: 2)) {
      try Kneedle.knee(x: [1, 3, 2], y: [3, 2, 1])
    }
    #expect(throws: KneedleError.notIncreasing(index: 1)) {
      try Kneedle.knee(x: [1, 1, 2], y: [3, 2, 1])
    }
    #expect(throws: KneedleError.notFinite(index: 1)) {
      try Kneedle.knee(x: [1, .nan, 2], y: [3, 2, 1])
    }
    #expect(throws: KneedleError.notFinite(index: 2)) {
      try Kneedle.knee(x: [1, 2, 3], y: [3, 2, .infinity])
    }
    for sensitivity in [-1, Double.infinity] {
      #expect(throws: KneedleError.invalidSensitivity(sensitivity)) {
        try Kneedle.knee(x: [1, 2, 3], y: [3, 2, 1], sensitivity: sensitivity)
      }
    }
  }
}
