// Everything that a sketch refuses: the error, and that nothing was added.
import Clustering
import Testing

@Suite("What a sketch refuses") struct SketchErrorTests {
  // MARK: - Parameters

  private func error(_ change: (inout SketchParameters) -> Void) throws -> ClusteringError? {
    var parameters = SketchParameters(clusterCount: 5, seed: 1)
    change(&parameters)
    var sketch = StreamingSketch<Float>(parameters)
    let points = SketchData.uniform.points(20, 2, seed: 1, of: Float.self)
    var found: ClusteringError?
    do throws(ClusteringError) { try sketch.learn(points) } catch { found = error }
    #expect(sketch.pointCount == (found == nil ? 20 : 0))
    do throws(ClusteringError) {
      try parameters.validate()
      #expect(found == nil)
    } catch {
      #expect(found.map(String.init(describing:)) == String(describing: error))
      #expect(!error.description.contains("\n") && error.description.count < 200)
    }
    return found
  }

  @Test("no cluster, and more than labels can name")
  func clusterCount() throws {
    #expect(try error { $0.clusterCount = 0 } == .clusterCountNotPositive(0))
    #expect(try error { $0.clusterCount = -3 } == .clusterCountNotPositive(-3))
    #expect(try error { $0.clusterCount = 1 << 31 } == .clusterCountTooLarge(1 << 31))
    #expect(try error { $0.clusterCount = Int.max } == .clusterCountTooLarge(.max))
    #expect(try error { $0.clusterCount = 1 << 31 - 1 } == nil)
  }

  @Test("as few centroids as clusters (-km <= k)", arguments: [5, 4, 1, 0, -1, Int.min])
  func numClusters(count: Int) throws {
    #expect(
      try error { $0.numClusters = count } == .sketch(.numClustersTooSmall(count, clusters: 5)))
    #expect(try error { $0.numClusters = 6 } == nil)
  }

  @Test(
    "a cutoff that is not positive and finite", arguments: [0, -0.0, -1, .infinity, -.infinity])
  func fixedCutoff(cutoff: Double) throws {
    #expect(
      try error { $0.distanceCutoff = .fixed(cutoff) } == .sketch(.invalidDistanceCutoff(cutoff)))
  }

  @Test("numbers that are none")
  func notNumbers() throws {
    // NaN equals nothing: the words are compared.
    let errors: [(ClusteringError?, SketchError)] = [
      (try error { $0.distanceCutoff = .fixed(.nan) }, .invalidDistanceCutoff(.nan)),
      (try error { $0.beta = .nan }, .invalidBeta(.nan)),
      (try error { $0.clusterLogFactor = .nan }, .invalidClusterLogFactor(.nan)),
      (try error { $0.clusterOvershoot = .nan }, .invalidClusterOvershoot(.nan)),
    ]
    for (found, expected) in errors { #expect(found?.description == expected.description) }
  }

  @Test("a cutoff for no points", arguments: [0, -1, Int.min])
  func shindler(points: Int) throws {
    #expect(
      try error { $0.distanceCutoff = .shindler(points: points) }
        == .sketch(.pointsOfCutoffNotPositive(points)))
    #expect(try error { $0.distanceCutoff = .shindler(points: 1) } == nil)
  }

  @Test("a beta that does not let the cutoff grow", arguments: [1, 0.5, 0, -2, .infinity])
  func beta(beta: Double) throws {
    #expect(try error { $0.beta = beta } == .sketch(.invalidBeta(beta)))
    #expect(try error { $0.beta = 1.0.nextUp } == nil)
  }

  @Test("a negative or infinite factor of the logarithm", arguments: [-1, -1e-300, .infinity])
  func logFactor(factor: Double) throws {
    #expect(
      try error { $0.clusterLogFactor = factor } == .sketch(.invalidClusterLogFactor(factor)))
    #expect(try error { $0.clusterLogFactor = 0 } == nil)
  }

  @Test("an overshoot below 1", arguments: [0.999, 0, -1, .infinity])
  func overshoot(factor: Double) throws {
    #expect(
      try error { $0.clusterOvershoot = factor } == .sketch(.invalidClusterOvershoot(factor)))
    #expect(try error { $0.clusterOvershoot = 1 } == nil)
  }

  @Test("no thread, and an instruction set that the processor lacks")
  func threadsAndInstructionSet() throws {
    #expect(try error { $0.execution.threads = 0 } == .threadsNotPositive(0))
    if InstructionSet.best < .v4 {
      #expect(
        try error { $0.execution.instructionSet = .v4 }
          == .execution(.instructionSetMissing(.v4, best: .best)))
    }
  }

  @Test("bytes on kernels that cannot multiply them")
  func strategy() throws {
    let found = try error {
      ($0.execution.strategy, $0.execution.instructionSet) = (.filtered, .baseline)
    }
    #expect(found == .execution(.strategyMissing(.filtered, .baseline)))
  }

  @Test("bytes where a sweep says that they pay", .enabled(if: InstructionSet.best >= .v4vnni))
  func automaticStrategy() {
    func resolved(
      _ clusters: Int, _ columns: Int, _ change: (inout SketchParameters) -> Void = { _ in }
    )
      -> Execution.Strategy
    {
      var parameters = SketchParameters(clusterCount: clusters, seed: 1)
      change(&parameters)
      return parameters.resolvedStrategy(columns: columns)
    }
    #expect(resolved(5, 128) == .filtered && resolved(5, 127) == .fused)
    #expect(resolved(20, 111) == .filtered && resolved(20, 110) == .fused)
    #expect(resolved(50, 26) == .filtered && resolved(50, 25) == .fused)
    #expect(resolved(5, 8) { $0.numClusters = 500 } == .filtered)
    #expect(resolved(100, 256) { $0.execution.instructionSet = .v4 } == .fused)
    #expect(resolved(100, 256) { $0.execution.strategy = .fused } == .fused)
    #expect(resolved(100, 256) { $0.execution.strategy = .blas } == .blas)
    #expect(resolved(2, 2) { $0.execution.strategy = .filtered } == .filtered)
    #expect(resolved(100, 65_537) { $0.execution.strategy = .filtered } == .fused)
  }

  // MARK: - Points

  /// The error of rows that come to a sketch that has some, after which it must be as it was.
  private func error(
    _ rows: [[Double]], weights: [Double]? = nil, after count: Int
  ) throws -> ClusteringError? {
    let points = SketchData.mixture.points(2000, 2, seed: 1, of: Double.self)
    var sketch = StreamingSketch<Double>(.of(20))
    try sketch.learn(points, 0..<count)
    var untouched = sketch
    let bad = try Matrix(rows)
    do throws(ClusteringError) {
      if let weights {
        try sketch.add(bad.view, weights: weights.span)
      } else {
        try sketch.add(bad.view)
      }
      return nil
    } catch {
      #expect(sketch.pointCount == count)
      #expect(sketch.dimension == untouched.dimension)
      try sketch.learn(points, count..<2000)
      try untouched.learn(points, count..<2000)
      #expect(sketch.doubleCentroids == untouched.doubleCentroids)
      #expect(sketch.weights == untouched.weights)
      #expect(sketch.squaredErrors == untouched.squaredErrors)
      return error
    }
  }

  private static let counts = [0, 1, 999, 1000, 1500]

  @Test("values that are not finite, or too large, by row and column", arguments: counts)
  func values(count: Int) throws {
    for bad in [Double.nan, .infinity, -.infinity] {
      #expect(try error([[1, 2], [3, bad]], after: count) == .notFinite(row: 1, column: 1))
      #expect(
        try error([[1, 2], [bad, 3]], weights: [1, 0], after: count)
          == .notFinite(row: 1, column: 0))
    }
    let large = [[1.0, 2], [3, 4], [5, -1e141]]
    #expect(try error(large, after: count) == .tooLarge(row: 2, column: 1, limit: 1e140))
    // The first of several, behind enough rows that a part of them could have been added.
    var rows = (0..<3000).map { [Double($0 % 17), 1] }
    (rows[2990][0], rows[2995][1]) = (.nan, .infinity)
    #expect(try error(rows, after: count) == .notFinite(row: 2990, column: 0))
  }

  @Test("weights that are none, too few or too many", arguments: counts)
  func weights(count: Int) throws {
    let rows = [[1.0, 2], [3, 4]]
    #expect(
      try error(rows, weights: [1, -2], after: count) == .invalidWeight(row: 1, weight: -2))
    #expect(
      try error(rows, weights: [.infinity, 1], after: count)
        == .invalidWeight(row: 0, weight: .infinity))
    #expect(
      try error(rows, weights: [.nan, 1], after: count)?.description
        == ClusteringError.invalidWeight(row: 0, weight: .nan).description)
    #expect(
      try error(rows, weights: [1], after: count) == .weightCountMismatch(weights: 1, points: 2))
    #expect(
      try error(rows, weights: [1, 1, 1], after: count)
        == .weightCountMismatch(weights: 3, points: 2))
    #expect(
      try error(rows, weights: [1e308, 1e308], after: count) == .invalidTotalWeight(.infinity))
  }

  @Test("rows of another number of columns", arguments: [1, 999, 1000, 1500])
  func columns(count: Int) throws {
    #expect(
      try error([[1, 2, 3]], after: count) == .dimensionMismatch(found: 3, expected: 2))
    #expect(try error([[1]], after: count) == .dimensionMismatch(found: 1, expected: 2))
  }

  @Test("no row is no error, whatever its columns mean")
  func noRows() throws {
    var sketch = StreamingSketch<Double>(.of(20))
    let none = try Matrix<Double>(reserving: 4, columns: 3)
    try sketch.learn(none)
    #expect(sketch.pointCount == 0 && sketch.centroids == nil)
  }

  // MARK: - Sources

  /// Rows of an array, some at a time.
  private struct Rows: RowSource {
    let values: [[Double]]
    let atOnce: Int
    var next = 0
    var columns: Int { values[0].count }

    mutating func read(into rows: inout OutputSpan<Double>) throws {
      for _ in 0..<min(atOnce, values.count - next) where rows.freeCapacity >= columns {
        for value in values[next] { rows.append(value) }
        next += 1
      }
    }
  }

  @Test("a source has the sketch of its rows; its errors count rows from the first of the stream")
  func sources() throws {
    let points = SketchData.mixture.points(9000, 3, seed: 2, of: Double.self)
    let parameters = SketchParameters.of(25)
    let expected = parameters.reference(points)
    for atOnce in [1, 100, 100_000] {
      var source = Rows(values: points.doubles, atOnce: atOnce)
      var sketch = StreamingSketch<Double>(parameters)
      try sketch.add(all: &source)
      #expect(sketch.difference(from: expected) == nil)
    }
    for bad in [3, 999, 1000, 4096, 8999] {
      var values = points.doubles
      values[bad][2] = .nan
      var source = Rows(values: values, atOnce: 700)
      var sketch = StreamingSketch<Double>(parameters)
      try sketch.learn(points, 0..<500)
      #expect(throws: ClusteringError.notFinite(row: 500 + bad, column: 2)) {
        try sketch.add(all: &source)
      }
      #expect(sketch.pointCount >= 500 && sketch.pointCount <= 500 + bad)
      #expect(sketch.weights.reduce(0, +) == Double(sketch.pointCount))
    }
  }
}
