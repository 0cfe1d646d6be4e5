// What goes wrong, or nearly, with sketches of rows that are transformed as they come.
import Clustering
import Testing

@Suite struct SketchTransformEdgeTests {
  @Test func `rows that were transformed in different ways are not merged`() throws {
    let points = TransformedRows.rows(of: Float.self)
    let standardizing = SketchParameters.of(30) { $0.standardizes = true }
    let begun = try standardizing.sketch(points)
    var others = StreamingSketch<Float>(standardizing)
    try others.learn(points, 1000..<11_500)
    for var sketch in [others, try SketchParameters.of(30).sketch(points)] {
      let before = sketch.archived()
      #expect(throws: ClusteringError.sketch(.transformsDiffer)) { try sketch.merge(begun) }
      #expect(sketch.archived() == before)
    }
    var directions = try SketchParameters.of(30) { $0.distance = .cosine }.sketch(points)
    let plain = try SketchParameters.of(30).sketch(points)
    #expect(throws: ClusteringError.sketch(.transformsDiffer)) { try directions.merge(plain) }
    #expect(
      ClusteringError.sketch(.transformsDiffer).description.hasSuffix(
        "expected sketches of rows that were transformed alike"))
  }

  @Test func `a row without a direction is refused, and nothing is added`() throws {
    var sketch = StreamingSketch<Double>(.of(30) { $0.distance = .cosine })
    try sketch.add(try Matrix([[1, 2], [3, 4]]))
    #expect(throws: ClusteringError.zeroRow(1)) {
      try sketch.add(try Matrix([[1, 2], [0, 0], [3, 4]]))
    }
    #expect(sketch.pointCount == 2)
  }

  @Test func `a row at the mean of all columns is refused or left out`() throws {
    var parameters = OnePassKMeans(clusterCount: 2, seed: 1)
    (parameters.distance, parameters.standardizes) = (.cosine, true)
    let points = try Matrix<Double>([[1, 1], [3, 3], [2, 2], [0, 4], [4, 0]])
    #expect(throws: ClusteringError.zeroRow(2)) { try parameters.fit(points) }
    parameters.sketch.leavesOutZeroRows = true
    var sketch = StreamingSketch<Double>(parameters.sketch)
    try sketch.add(points)
    let begun = try sketch.begun()
    #expect(begun.pointCount == 4 && begun.weights.reduce(0, +) == 4)
    #expect(try parameters.fit(sketch).model.clusterWeights.reduce(0, +) == 4)
    // All of them are.
    var same = StreamingSketch<Double>(parameters.sketch)
    for _ in 0..<2 { try same.add(Matrix(Array(repeating: [2.0, 5], count: 5500))) }
    #expect(same.pointCount == 0 && same.centroids == nil && same.dimension == 2)
    #expect(try StreamingSketch<Double>(archive: same.archived()).transform == same.transform)
    #expect(throws: ClusteringError.dimensionMismatch(found: 3, expected: 2)) {
      try same.add(Matrix([[1, 2, 3]]))
    }
    #expect(throws: ClusteringError.noPoints) { try parameters.fit(same) }
  }

  /// Their numbers count back from the first row of the call that finds it out.
  @Test func `what is wrong with rows that waited shows when they are standardised`() throws {
    let parameters = SketchParameters.of(30) {
      ($0.distance, $0.standardizes) = (.cosine, true)
    }
    let same = try Matrix<Double>(Array(repeating: [2.0, 5], count: 6000))
    var sketch = StreamingSketch<Double>(parameters)
    try sketch.add(same)
    #expect(throws: ClusteringError.zeroRow(-6000)) { try sketch.add(same) }
    #expect(sketch.pointCount == 6000 && sketch.transform == nil)
    // What is wrong with what comes shows at once.
    #expect(throws: ClusteringError.notFinite(row: 1, column: 0)) {
      try sketch.add(Matrix([[1, 2], [.nan, 2]]))
    }
    #expect(throws: ClusteringError.dimensionMismatch(found: 3, expected: 2)) {
      try sketch.add(Matrix([[1, 2, 3]]))
    }
    // Nothing can be said of them.
    #expect(sketch.centroids == nil && sketch.weights == [])
  }

  @Test func `the first rows count as one each where none has a weight`() throws {
    let points = TransformedRows.rows(of: Double.self)
    let weights = (0..<12_000).map { $0 < 10_500 ? 0.0 : 1 }
    let sketch = try SketchParameters.of(30) { $0.standardizes = true }
      .sketch(points, weights: weights)
    let all = try SketchParameters.of(30) { $0.standardizes = true }.sketch(points)
    #expect(sketch.transform == all.transform && sketch.transform?.standardization != nil)
    #expect(sketch.weights.reduce(0, +) == 1500 && sketch.pointCount == 12_000)
  }

  @Test func `centroids that point to all sides have a direction all the same`() throws {
    var parameters = OnePassKMeans(clusterCount: 1, seed: 1)
    parameters.distance = .cosine
    let fit = try parameters.fit(Matrix<Double>([[0, 1], [0, -1], [0, 2], [0, -2]]))
    #expect(fit.model.centroids.doubles == [[1, 0]])
    #expect(fit.model.inertia == 8)
  }
}
