// What is kept of sketches by other distances than squared Euclidean ones, and how they are merged.
// merged.
import Clustering
import Testing

@Suite struct PairwiseSketchStateTests {
  @Test(arguments: PairwiseSketchTests.norms + [.tanimoto])
  func `a sketch goes on from its archive`(measure: DistanceMeasure) throws {
    let points = SketchData.mixture.points(4000, 4, seed: 6, of: Float.self)
    let (first, rest) = (points.picking(Array(0..<1700)), points.picking(Array(1700..<4000)))
    var sketch = try PairwiseSketchTests.parameters(measure, 30).sketch(first)
    var read = try StreamingSketch<Float>(archive: sketch.archived())
    #expect(read.parameters.distance == measure)
    try sketch.add(rest)
    try read.add(rest)
    #expect(read.archived() == sketch.archived())
  }

  @Test func `sketches by different distances are not merged`() throws {
    let points = SketchData.mixture.points(1500, 4, seed: 7, of: Float.self)
    var sketch = try PairwiseSketchTests.parameters(.manhattan, 30).sketch(points)
    let bytes = sketch.archived()
    for (other, text) in [
      (DistanceMeasure.chebyshev, "chebyshev"), (.euclidean, "euclidean"), (.tanimoto, "tanimoto"),
    ] {
      let theirs = try PairwiseSketchTests.parameters(other, 30).sketch(points)
      let error = #expect(throws: ClusteringError.self) { try sketch.merge(theirs) }
      #expect("\(error!)".contains("manhattan") && "\(error!)".contains(text))
      #expect(sketch.archived() == bytes)
    }
    var cubes = try PairwiseSketchTests.parameters(.minkowski(exponent: 3), 30).sketch(points)
    let others = try PairwiseSketchTests.parameters(.minkowski(exponent: 4), 30).sketch(points)
    let error = #expect(throws: ClusteringError.self) { try cubes.merge(others) }
    #expect("\(error!)".contains("minkowski"))
  }

  @Test(arguments: PairwiseSketchTests.norms)
  func `parts of a stream are merged, and bounds hold`(measure: DistanceMeasure) throws {
    let points = SketchData.mixture.points(3000, 4, seed: 8, of: Double.self)
    var sketch = try PairwiseSketchTests.parameters(measure, 40).sketch(
      points.picking(Array(0..<1200)))
    let other = try PairwiseSketchTests.parameters(measure, 40, seed: 2)
      .sketch(points.picking(Array(1200..<3000)))
    try sketch.merge(other)
    #expect(sketch.weights.reduce(0, +) == 3000)
    let centers = points.picking([1, 2, 3])
    let cost = PairwiseSketchTests.cost(points.doubles, nil, centers.doubles, measure)
    #expect(sketch.costBounds(for: centers).contains(cost))
  }
}
