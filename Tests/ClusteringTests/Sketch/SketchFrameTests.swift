// Sketches of points that lie far apart, merged: neither may lose its digits in the frame of the
// other.
import Clustering
import KMeansReference
import Testing

@Suite("Sketches far apart") struct SketchFrameTests {
  /// Eight places, three values each: 64 and 1 units apart.
  private struct Group<Scalar: ClusteringScalar> {
    let offset: Scalar
    let unit: Scalar

    var points: Matrix<Scalar> {
      try! Matrix(
        (0..<1200).map { row in
          let place = Scalar(64 * (row % 8) + row / 8 % 3) * unit
          return [offset + place, offset - place]
        })
    }

    /// The squared distances of the points to the nearest of some places, in units.
    func cost(_ places: [[Double]]) -> Double {
      points.doubles.reduce(0) {
        $0 + Reference.squaredDistance($1, places[Reference.nearest($1, places)])
      } / Double(unit * unit)
    }
  }

  /// Room for all values: what a merge costs is what it blurs.
  private func sketch<Scalar: ClusteringScalar>(
    _ points: [Matrix<Scalar>], _ strategy: Execution.Strategy = .auto
  ) throws -> StreamingSketch<Scalar> {
    var sketch = StreamingSketch<Scalar>(.of(200, clusters: 8) { $0.execution.strategy = strategy })
    for part in points { try sketch.learn(part) }
    return sketch
  }

  private func places<Scalar>(_ sketch: StreamingSketch<Scalar>) throws -> [[Double]] {
    try #require(sketch.doubleCentroids).doubles
  }

  private func check<Scalar: ClusteringScalar>(_ groups: [Group<Scalar>]) throws {
    for strategy in Execution.Strategy.working {
      let sketches = try groups.map { try sketch([$0.points], strategy) }
      for (group, sketch) in zip(groups, sketches) {
        #expect(group.cost(try places(sketch)) < 1e-6)
      }
      var merged = sketches[0]
      for other in sketches.dropFirst() { try merged.merge(other) }
      let found = try places(merged)
      for group in groups { #expect(group.cost(found) < 1e-6, "at \(group.offset)") }
      #expect(found.count == 24 * groups.count)
      #expect(merged.weights.allSatisfy { $0 == 50 })
      // What comes later is told apart, too.
      for group in groups { try merged.learn(group.points) }
      for group in groups { #expect(group.cost(try places(merged)) < 1e-6) }
      #expect(merged.weights.allSatisfy { $0 == 100 } && merged.weights.count == found.count)
      let some = groups[0].points.picking([0, 1])
      let cost = groups.reduce(0) {
        $0 + 2 * $1.cost(some.doubles) * Double($1.unit * $1.unit)
      }
      let bounds = merged.costBounds(for: some)
      // The sum of 2,400 numbers is rounded, too.
      #expect(bounds.lowerBound <= cost * (1 + 1e-12) && cost <= bounds.upperBound * (1 + 1e-12))
    }
  }

  @Test("lose nothing by a merge in any order")
  func merged() throws {
    let floats: [Group<Float>] = [
      Group(offset: 0, unit: 0x1p-50), Group(offset: 1e9, unit: 256),
      Group(offset: -3e9, unit: 256),
    ]
    let doubles: [Group<Double>] = [
      Group(offset: 0, unit: 0x1p-50), Group(offset: 1e9, unit: 0x1p-20),
      Group(offset: -3e9, unit: 0x1p-20), Group(offset: 1000, unit: 0x1p-40),
    ]
    for order in [[0, 1], [1, 0], [1, 2], [1, 2, 0], [2, 0, 1], [0, 2, 1]] {
      try check(order.map { floats[$0] })
      try check(order.map { doubles[$0] })
    }
    for order in [[3, 1], [1, 3], [1, 3, 0, 2]] { try check(order.map { doubles[$0] }) }
  }

  @Test("cost what one pass costs that begins with the near ones")
  func onePass() throws {
    try check(Float.self, unit: 256)
    try check(Double.self, unit: 0x1p-20)

    func check<Scalar: ClusteringScalar>(_ type: Scalar.Type, unit: Scalar) throws {
      let (near, far) = (Group<Scalar>(offset: 0, unit: 0x1p-50), Group(offset: 1e9, unit: unit))
      func cost(_ sketch: StreamingSketch<Scalar>) throws -> Double {
        var ball = BallKMeans(clusterCount: 16, seed: 3)
        ball.runs = 4
        // Far ones that are all the same: their cost hides no other.
        return near.cost(try ball.fit(sketch).centroids.doubles)
      }
      let same = far.points.picking((0..<1200).map { $0 % 8 })
      let onePass = try cost(sketch([near.points, same]))
      let (first, second) = (try sketch([near.points]), try sketch([same]))
      for (one, other) in [(first, second), (second, first)] {
        var merged = one
        try merged.merge(other)
        #expect(try cost(merged) <= 1.1 * onePass)
      }
      // Three values one unit apart: two of three points are a unit off in both columns.
      #expect(onePass <= 1.1 * 800 * 2)
    }
  }

  @Test("keep the frame of the first where the rows of both are told apart in it")
  func nearFrames() throws {
    let points = SketchData.offset.points(4000, 3, seed: 2, of: Double.self)
    let parameters = SketchParameters.of(30)
    let first = try Matrix(points.doubles[..<2000].map { $0.map { $0 - 995_000 } })
    for offset in [995_000, 1e6, 990_000] {
      let part = try Matrix(points.doubles[2000...].map { $0.map { $0 - offset } })
      var merged = try parameters.sketch(first)
      var expected = parameters.reference(first)
      try merged.merge(parameters.sketch(part))
      expected.merge(parameters.reference(part))
      #expect(merged.difference(from: expected) == nil)
    }
  }
}
