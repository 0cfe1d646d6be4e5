// Sketches of rows that are divided by their length, or standardised, as they come.
import Clustering
import Testing

@Suite struct SketchTransformTests {
  private static let first = SketchParameters.rowsToStandardizeBy

  /// Rows of columns that differ in place and width; 12,000 of them are more than say how columns
  /// are standardised.
  private static func rows<Scalar: ClusteringScalar>(
    _ count: Int = 12_000, of type: Scalar.Type = Scalar.self
  ) -> Matrix<Scalar> {
    var points: Matrix<Scalar> = SketchData.mixture.points(count, 5, seed: 3)
    for row in 0..<count {
      for column in 0..<5 {
        points[row, column] = points[row, column] * Scalar(column * column + 1) + Scalar(column)
      }
    }
    return points
  }

  /// Rows divided by their length, one operation after the other.
  private static func normalized<Scalar: ClusteringScalar>(
    _ points: Matrix<Scalar>
  ) -> Matrix<Scalar> {
    var result = points
    for row in 0..<points.rows {
      let squares = (0..<points.columns).reduce(0.0) {
        $0 + Double(points[row, $1]) * Double(points[row, $1])
      }
      for column in 0..<points.columns {
        result[row, column] = Scalar(Double(points[row, column]) / squares.squareRoot())
      }
    }
    return result
  }

  private static func standardized<Scalar: ClusteringScalar>(
    _ points: Matrix<Scalar>, _ by: RowTransform.Standardization
  ) -> Matrix<Scalar> {
    var result = points
    for row in 0..<points.rows {
      for column in 0..<points.columns {
        result[row, column] = Scalar(
          (Double(points[row, column]) - by.means[column]) / by.deviations[column])
      }
    }
    return result
  }

  /// What two sketches of equal, transformed rows must have in common.
  private static func facts<Scalar>(_ sketch: StreamingSketch<Scalar>) -> [Double] {
    [Double(sketch.pointCount), sketch.distanceCutoff ?? -1, Double(sketch.collapseCount)]
      + sketch.weights + sketch.squaredErrors
  }

  private func check<Scalar: ClusteringScalar>(cosineOf type: Scalar.Type) throws {
    let points = Self.rows(3000, of: type)
    let weights = SketchWeights.someZero.values(points.rows, seed: 2)!
    let byHand = Self.normalized(points)
    let plain = try SketchParameters.of(30).sketch(byHand, weights: weights)
    #expect(plain.collapseCount > 0)
    for slice in [nil, 1, 700] {
      let parameters = SketchParameters.of(30) { $0.distance = .cosine }
      let sketch = try parameters.sketch(points, weights: weights, slice: slice)
      #expect(Self.facts(sketch) == Self.facts(plain))
      #expect(sketch.doubleCentroids == plain.doubleCentroids)
    }
    var ball = OnePassKMeans(clusterCount: 4, seed: 5)
    let expected = try ball.fit(byHand, weights: weights.span)
    ball.distance = .cosine
    let fit = try ball.fit(points, weights: weights.span)
    #expect(fit.model.transform == RowTransform(normalizes: true))
    #expect(fit.model.centroids == Self.normalized(expected.model.centroids))
    let (kept, given): (Double, Double) = (
      fit.model.clusterWeights.reduce(0, +), weights.reduce(0, +)
    )
    #expect(kept == given)
    let cost = try cost(of: points, fit.model, weights)
    #expect(fit.cost.contains(cost) && fit.cost.lowerBound > 0)
    #expect(fit.sketch.costBounds(for: fit.model.centroids).contains(cost))
    #expect(fit.model.inertia >= cost * (1 - 1e-12))
  }

  /// The weighted squared distances of points to the nearest centroid, transformed as the model
  /// says.
  private func cost<Scalar: ClusteringScalar>(
    of points: Matrix<Scalar>, _ model: KMeansModel<Scalar>, _ weights: [Double]? = nil
  ) throws -> Double {
    let distances = try model.labelsAndDistances(points.view).distances
    return zip(distances, weights ?? distances.map { _ in 1 }).reduce(0) { $0 + $1.0 * $1.1 }
  }

  @Test func `with the cosine a sketch is that of rows of length 1`() throws {
    try check(cosineOf: Float.self)
    try check(cosineOf: Double.self)
  }

  private func check<Scalar: ClusteringScalar>(
    standardizing type: Scalar.Type, count: Int, _ distance: DistanceMeasure
  ) throws {
    let points = Self.rows(count, of: type)
    let used = min(count, Self.first)
    var parameters = OnePassKMeans(clusterCount: 4, seed: 5)
    (parameters.standardizes, parameters.distance) = (true, distance)
    let fit = try parameters.fit(points)
    let found = try #require(fit.model.transform.standardization)
    for column in 0..<5 {
      let values = (0..<used).map { Double(points[$0, column]) }
      let mean = values.reduce(0, +) / Double(used)
      let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(used)
      #expect(abs(found.means[column] - mean) < 1e-9)
      #expect(abs(found.deviations[column] / variance.squareRoot() - 1) < 1e-9)
    }
    var byHand = Self.standardized(points, found)
    if distance == .cosine { byHand = Self.normalized(byHand) }
    var plain = parameters
    (plain.standardizes, plain.distance) = (false, .euclidean)
    let expected = try plain.fit(byHand)
    #expect(Self.facts(fit.sketch) == Self.facts(expected.sketch))
    let centroids = expected.model.centroids
    let wanted = distance == .cosine ? Self.normalized(centroids) : centroids
    #expect(fit.model.transformedCentroids == wanted)
    if distance == .euclidean {
      #expect(fit.cost == expected.cost && fit.model.inertia == expected.model.inertia)
      #expect(fit.model.clusterWeights == expected.model.clusterWeights)
    }
    #expect(fit.cost.contains(try cost(of: points, fit.model)))
    // However the rows come.
    for slice in [997, 4096] {
      let sliced = try parameters.sketch.sketch(points, slice: slice)
      #expect(Self.facts(sliced) == Self.facts(fit.sketch))
      #expect(try parameters.fit(sliced).model == fit.model)
    }
  }

  @Test(arguments: [DistanceMeasure.euclidean, .cosine])
  func `standardised columns are those of the first rows`(_ distance: DistanceMeasure) throws {
    try check(standardizing: Float.self, count: 12_000, distance)
    try check(standardizing: Double.self, count: 12_000, distance)
  }

  @Test func `fewer rows standardise all together`() throws {
    try check(standardizing: Float.self, count: 700, .euclidean)
    try check(standardizing: Double.self, count: 2500, .cosine)
  }

  @Test func `centroids come in the units of the points`() throws {
    let points = Self.rows(2000, of: Double.self)
    let sketch = try SketchParameters.of(20) { $0.standardizes = true }.sketch(points)
    let centroids = try #require(sketch.centroids)
    // Weighted, they are the mean of all points.
    for column in 0..<5 {
      let mean = (0..<2000).reduce(0) { $0 + points[$1, column] } / 2000
      let found = zip(sketch.weights, 0...).reduce(0) { $0 + $1.0 * centroids[$1.1, column] }
      #expect(abs(found / 2000 - mean) < 1e-9)
    }
  }

  @Test(arguments: [300, 1300, 9_999, 10_000, 10_700])
  func `an archive goes on to the same bits`(_ count: Int) throws {
    let points = Self.rows(of: Double.self)
    for (distance, standardizes) in [
      (DistanceMeasure.cosine, false), (.euclidean, true), (.cosine, true),
    ] {
      let parameters = SketchParameters.of(30) {
        ($0.distance, $0.standardizes) = (distance, standardizes)
      }
      let whole = try parameters.sketch(points)
      var sketch = StreamingSketch<Double>(parameters)
      try sketch.learn(points, 0..<count)
      var read = try StreamingSketch<Double>(archive: sketch.archived())
      #expect(read.archived() == sketch.archived())
      #expect(read.transform == sketch.transform && read.pointCount == count)
      #expect(read.parameters.distance == distance)
      try read.learn(points, count..<points.rows)
      #expect(read.archived() == whole.archived())
    }
  }

  @Test func `sketches that wait are merged as their rows would be added`() throws {
    let points = Self.rows(of: Double.self)
    let parameters = SketchParameters.of(30) { $0.standardizes = true }
    var (one, other) = (
      StreamingSketch<Double>(parameters), StreamingSketch<Double>(parameters)
    )
    try one.learn(points, 0..<4000)
    try other.learn(points, 4000..<11_000)
    #expect(one.transform == nil && other.transform == nil)
    var merged = StreamingSketch<Double>(parameters)
    try merged.merge(one)
    try merged.merge(other)
    try merged.learn(points, 11_000..<12_000)
    #expect(merged.archived() == (try parameters.sketch(points).archived()))
    // One that has begun says how the rows of others are standardised, whichever comes first.
    let begun = try parameters.sketch(points)
    var waiting = one
    try waiting.merge(begun)
    #expect(waiting.transform == begun.transform && waiting.pointCount == 16_000)
    #expect(waiting.weights.reduce(0, +) == 16_000)
    var later = begun
    try later.merge(one)
    #expect(later.transform == begun.transform && later.pointCount == 16_000)
    // A copy of it goes with it.
    try later.merge(begun)
    #expect(later.weights.reduce(0, +) == 28_000)
  }

  @Test func `rows that were transformed in different ways are not merged`() throws {
    let points = Self.rows(of: Float.self)
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
    let points = Self.rows(of: Double.self)
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
