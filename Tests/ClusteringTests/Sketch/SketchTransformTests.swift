// Sketches of rows that are divided by their length, or standardised, as they come.
import Clustering
import Testing

@Suite struct SketchTransformTests {
  private static let first = SketchParameters.rowsToStandardizeBy

  /// What two sketches of equal, transformed rows must have in common.
  private static func facts<Scalar>(_ sketch: StreamingSketch<Scalar>) -> [Double] {
    [Double(sketch.pointCount), sketch.distanceCutoff ?? -1, Double(sketch.collapseCount)]
      + sketch.weights + sketch.squaredErrors
  }

  private func check<Scalar: ClusteringScalar>(cosineOf type: Scalar.Type) throws {
    let points = TransformedRows.rows(3000, of: type)
    let weights = SketchWeights.someZero.values(points.rows, seed: 2)!
    let byHand = TransformedRows.normalized(points)
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
    #expect(fit.model.centroids == TransformedRows.normalized(expected.model.centroids))
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
    let points = TransformedRows.rows(count, of: type)
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
    var byHand = TransformedRows.standardized(points, found)
    if distance == .cosine { byHand = TransformedRows.normalized(byHand) }
    var plain = parameters
    (plain.standardizes, plain.distance) = (false, .euclidean)
    let expected = try plain.fit(byHand)
    #expect(Self.facts(fit.sketch) == Self.facts(expected.sketch))
    let centroids = expected.model.centroids
    let wanted = distance == .cosine ? TransformedRows.normalized(centroids) : centroids
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
    let points = TransformedRows.rows(2000, of: Double.self)
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
    let points = TransformedRows.rows(of: Double.self)
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
    let points = TransformedRows.rows(of: Double.self)
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
}
