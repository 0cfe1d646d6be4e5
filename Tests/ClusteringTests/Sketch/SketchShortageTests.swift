// A sketch with fewer centroids than clusters says why.
import Clustering
import Testing

@Suite("Why a sketch is too small") struct SketchShortageTests {
  private func shortage(
    _ rows: [[Double]], clusters: Int, _ change: (inout SketchParameters) -> Void = { _ in }
  ) throws -> (count: Int, why: SketchShortage)? {
    let points = try Matrix(rows)
    for seed in UInt64(0)..<40 {
      var onePass = OnePassKMeans(clusterCount: clusters, seed: seed)
      change(&onePass.sketch)
      do throws(ClusteringError) {
        _ = try onePass.fit(points.view)
      } catch {
        guard
          case .tooFewCentroids(let count, let wanted, let why)? = error.specific(SketchError.self)
        else {
          Issue.record("\(error)")
          return nil
        }
        #expect(wanted == clusters && count < clusters)
        #expect(!error.description.contains("\n") && error.description.hasSuffix("\(why)"))
        return (count, why)
      }
    }
    return nil
  }

  @Test("the points have too few distinct values")
  func distinctValues() throws {
    for count in [1, 2, 3] {
      let found = try #require(
        try shortage((0..<1500).map { [Double($0 % count)] }, clusters: 4))
      #expect(found.count == count)
      guard case .fewDistinctPoints(let resolution) = found.why else {
        Issue.record("\(found.why)")
        return
      }
      #expect(resolution < 1e-15)
    }
  }

  @Test("a collapse left too few: the sketch was to be too small")
  func collapse() throws {
    let rows = SketchData.uniform.points(3000, 3, seed: 1, of: Double.self).doubles
    for collapse in SketchParameters.Collapse.allCases {
      let found = try shortage(rows, clusters: 20) {
        $0.numClusters = 21
        $0.clusterLogFactor = 0
        $0.clusterOvershoot = 1
        // A cutoff that grows fast leaves too few by any way, sooner or later.
        $0.beta = 3
        $0.collapse = collapse
      }
      #expect(try #require(found).why == .collapsed(numClusters: 21), "\(collapse)")
    }
  }

  @Test("the cutoff is too large: one that was given, or that of the first rows")
  func cutoff() throws {
    let rows = SketchData.uniform.points(3000, 3, seed: 1, of: Double.self).doubles
    #expect(
      try #require(try shortage(rows, clusters: 3) { $0.distanceCutoff = .fixed(1e30) }).why
        == .largeCutoff(1e30))
    let coarse = (0..<2000).map { row -> [Double] in
      let value = Double(row < 1000 ? row % 2 : row - 1000)
      return [row < 1000 ? value * 1e9 : value]
    }
    #expect(try #require(try shortage(coarse, clusters: 5)).why == .largeCutoff(1e18))
  }

  /// Places are kept relative to the first rows: where all of these are far away, what lies
  /// together is one. The bounds know.
  @Test("the first rows are far from all others", arguments: [1e20, -3.4028235e38])
  func farFirstRows(value: Double) throws {
    let few = BallRunTests.blobs(2000, seed: 8).doubles
    let rows = Array(repeating: [value, value], count: 600) + few
    let found = try #require(try shortage(rows, clusters: 5))
    guard case .fewDistinctPoints(let resolution) = found.why else {
      Issue.record("\(found.why)")
      return
    }
    #expect(found.count == 2 && resolution > value.magnitude * 1e-16)
    let sketch = try SketchParameters.of(30).sketch(try Matrix<Double>(rows))
    let centers = try Matrix<Double>([[0, 0], [value, value]])
    let cost = few.reduce(0) { $0 + $1[0] * $1[0] + $1[1] * $1[1] }
    #expect(sketch.costBounds(for: centers).contains(cost))
  }
}
