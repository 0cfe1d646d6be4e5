// Models, streams and sketches remember by which distance they are.
import Clustering
import Foundation
import Testing

@Suite struct DistanceArchiveTests {
  static let measures: [DistanceMeasure] = [
    .weightedEuclidean(weights: [2, 0.1, 5]), .mahalanobis(nil),
    .mahalanobis(.init(mean: [1, 2, 3], values: [2, 1, 0, 1, 2, 0, 0, 0, 1])),
  ]

  @Test(arguments: measures) func `models`(_ distance: DistanceMeasure) throws {
    let points = DistancePoints.stripes(300, of: Float.self)
    var kmeans = KMeans(clusterCount: 3, seed: 2)
    kmeans.distance = distance
    kmeans.standardizes = distance == .mahalanobis(nil)
    let fit = try kmeans.fit(points)
    let read = try KMeansModel<Float>(archive: fit.model.archived())
    #expect(read == fit.model && read.centroids == fit.model.centroids)
    #expect(try read.assign(points) == fit.labels)
    let json = try JSONDecoder().decode(
      KMeansModel<Float>.self, from: JSONEncoder().encode(fit.model))
    #expect(json == fit.model && json.transform == fit.model.transform)
    let parameters = try JSONDecoder().decode(KMeans.self, from: JSONEncoder().encode(kmeans))
    #expect(parameters == kmeans)
  }

  @Test func `distances without parameters are written as they were`() throws {
    var kmeans = KMeans(clusterCount: 3, seed: 2)
    for distance in [DistanceMeasure.euclidean, .cosine] {
      kmeans.distance = distance
      let text = String(decoding: try JSONEncoder().encode(kmeans), as: UTF8.self)
      #expect(text.contains("\"distance\":\"\(distance.kind.rawValue)\""))
      let transform = RowTransform(normalizes: distance == .cosine)
      let written = String(decoding: try JSONEncoder().encode(transform), as: UTF8.self)
      #expect(written == "{\"normalizes\":\(distance == .cosine)}")
    }
  }

  @Test(
    arguments: [
      #"{"normalizes":false,"linear":{"weights":[1,0]}}"#,
      #"{"normalizes":false,"linear":{"weights":[1,-2]}}"#,
      #"{"normalizes":false,"linear":{"covariance":{"values":[1,2,2,1]}}}"#,
      #"{"normalizes":false,"linear":{"covariance":{"values":[1,2,2]}}}"#,
      #"{"normalizes":false,"linear":{}}"#,
    ])
  func `a transform that cannot be is refused`(_ text: String) {
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(RowTransform.self, from: Data(text.utf8))
    }
  }

  @Test(arguments: measures) func `streams go on`(_ distance: DistanceMeasure) throws {
    let points = DistancePoints.stripes(600, of: Double.self)
    var parameters = StreamingParameters(
      clusterCount: 4, forgetting: .decayFactor(0.9), seed: 1)
    parameters.distance = distance
    parameters.start = .firstRows(100)
    var whole = StreamingKMeans<Double>(parameters)
    for first in stride(from: 0, to: 600, by: 50) {
      _ = try whole.update(points.view.rows(first..<first + 50))
      whole = try StreamingKMeans<Double>(whole.archive)
    }
    var plain = StreamingKMeans<Double>(parameters)
    for first in stride(from: 0, to: 600, by: 50) {
      _ = try plain.update(points.view.rows(first..<first + 50))
    }
    #expect(plain.archive == whole.archive)
    let model = try #require(whole.latestModel)
    #expect(model.transform.distance.kind == distance.kind)
    let read = try KMeansModel<Double>(archive: model.archived())
    #expect(try read.assign(points) == model.assign(points))
    var another = try StreamingKMeans(parameters, continuing: read)
    #expect(another.parameters.distance == model.transform.distance)
    var same = try StreamingKMeans(parameters, continuing: model)
    _ = try another.update(points.view)
    _ = try same.update(points.view)
    #expect(another.latestModel == same.latestModel)
  }

  @Test(arguments: measures) func `sketches go on`(_ distance: DistanceMeasure) throws {
    let points = DistancePoints.stripes(11_500, of: Float.self)
    var parameters = SketchParameters(clusterCount: 4, seed: 1)
    parameters.numClusters = 40
    parameters.distance = distance
    parameters.power = 1
    var sketch = StreamingSketch<Float>(parameters)
    var whole = sketch
    for first in stride(from: 0, to: 11_500, by: 2300) {
      try whole.add(points.view.rows(first..<first + 2300))
      try sketch.add(points.view.rows(first..<first + 2300))
      sketch = try StreamingSketch<Float>(archive: sketch.archived())
    }
    #expect(sketch.archived() == whole.archived())
    let begun = try whole.begun()
    #expect(begun.transform?.distance.kind == distance.kind)
    // The covariance is that of the first 10,000 rows.
    if distance == .mahalanobis(nil), case .mahalanobis(let found?) = begun.transform?.distance {
      let first = Array(points.doubles.prefix(10_000))
      let expected = DistancePoints.covariance(first, first.map { _ in 1 })
      for place in 0..<9 { #expect(abs(found.values[place] - expected.values[place]) < 1e-6) }
    }
    let model = try BallKMeans(clusterCount: 4, seed: 1).fit(whole)
    let labels = try model.assign(points)
    #expect(try KMeansModel<Float>(archive: model.archived()).assign(points) == labels)
  }
}
