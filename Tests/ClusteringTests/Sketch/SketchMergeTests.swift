// Sketches of parts of a stream, merged.
import Clustering
import KMeansReference
import Testing

@Suite("Merged sketches") struct SketchMergeTests {
  private let points = SketchData.mixture.points(6000, 5, seed: 1, of: Float.self)

  private func part(
    _ range: Range<Int>, _ parameters: SketchParameters = .of(40)
  ) throws -> StreamingSketch<Float> {
    var sketch = StreamingSketch<Float>(parameters)
    try sketch.learn(points, range)
    return sketch
  }

  private func reference(
    _ range: Range<Int>, _ parameters: SketchParameters
  ) throws -> ReferenceSketch {
    parameters.reference(points.picking(Array(range)))
  }

  @Test(
    "are what the rule says, and go on by it", arguments: SketchParameters.Collapse.allCases,
    Execution.Strategy.working)
  func equalTheReference(collapse: SketchParameters.Collapse, strategy: Execution.Strategy) throws {
    let parameters = SketchParameters.of(40) {
      $0.collapse = collapse
      $0.execution.strategy = strategy
    }
    let ranges = [0..<2000, 2000..<2300, 2300..<2301, 2301..<5000]
    for blockRows in [nil, 1, 7, 512] {
      var merged = try part(ranges[0], parameters)
      merged.blockRows = blockRows
      var expected = try reference(ranges[0], parameters)
      for range in ranges.dropFirst() {
        let (other, rule) = (try part(range, parameters), try reference(range, parameters))
        #expect(other.difference(from: rule) == nil, "\(range)")
        try merged.merge(other)
        expected.merge(rule)
        #expect(merged.difference(from: expected) == nil, "\(range)")
      }
      try merged.learn(points, 5000..<6000)
      for values in points.doubles[5000...] { expected.add(values) }
      #expect(merged.difference(from: expected) == nil)
    }
  }

  /// What is kept of centroids beside their places depends on the kernels.
  @Test("go on with the kernels of the one that takes the other")
  func otherKernels() throws {
    let kernels = InstructionSet.available.flatMap { isa in
      Execution.Strategy.working(on: isa).map { (isa, $0) }
    }
    for theirs in kernels {
      for own in kernels {
        // One without points becomes the other, whose memory nobody else holds any more.
        var merged = StreamingSketch<Float>(parameters(own))
        try merged.merge(try part(0..<3000, parameters(theirs)))
        try merged.learn(points, 3000..<6000)
        var expected = try reference(0..<3000, parameters(own))
        for values in points.doubles[3000...] { expected.add(values) }
        #expect(merged.difference(from: expected) == nil, "\(theirs), then \(own)")
      }
    }
  }

  private func parameters(_ kernels: (InstructionSet, Execution.Strategy)) -> SketchParameters {
    .of(40) { ($0.execution.instructionSet, $0.execution.strategy) = kernels }
  }

  @Test("add up: points, weights and, where centroids do not meet, squared errors")
  func totals() throws {
    var merged = try part(0..<2500)
    let other = try part(2500..<6000)
    let before = (merged.squaredError, other.squaredError)
    try merged.merge(other)
    #expect(merged.pointCount == 6000 && merged.weights.reduce(0, +) == 6000)
    #expect(merged.squaredError >= (before.0 + before.1) * (1 - 1e-12))
    #expect(merged.weights.count <= 2 * merged.numClusters + 1)

    let room = SketchParameters.of(9000) { $0.distanceCutoff = .fixed(1e-9) }
    merged = try part(0..<2500, room)
    try merged.merge(try part(2500..<6000, room))
    #expect(merged.weights.count == 6000 && merged.squaredError == 0)
  }

  @Test("weights are kept exactly by hundreds of merges")
  func manyParts() throws {
    var merged = StreamingSketch<Float>(.of(20))
    var random = TestRandom(3)
    var first = 0
    while first < 6000 {
      let last = min(6000, first + Int.random(in: 1...40, using: &random))
      try merged.merge(try part(first..<last, .of(20)))
      first = last
    }
    #expect(merged.pointCount == 6000 && merged.weights.reduce(0, +) == 6000)
    let centers = points.picking([0, 1000, 2000])
    let cost = points.doubles.reduce(0) {
      $0 + Reference.squaredDistance($1, centers.doubles[Reference.nearest($1, centers.doubles)])
    }
    #expect(merged.costBounds(for: centers).contains(cost))
  }

  @Test("with an empty one change nothing; an empty one becomes the other")
  func empty() throws {
    for count in [5, 999, 1000, 3000] {
      let sketch = try part(0..<count)
      var merged = sketch
      try merged.merge(StreamingSketch<Float>(.of(40)))
      #expect(merged.doubleCentroids == sketch.doubleCentroids && merged.pointCount == count)
      #expect(merged.weights == sketch.weights && merged.squaredErrors == sketch.squaredErrors)
      var empty = StreamingSketch<Float>(.of(40))
      try empty.merge(sketch)
      #expect(empty.doubleCentroids == sketch.doubleCentroids && empty.pointCount == count)
      #expect(empty.weights == sketch.weights && empty.distanceCutoff == sketch.distanceCutoff)
      #expect(empty.numClusters == sketch.numClusters)
    }
    var nothing = StreamingSketch<Float>(.of(40))
    try nothing.merge(nothing)
    #expect(nothing.pointCount == 0 && nothing.centroids == nil)
  }

  @Test("with one whose rows still wait for the cutoff to be known")
  func waiting() throws {
    for (a, b) in [(300, 400), (300, 3000), (3000, 300), (1, 1), (999, 1)] {
      var merged = try part(0..<a)
      try merged.merge(try part(a..<a + b))
      #expect(merged.pointCount == a + b && merged.weights.reduce(0, +) == Double(a + b))
      try merged.learn(points, a + b..<a + b + 1500)
      #expect(merged.weights.reduce(0, +) == Double(a + b + 1500))
    }
  }

  @Test("with itself: every weight twice")
  func itself() throws {
    var merged = try part(0..<2000)
    try merged.merge(merged)
    #expect(merged.pointCount == 4000 && merged.weights.reduce(0, +) == 4000)
  }

  @Test("leave the other as it was, and have the same bits every time; their order matters alone")
  func order() throws {
    let (a, b) = (try part(0..<2500), try part(2500..<6000))
    let before = (b.doubleCentroids, b.weights, b.squaredErrors)
    var (one, two, swapped) = (a, a, b)
    try one.merge(b)
    try two.merge(b)
    try swapped.merge(a)
    #expect(one.doubleCentroids == two.doubleCentroids && one.weights == two.weights)
    #expect(one.squaredErrors == two.squaredErrors)
    #expect(b.doubleCentroids == before.0 && b.weights == before.1 && b.squaredErrors == before.2)
    #expect(swapped.doubleCentroids != one.doubleCentroids)
    #expect(swapped.weights.reduce(0, +) == 6000)
  }

  @Test("rows of another number of columns are refused, and nothing is added")
  func dimensions() throws {
    var wide = StreamingSketch<Float>(.of(40))
    try wide.learn(SketchData.uniform.points(2000, 6, seed: 1, of: Float.self))
    for count in [10, 2000] {
      var sketch = try part(0..<count)
      let before = (sketch.doubleCentroids, sketch.weights)
      #expect(throws: ClusteringError.dimensionMismatch(found: 6, expected: 5)) {
        try sketch.merge(wide)
      }
      #expect(sketch.pointCount == count)
      #expect(sketch.doubleCentroids == before.0 && sketch.weights == before.1)
    }
  }

  /// Merged with itself, a sketch has twice the points.
  @Test func `more points than can be counted are refused`() throws {
    var sketch = StreamingSketch<Float>(SketchParameters(clusterCount: 2))
    try sketch.add(TestData.noise.points(64, 3, seed: 1, of: Float.self))
    for _ in 0..<56 { try sketch.merge(sketch) }
    #expect(sketch.pointCount == 1 << 62)
    #expect(throws: ClusteringError.sketch(.tooManyPoints(1 << 62, other: 1 << 62))) {
      try sketch.merge(sketch)
    }
    #expect(sketch.pointCount == 1 << 62)
  }
}
