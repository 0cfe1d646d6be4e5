// Every entry that takes dense points takes sparse ones, and gives the same bits.
import Clustering
import KMeansTestSupport
import Testing

@Suite struct SparseEntryTests {
  private let points: SparseMatrix<Float> = SparseData.counts.points(
    400, 90, terms: 12, fewest: 1, seed: 11)
  private let weights = (0..<400).map { Double($0 % 4) / 2 + 0.25 }

  private func model(cosine: Bool) throws -> KMeansModel<Float> {
    var kmeans = KMeans(clusterCount: 6, seed: 2)
    kmeans.distance = cosine ? .cosine : .euclidean
    return try kmeans.fit(points).model
  }

  @Test(arguments: [false, true])
  func `distances and scores`(cosine: Bool) throws {
    let (model, dense) = (try model(cosine: cosine), try points.dense())
    let (nearest, expected) = (
      try model.squaredDistances(points.view), try model.squaredDistances(dense)
    )
    #expect(nearest == expected)
    let (all, allExpected) = (
      try model.allSquaredDistances(points.view), try model.allSquaredDistances(dense)
    )
    #expect(all == allExpected)
    let (score, scoreExpected) = (
      try model.score(points.view, weights: weights.span),
      try model.score(dense, weights: weights.span)
    )
    #expect(score == scoreExpected && score < 0)
  }

  @Test func `rows that are not finite are named, also in a later block`() throws {
    // A block of dense rows has 4 MiB.
    var rows: SparseMatrix<Float> = SparseData.counts.points(30, 70_000, terms: 9, seed: 3)
    let initial = try rows.rows(0..<2).dense()
    var kmeans = KMeans(clusterCount: 2)
    kmeans.maxIterations = 1
    let model = try kmeans.fit(rows, from: initial).model
    rows.append(.infinity, column: 66_000)
    rows.finishRow()
    let wrong = rows
    let error = #expect(throws: ClusteringError.self) {
      _ = try model.allSquaredDistances(wrong.view)
    }
    #expect(error == .notFinite(row: 30, column: 66_000))
  }

  @Test(arguments: [false, true])
  func `evaluations`(cosine: Bool) throws {
    let (model, dense) = (try model(cosine: cosine), try points.dense())
    let (found, expected) = (
      try model.evaluate(points.view, weights: weights.span, sample: 100),
      try model.evaluate(dense.view, weights: weights.span, sample: 100)
    )
    #expect(found == expected)
    let labels = try model.assign(points)
    let (quality, qualityExpected) = (
      try ClusterQuality(points.view, labels: labels),
      try ClusterQuality(dense.view, labels: labels)
    )
    #expect(quality == qualityExpected)
    let (silhouette, silhouetteExpected) = (
      try Silhouette(points.view, labels: labels, sample: 50),
      try Silhouette(dense.view, labels: labels, sample: 50)
    )
    #expect(silhouette == silhouetteExpected)
  }

  @Test(arguments: [false, true])
  func `curves`(cosine: Bool) throws {
    var kmeans = KMeans(clusterCount: 2, seed: 5)
    kmeans.distance = cosine ? .cosine : .euclidean
    let dense = try points.dense()
    let found = try kmeans.curve(
      points.view, weights: weights.span, clusterCounts: [2, 3, 5, 8], withIndices: true,
      gapReferences: 2)
    let expected = try kmeans.curve(
      dense.view, weights: weights.span, clusterCounts: [2, 3, 5, 8], withIndices: true,
      gapReferences: 2)
    #expect(found.fits.map(\.inertia) == expected.fits.map(\.inertia))
    #expect(found.fits.map(\.iterations) == expected.fits.map(\.iterations))
    #expect(found.fits.map(\.start) == expected.fits.map(\.start))
    #expect(found.fits.map(\.indices) == expected.fits.map(\.indices))
    #expect(found.fits.map(\.gap) == expected.fits.map(\.gap))
    #expect(abs(found.totalInertia / expected.totalInertia - 1) < 1e-14)
    kmeans.standardizes = true
    let standardizing = kmeans
    let error = #expect(throws: ClusteringError.self) {
      _ = try standardizing.curve(points.view, clusterCounts: [2, 3])
    }
    #expect(error == .sparse(.means))
  }

  @Test func `ball k-means and models of keys`() throws {
    let dense = try points.dense()
    let ball = BallKMeans(clusterCount: 5, seed: 4)
    let (found, expected) = (
      try ball.fit(points.view, weights: weights.span), try ball.fit(dense, weights: weights.span)
    )
    #expect(found.model == expected.model && found.labels == expected.labels)
    var parameters = StreamingParameters(clusterCount: 2, seed: 3)
    parameters.start = .firstRows(20)
    let keys = (0..<400).map { "key \($0 % 3)" }
    let (some, others) = (
      try KeyedStreams<Float>(parameters), try KeyedStreams<Float>(parameters)
    )
    for _ in 0..<2 {
      let report = try some.update(points.view, keys: keys, withPredictions: true)
      let reportExpected = try others.update(dense.view, keys: keys, withPredictions: true)
      #expect(report.predictions?.labels == reportExpected.predictions?.labels)
    }
  }

  /// More columns than a thread takes of the index at a time, centroids whose values are lists of
  /// it, and clusters that keep their rows.
  @Test(arguments: [1, 2])
  func `many clusters of many columns`(threads: Int) throws {
    let points: SparseMatrix<Float> = SparseData.counts.points(
      1500, 5000, terms: 20, fewest: 1, seed: 9)
    var kmeans = KMeans(clusterCount: 600, seed: 3)
    kmeans.initialization = .randomRows
    kmeans.maxIterations = 4
    kmeans.tolerance = 0
    kmeans.execution.threads = threads
    for distance in [DistanceMeasure.euclidean, .cosine] {
      kmeans.distance = distance
      let (found, expected) = (try kmeans.fit(points), try kmeans.fit(points.dense()))
      #expect(found.labels == expected.labels)
      #expect(found.model.centroids == expected.model.centroids)
      #expect(found.model.inertia == expected.model.inertia)
    }
  }
}
