import Clustering
import Testing

/// Every entry that takes a view takes a matrix, too, and does the same. The matrices are
/// temporary, as people write them: of those no view can be taken, for that crashes the compiler.
struct MatrixEntryTests {
  private static func rows<Scalar: ClusteringScalar>(_ type: Scalar.Type) -> [[Scalar]] {
    (0..<60).map { row in
      let corner = Scalar(row % 3 * 10)
      return [corner + Scalar(row % 7) / 8, corner - Scalar(row % 5) / 4, Scalar(row % 4)]
    }
  }

  private static let weights = (0..<60).map { 1 + Double($0 % 4) }

  @Test
  func `k-means of a matrix, and what its model says of one, are those of the view`() throws {
    try Self.checkKMeans(Float.self)
    try Self.checkKMeans(Double.self)
  }

  private static func checkKMeans<Scalar: ClusteringScalar>(_ type: Scalar.Type) throws {
    let rows = rows(type)
    let points = try Matrix(rows)
    let view = points.view
    let kmeans = KMeans(clusterCount: 3, seed: 4)
    var iterations = 0
    let fit = try kmeans.fit(Matrix(rows), weights: weights.span, from: nil) { _ in
      iterations += 1
    }
    let expected = try kmeans.fit(view, weights: weights.span)
    #expect(fit.model == expected.model && fit.labels == expected.labels)
    #expect(iterations == fit.history.count && iterations > 0)

    let model = fit.model
    #expect(try model.assign(Matrix(rows), execution: Execution(threads: 1)) == model.assign(view))
    #expect(
      try model.squaredDistances(Matrix(rows), execution: Execution(threads: 1))
        == model.squaredDistances(view))
    var labels = [Int32](repeating: -1, count: rows.count)
    var span = labels.mutableSpan
    try model.assign(Matrix(rows), into: &span, execution: Execution(threads: 2))
    #expect(labels == fit.labels)

    let quality = try model.evaluate(Matrix(rows), weights: weights.span, sample: 20, seed: 3)
    #expect(
      try quality == model.evaluate(view, weights: weights.span, sample: 20, seed: 3))
    #expect(
      try ClusterQuality(Matrix(rows), labels: labels, sample: 20, seed: 3)
        == ClusterQuality(view, labels: labels, sample: 20, seed: 3))
    #expect(
      try Silhouette(Matrix(rows), labels: labels, sample: 20, seed: 3)
        == Silhouette(view, labels: labels, sample: 20, seed: 3))

    let curve = try kmeans.curve(Matrix(rows), weights: weights.span, clusterCounts: [1, 2, 4])
    let same = try kmeans.curve(view, weights: weights.span, clusterCounts: [1, 2, 4])
    #expect(curve.fits.map(\.inertia) == same.fits.map(\.inertia))
  }

  @Test
  func `a stream learns and predicts the rows of a matrix as those of the view`() throws {
    try Self.checkStreams(Float.self)
    try Self.checkStreams(Double.self)
  }

  private static func checkStreams<Scalar: ClusteringScalar>(_ type: Scalar.Type) throws {
    let rows = rows(type)
    let points = try Matrix(rows)
    let view = points.view
    var parameters = StreamingParameters(
      clusterCount: 3, forgetting: .halfLife(5, .batches), seed: 4)
    parameters.start = .firstRows(60)
    var stream = StreamingKMeans<Scalar>(parameters)
    var expected = stream
    let report = try stream.update(Matrix(rows), weights: weights.span, withLabels: true)
    #expect(try report == expected.update(view, weights: weights.span, withLabels: true))
    #expect(try stream.predict(Matrix(rows)).labels == expected.predict(view).labels)
    let second = try stream.predictThenUpdate(Matrix(rows), weights: weights.span)
    let same = try expected.predictThenUpdate(view, weights: weights.span)
    #expect(second.report == same.report && second.predictions?.ids == same.predictions?.ids)
    #expect(stream.latestModel == expected.latestModel && stream.latestModel != nil)
  }

  @Test
  func `sketches, one pass and ball k-means take a matrix as its view`() throws {
    try Self.checkOnePass(Float.self)
    try Self.checkOnePass(Double.self)
  }

  private static func checkOnePass<Scalar: ClusteringScalar>(_ type: Scalar.Type) throws {
    let rows = rows(type)
    let points = try Matrix(rows)
    let view = points.view
    var sketch = StreamingSketch<Scalar>(clusterCount: 3, seed: 4)
    var expected = sketch
    try sketch.add(Matrix(rows), weights: weights.span)
    try expected.add(view, weights: weights.span)
    #expect(sketch.weights == expected.weights && sketch.pointCount == 60)

    let onePass = OnePassKMeans(clusterCount: 3, seed: 4)
    #expect(
      try onePass.fit(Matrix(rows), weights: weights.span).model
        == onePass.fit(view, weights: weights.span).model)
    let ball = BallKMeans(clusterCount: 3, seed: 4)
    #expect(
      try ball.fit(Matrix(rows), weights: weights.span).model
        == ball.fit(view, weights: weights.span).model)
  }

  @Test
  func `a class clusters the matrix that it holds`() throws {
    let holder = Holder(try Matrix(Self.rows(Double.self)))
    #expect(try holder.fit().labels.count == 60)
  }

  private final class Holder {
    private let points: Matrix<Double>
    init(_ points: Matrix<Double>) { self.points = points }
    func fit() throws -> KMeans.Fit<Double> { try KMeans(clusterCount: 3, seed: 4).fit(points) }
  }
}
