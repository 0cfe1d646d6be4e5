// Sketches of parts of a stream, united: all centroids of all parts.
import Clustering
import KMeansReference
import Testing

@Suite("United sketches") struct SketchUnionTests {
  private func part<Scalar: ClusteringScalar>(
    _ points: Matrix<Scalar>, _ range: Range<Int>, _ parameters: SketchParameters = .of(40),
    weights: [Double]? = nil
  ) throws -> StreamingSketch<Scalar> {
    var sketch = StreamingSketch<Scalar>(parameters)
    try sketch.learn(points, range, weights: weights)
    return sketch
  }

  @Test("hold the centroids of both as they are, in their order")
  func asTheyAre() throws {
    let points: Matrix<Float> = SketchData.mixture.points(6000, 5, seed: 1)
    let parts = try [0..<2000, 2000..<2300, 2300..<2301, 2301..<6000].map { try part(points, $0) }
    var united = StreamingSketch<Float>(.of(40))
    for part in parts { try united.formUnion(part) }
    #expect(united.pointCount == 6000)
    #expect(united.weights == parts.flatMap(\.weights))
    #expect(united.squaredErrors == parts.flatMap(\.squaredErrors))
    #expect(united.distanceCutoff == parts.compactMap(\.distanceCutoff).min())
    #expect(united.numClusters == parts.map(\.numClusters).max())
    // Places are rounded once more where the frames differ.
    let expected = try parts.flatMap { try #require($0.doubleCentroids).doubles }
    let found = try #require(united.doubleCentroids).doubles
    for (one, other) in zip(found, expected) {
      #expect(zip(one, other).allSatisfy { abs($0 - $1) <= 1e-14 * (1 + abs($1)) })
    }
    #expect(found.count == expected.count)
  }

  /// A cost within the bounds, on data that parts frames.
  @Test("bound the cost of all points", arguments: SketchData.allCases)
  func bounds(data: SketchData) throws {
    let points: Matrix<Double> = data.points(3000, 4, seed: 3)
    for weighting in SketchWeights.allCases {
      let weights = weighting.values(3000, seed: 5)
      var united = StreamingSketch<Double>(.of(20))
      for first in stride(from: 0, to: 3000, by: 750) {
        try united.formUnion(
          try part(points, first..<first + 750, .of(20), weights: weights))
      }
      let total = (weights ?? Array(repeating: 1, count: 3000)).reduce(0, +)
      #expect((united.weights.reduce(0, +) - total).magnitude <= 1e-9 * total)
      let centers = points.picking([0, 1000, 2500])
      var cost = CompensatedSum()
      for (row, point) in points.doubles.enumerated() {
        let near = centers.doubles[Reference.nearest(point, centers.doubles)]
        cost += (weights?[row] ?? 1) * Reference.squaredDistance(point, near)
      }
      let bounds = united.costBounds(for: centers)
      #expect(bounds.lowerBound <= cost.value * (1 + 1e-12), "\(weighting)")
      #expect(bounds.upperBound >= cost.value * (1 - 1e-12), "\(weighting)")
    }
  }

  @Test("go on: what comes next collapses them, and no weight is lost")
  func goOn() throws {
    let points: Matrix<Float> = SketchData.mixture.points(6000, 5, seed: 1)
    var united = try part(points, 0..<2000)
    try united.formUnion(try part(points, 2000..<4000))
    try united.formUnion(united)
    let before = united.weights.count
    #expect(united.pointCount == 8000)
    let saved = try StreamingSketch<Float>(archive: united.archived())
    #expect(saved.doubleCentroids == united.doubleCentroids)
    var other = saved
    for range in [4000..<5000, 5000..<6000] {
      try united.learn(points, range)
      try other.learn(points, range)
    }
    #expect(united.weights == other.weights && united.doubleCentroids == other.doubleCentroids)
    #expect(united.pointCount == 10_000 && united.weights.reduce(0, +) == 10_000)
    #expect(united.weights.count < before)
    try united.merge(saved)
    #expect(united.weights.reduce(0, +) == 18_000)
  }

  @Test("with an empty one change nothing; an empty one becomes the other; rows may still wait")
  func few() throws {
    let points: Matrix<Float> = SketchData.mixture.points(3000, 5, seed: 1)
    for count in [1, 5, 999, 1000, 3000] {
      let sketch = try part(points, 0..<count)
      var united = sketch
      try united.formUnion(StreamingSketch<Float>(.of(40)))
      #expect(united.doubleCentroids == sketch.doubleCentroids && united.pointCount == count)
      var empty = StreamingSketch<Float>(.of(40))
      try empty.formUnion(sketch)
      #expect(empty.doubleCentroids == sketch.doubleCentroids && empty.pointCount == count)
      #expect(empty.weights == sketch.weights && empty.numClusters == sketch.numClusters)
      try united.formUnion(try part(points, 0..<7))
      #expect(united.pointCount == count + 7)
      #expect(united.weights.reduce(0, +) == Double(count + 7))
    }
    // Points without weight are points.
    let none = [Double](repeating: 0, count: 3000)
    var united = try part(points, 0..<2000)
    try united.formUnion(try part(points, 0..<1500, weights: none))
    #expect(united.pointCount == 3500 && united.weights.reduce(0, +) == 2000)
  }

  @Test("of standardised rows, where they were standardised alike")
  func standardized() throws {
    let points: Matrix<Float> = SketchData.mixture.points(3000, 5, seed: 1)
    let parameters = SketchParameters.of(40) { $0.standardizes = true }
    let first = try part(points, 0..<1000, parameters).begun()
    var second = StreamingSketch<Float>(parameters, transform: first.transform)
    try second.learn(points, 1000..<3000)
    var united = first
    try united.formUnion(second)
    #expect(united.pointCount == 3000 && united.weights == first.weights + second.weights)
    let other = try part(points, 1000..<3000, parameters).begun()
    #expect(throws: ClusteringError.sketch(.transformsDiffer)) { try united.formUnion(other) }
    #expect(united.pointCount == 3000)
  }

  @Test("of other columns are refused, and nothing is added")
  func dimensions() throws {
    let points: Matrix<Float> = SketchData.mixture.points(3000, 5, seed: 1)
    let wide: Matrix<Float> = SketchData.mixture.points(3000, 6, seed: 1)
    var sketch = try part(points, 0..<3000)
    #expect(throws: ClusteringError.dimensionMismatch(found: 6, expected: 5)) {
      try sketch.formUnion(try part(wide, 0..<3000))
    }
    #expect(sketch.pointCount == 3000)
  }

  /// What a reducer of Mahout's does: ball k-means of the centroids of all mappers.
  @Test("are clustered as well as one sketch is")
  func clustered() throws {
    let points: Matrix<Float> = SketchData.tightClusters.points(8000, 4, seed: 2)
    let parameters = SketchParameters.of(140, clusters: 20)
    var united = StreamingSketch<Float>(parameters)
    for first in stride(from: 0, to: 8000, by: 1000) {
      try united.formUnion(try part(points, first..<first + 1000, parameters))
    }
    let ball = BallKMeans(clusterCount: 20, seed: 1)
    let (many, one) = (
      try ball.fit(united), try ball.fit(try part(points, 0..<8000, parameters))
    )
    let costs = try [many, one].map { try $0.squaredDistances(points.view).reduce(0, +) }
    #expect(many.clusterWeights.reduce(0, +) == 8000)
    #expect(costs[0] <= 1.1 * costs[1])
  }
}
