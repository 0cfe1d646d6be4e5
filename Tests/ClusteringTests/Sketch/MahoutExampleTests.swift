// The tests that Mahout has for its sketch: StreamingKMeansTest and StreamingKMeansTestMR, on
// points of the same distributions.
import Clustering
import KMeansReference
import Testing

/// Points round the corners of the unit cube, corner i mod 2^d for point i (Mahout's
/// `DataUtils.sampleMultiNormalHypercube`).
private struct Hypercube {
  let corners: [[Double]]
  let points: Matrix<Double>

  init(_ columns: Int, points count: Int, deviation: Double, seed: UInt64) throws {
    var random = TestRandom(seed)
    let corners = (0..<1 << columns).map { corner in
      (0..<columns).map { Double(corner >> $0 & 1) }
    }
    self.corners = corners
    points = try Matrix(
      (0..<count).map { row in corners[row % corners.count].map { $0 + deviation * random.bell() } }
    )
  }
}

@Suite("Mahout's own tests of its sketch") struct MahoutExampleTests {
  /// The corner that each centroid is nearest to.
  private func corners(_ sketch: StreamingSketch<Double>, _ cube: Hypercube) throws -> [Int] {
    try #require(sketch.doubleCentroids).doubles.map { Reference.nearest($0, cube.corners) }
  }

  private func squaredDistances(
    _ sketch: StreamingSketch<Double>, _ cube: Hypercube
  ) throws -> [Double] {
    let places = try #require(sketch.doubleCentroids).doubles
    return cube.corners.map { Reference.squaredDistance($0, places[Reference.nearest($0, places)]) }
  }

  @Test(
    "StreamingKMeansTest.testClustering: 2^16 points round 64 corners, all at once and one by one",
    arguments: SketchParameters.Collapse.allCases)
  func hypercube(collapse: SketchParameters.Collapse) throws {
    let cube = try Hypercube(6, points: 1 << 16, deviation: 0.01, seed: 1)
    // 64 (int) ln(2^16).
    let parameters = SketchParameters.of(704, clusters: 64) {
      $0.collapse = collapse
      $0.clusterLogFactor = 20
    }
    for slice in [nil, 1] where slice == nil || collapse == .once {
      let sketch = try parameters.sketch(cube.points, slice: slice)
      #expect(sketch.weights.reduce(0, +) == 65536)
      #expect(try squaredDistances(sketch, cube).allSatisfy { $0 < 0.05 })
      var weights = [Double](repeating: 0, count: 64)
      for (centroid, corner) in try corners(sketch, cube).enumerated() {
        weights[corner] += sketch.weights[centroid]
      }
      #expect(weights.allSatisfy { $0 == 1024 })
      #expect(sketch.weights.count <= 1409)
    }
  }

  @Test("StreamingKMeansTestMR: 2^15 points, 256 corners; mappers, and the reducer's second sketch")
  func mappersAndReducer() throws {
    let cube = try Hypercube(8, points: 1 << 15, deviation: 1e-4, seed: 2)
    // 256 (int) ln(2^15), and Mahout's -e.
    let parameters = SketchParameters.of(2560, clusters: 256) {
      $0.distanceCutoff = .fixed(1e-6)
      $0.clusterLogFactor = 20
    }
    let batch = try parameters.sketch(cube.points)
    let perPoint = try parameters.sketch(cube.points, slice: 1)
    #expect(perPoint.doubleCentroids == batch.doubleCentroids)

    // The mappers' halves of the points, and what the reducer makes of them.
    var reduced = StreamingSketch<Double>(parameters)
    try reduced.learn(cube.points, 0..<1 << 14)
    var other = StreamingSketch<Double>(parameters)
    try other.learn(cube.points, 1 << 14..<1 << 15)
    try reduced.merge(other)
    for sketch in [batch, reduced] {
      #expect(sketch.weights.reduce(0, +) == 32768)
      #expect(try squaredDistances(sketch, cube).allSatisfy { $0 < 0.25 })
      var weights = [Double](repeating: 0, count: 256)
      for (centroid, corner) in try corners(sketch, cube).enumerated() {
        weights[corner] += sketch.weights[centroid]
      }
      #expect(weights.allSatisfy { $0 == 128 })
    }
    let costs = try [batch, reduced].map { try cost($0, cube) }
    #expect((costs[1] / costs[0] - 1).magnitude < 0.8)
  }

  /// The cost of all points to the centroids of a sketch.
  private func cost(_ sketch: StreamingSketch<Double>, _ cube: Hypercube) throws -> Double {
    let model = KMeansModel(
      centroids: try #require(sketch.doubleCentroids), clusterWeights: sketch.weights, inertia: 0,
      iterations: 0, converged: true)
    return try model.squaredDistances(cube.points.view).reduce(0, +)
  }
}
