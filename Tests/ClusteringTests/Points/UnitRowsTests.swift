// Rows of length 1 whose centroids stay means.
import Clustering
import Foundation
import KMeansFiles
import Testing

@Suite struct UnitRowsTests {
  private func kmeans(_ k: Int) -> KMeans {
    var kmeans = KMeans(clusterCount: k, seed: 2)
    kmeans.unitRows = true
    kmeans.tolerance = 0
    return kmeans
  }

  private func check<Scalar: ClusteringScalar>(_ type: Scalar.Type) throws {
    let points = ColumnScaleTests.counts(2000, of: type)
    let fit = try kmeans(4).fit(points.view)
    // By hand, rounded once.
    let byHand = points.doubles.map { row -> [Scalar] in
      let length = row.reduce(0) { $0 + $1 * $1 }.squareRoot()
      return row.map { Scalar($0 / length) }
    }
    var plain = kmeans(4)
    plain.unitRows = nil
    let expected = try plain.fit(Matrix(byHand))
    // Squares of small whole numbers are added without rounding, in whatever order.
    #expect(fit.labels == expected.labels)
    #expect(fit.model.transformedCentroids == expected.model.centroids)
    #expect(fit.model.inertia == expected.model.inertia)
    #expect(fit.model.distance == .euclidean)
    for centroid in fit.model.centroids.doubles {
      #expect(centroid.reduce(0) { $0 + $1 * $1 } < 0.99)
    }
    #expect(try fit.model.assign(points.view) == fit.labels)
  }

  @Test func `a fit is that of rows of length 1`() throws {
    try check(Float.self)
    try check(Double.self)
  }

  @Test func `given centroids keep their length`() throws {
    let points = ColumnScaleTests.counts(800, of: Double.self)
    var kmeans = kmeans(4)
    let fit = try kmeans.fit(points.view)
    let again = try kmeans.fit(points.view, from: fit.model.centroids)
    #expect(again.model.iterations <= 2 && again.labels == fit.labels)
    #expect(again.model.centroids == fit.model.centroids)
    // Scaled, in the units of the points.
    kmeans.columnScale = .deviation
    let scaled = try kmeans.fit(points.view)
    let third = try kmeans.fit(points.view, from: scaled.model.centroids)
    #expect(third.model.iterations <= 2 && third.labels == scaled.labels)
  }

  @Test func `with the cosine it changes nothing`() throws {
    let points = ColumnScaleTests.counts(800, of: Float.self)
    var kmeans = kmeans(3)
    kmeans.distance = .cosine
    let both = try kmeans.fit(points.view).model
    kmeans.unitRows = nil
    #expect(try kmeans.fit(points.view).model == both)
    #expect(both.transform.normalizesCentroids)
  }

  @Test func `files and JSON say so, in a form that older programs refuse`() throws {
    let model = try kmeans(3).fit(ColumnScaleTests.counts(300, of: Float.self)).model
    let again = try KMeansModel<Float>(archive: model.archived())
    #expect(again == model && !again.transform.normalizesCentroids)
    // They know 0 and 1, and in JSON true and false.
    #expect(model.archive["normalizes"] == .int(3))
    let json = try JSONEncoder().encode(model)
    #expect(String(decoding: json, as: UTF8.self).contains(#""normalizes":"rows""#))
    #expect(try JSONDecoder().decode(KMeansModel<Float>.self, from: json) == model)

    let decoder = JSONDecoder()
    let old = try decoder.decode(RowTransform.self, from: Data(#"{"normalizes":true}"#.utf8))
    #expect(old == RowTransform(normalizes: true) && old.normalizesCentroids)
    for wrong in [
      #"{"normalizes":"row"}"#, #"{"normalizes":1}"#, "{}",
      #"{"normalizes":"rows","linear":{"weights":[1,2]}}"#,
    ] {
      #expect(throws: DecodingError.self, "\(wrong)") {
        try decoder.decode(RowTransform.self, from: Data(wrong.utf8))
      }
    }
    var archive = model.archive
    archive["normalizes"] = .int(4)
    #expect(throws: FileError.self) { try KMeansModel<Float>(archive) }
  }

  @Test func `rows of zeros and other distances are refused`() throws {
    let points = try Matrix<Float>([[1, 0], [0, 1], [0, -0.0], [1, 1]])
    #expect(throws: ClusteringError.zeroRow(2)) { _ = try kmeans(2).fit(points.view) }
    let model = try kmeans(2).fit(Matrix<Float>([[1, 0], [0, 1], [1, 1]])).model
    #expect(throws: ClusteringError.zeroRow(2)) { _ = try model.assign(points.view) }
    var other = kmeans(2)
    other.distance = .weightedEuclidean(weights: [1, 2])
    #expect(throws: ClusteringError.transform(.unitRowsWithDistance(.weightedEuclidean))) {
      try other.validate()
    }
  }

  /// A stream that goes on from the model is that of a plain model over rows that were mapped.
  @Test func `a stream goes on with means`() throws {
    let points = ColumnScaleTests.counts(900, of: Double.self)
    var kmeans = kmeans(4)
    kmeans.columnScale = .inverseDocumentFrequency
    let model = try kmeans.fit(points.view).model
    let map = try #require(
      RowMap<Double>(model.transform, columns: 12, instructionSet: Execution().kernels))
    let plain = KMeansModel(
      centroids: model.transformedCentroids, clusterWeights: model.clusterWeights, inertia: 0,
      iterations: 1, converged: true)
    let parameters = StreamingParameters(clusterCount: 4, forgetting: .halfLife(2))
    var stream = try StreamingKMeans(parameters, continuing: model)
    var expected = try StreamingKMeans(parameters, continuing: plain)
    let report = try stream.update(points.view)
    let mapped = map.mapped(points)
    #expect(try expected.update(mapped.view).inertia == report.inertia)
    let centroids = try #require(stream.latestModel)
    #expect(centroids.transformedCentroids == expected.latestModel?.centroids)
    #expect(centroids.transform == model.transform)
    for row in centroids.transformedCentroids.doubles {
      #expect(row.reduce(0) { $0 + $1 * $1 } < 0.99)
    }
    // Through an archive.
    var again = try StreamingKMeans<Double>(stream.archive)
    _ = try again.update(points.view)
    _ = try stream.update(points.view)
    #expect(again.latestModel == stream.latestModel)
  }
}
