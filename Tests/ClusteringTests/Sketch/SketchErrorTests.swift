// The parameters that a sketch refuses: the error, and that nothing was added.
import Clustering
import Testing

@Suite("Parameters that a sketch refuses") struct SketchErrorTests {
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
}
