// Faults of Mahout's searchers that these are not to have, and its tests of sketches that search.
import Clustering
import KMeansReference
import Testing

@Suite("Faults of Mahout's searchers that these do not have") struct SearcherFaultTests {
  private func parameters(
    _ numClusters: Int, _ searcher: SketchParameters.Searcher,
    _ change: (inout SketchParameters) -> Void = { _ in }
  ) -> SketchParameters {
    .of(numClusters) {
      $0.searcher = searcher
      change(&$0)
    }
  }

  @Test(
    arguments: [1, 2, 3, 999, 1000, 1001, 3000], SketchParameters.Searcher.sparse)
  func `all weight is kept`(count: Int, searcher: SketchParameters.Searcher) throws {
    let points = SketchData.mixture.points(count, 4, seed: 1, of: Float.self)
    for collapse in SketchParameters.Collapse.allCases {
      let sketch = try parameters(50, searcher) { $0.collapse = collapse }.sketch(points)
      #expect(sketch.weights.reduce(0, +) == Double(count) && sketch.pointCount == count)
      #expect(sketch.centroids?.rows == sketch.weights.count)
    }
  }

  @Test(arguments: SketchParameters.Searcher.sparse)
  func `small units lose nothing (BruteSearch removed what was within 1e-6)`(
    _ searcher: SketchParameters.Searcher
  ) throws {
    for scale in [1e-6, 1e-30, 1e-100] {
      let noise = SketchData.uniform.points(3000, 3, seed: 4, of: Double.self)
      let rows: [[Double]] = noise.doubles.map { (row: [Double]) -> [Double] in
        row.map { (value: Double) -> Double in value * scale }
      }
      let points = try Matrix(rows)
      let sketch = try parameters(50, searcher).sketch(points)
      #expect(sketch.weights.reduce(0, +) == 3000 && sketch.weights.count > 50)
    }
  }

  @Test(arguments: SketchParameters.Searcher.sparse)
  func `equal points are one centroid (FastProjectionSearch made 84 of 64)`(
    _ searcher: SketchParameters.Searcher
  ) throws {
    let points = SketchData.integers.points(3000, 3, seed: 5, of: Float.self)
    for collapse in SketchParameters.Collapse.allCases {
      let sketch = try parameters(40, searcher) { $0.collapse = collapse }.sketch(points)
      #expect(sketch.weights.reduce(0, +) == 3000 && sketch.weights.count <= 81)
    }
    // Where there is room for all of them, each distinct point has its centroid, without error.
    let sketch = try parameters(64, searcher) { $0.distanceCutoff = .fixed(1e-9) }.sketch(points)
    #expect(sketch.weights.count == 64 && sketch.weights.reduce(0, +) == 3000)
    #expect(Set(points.doubles) == Set(try #require(sketch.centroids).doubles))
  }

  @Test(arguments: SketchParameters.Searcher.sparse)
  func `points with equal projections do not count twice (ProjectionSearch kept one for both)`(
    _ searcher: SketchParameters.Searcher
  ) throws {
    // Each with its mirror image, its negative and its permutations.
    var random = TestRandom(6)
    let rows: [[Double]] = (0..<500).flatMap { (_: Int) -> [[Double]] in
      let (a, b) = (random.bell(), random.bell())
      return [[a, b], [b, a], [-a, -b], [-b, -a], [a, -b], [-a, b]]
    }
    let sketch = try parameters(60, searcher).sketch(Matrix(rows))
    #expect(sketch.weights.reduce(0, +) == 3000)
    #expect(Set(try #require(sketch.doubleCentroids).doubles).count == sketch.weights.count)
  }

  @Test(arguments: SketchParameters.Searcher.all)
  func `all points equal, and one point`(_ searcher: SketchParameters.Searcher) throws {
    let equal = try Matrix<Double>((0..<3000).map { _ in [0.1, 0.7, -3] })
    let same = try parameters(10, searcher).sketch(equal)
    #expect(same.weights == [3000] && same.squaredError == 0 && same.distanceCutoff == nil)
    let one = try parameters(10, searcher).sketch(Matrix<Float>([[1, 2]]))
    #expect(one.weights == [1])
  }

  @Test(
    arguments: [
      SketchParameters.Searcher.projection(projections: 2, searchSize: 10),
      .fastProjection(projections: 2, searchSize: 10),
    ])
  func `StreamingKMeansTest.testClustering: 2^16 points round 64 corners`(
    _ searcher: SketchParameters.Searcher
  ) throws {
    var random = TestRandom(1)
    let corners: [[Double]] = (0..<64).map { (corner: Int) -> [Double] in
      (0..<6).map { (bit: Int) -> Double in Double((corner >> bit) & 1) }
    }
    let rows: [[Double]] = (0..<65536).map { (row: Int) -> [Double] in
      corners[row % 64].map { (value: Double) -> Double in value + 0.01 * random.bell() }
    }
    let points = try Matrix(rows)
    // 64 (int) ln(2^16).
    let sketch = try parameters(704, searcher) { $0.clusterLogFactor = 20 }.sketch(points)
    #expect(sketch.weights.reduce(0, +) == 65536)
    let places = try #require(sketch.doubleCentroids).doubles
    var weights = [Double](repeating: 0, count: 64)
    for (place, weight) in zip(places, sketch.weights) {
      weights[Reference.nearest(place, corners)] += weight
    }
    #expect(weights.allSatisfy { $0 == 1024 })
    for corner in corners {
      #expect(Reference.squaredDistance(corner, places[Reference.nearest(corner, places)]) < 0.05)
    }
  }
}
