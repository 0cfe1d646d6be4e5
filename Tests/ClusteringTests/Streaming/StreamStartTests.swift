import Clustering
import Foundation
import KMeansFiles
import Testing

@Suite("How a stream begins") struct StreamStartTests {
  @Test
  func `few different rows make it wait for more`() throws {
    var stream = StreamingKMeans<Double>(clusterCount: 3, seed: 0)
    let same = try Matrix((0..<60).map { [Double($0 % 2)] })
    #expect(try stream.update(same.view).waitingPoints == 60)
    // Twice as many are wanted now.
    #expect(try stream.update(same.view).waitingPoints == 120)
    let others = try Matrix((0..<120).map { [Double($0 % 3) * 5] })
    let report = try stream.update(others.view)
    #expect(report.waitingPoints == 0 && stream.hasStarted)
    #expect(report.counts.reduce(0, +) == 240)
  }

  @Test
  func `it goes on from a model, with its weights and its transform`() throws {
    let sample = StreamSample(batches: 3, clusters: 4, columns: 6, seed: 8, sizes: 300...400)
    let points = try sample.matrix(0, of: Float.self)
    var kmeans = KMeans(clusterCount: 4, seed: 1)
    kmeans.standardizes = true
    let model = try kmeans.fit(points.view).model
    let parameters = StreamingParameters(clusterCount: 4, forgetting: .halfLife(5), seed: 0)
    var stream = try StreamingKMeans(parameters, continuing: model)
    #expect(stream.clusterWeights == model.clusterWeights)
    let next = try sample.matrix(1, of: Float.self)
    #expect(try stream.predict(next.view).labels == model.assign(next.view))
    _ = try stream.update(next.view)
    let latest = try #require(stream.latestModel)
    #expect(latest.transform == model.transform)
    let moved = try #require(stream.centroids)
    for cluster in 0..<4 {
      for column in 0..<6 {
        let distance = moved[cluster, column] - Double(model.centroids[cluster, column])
        #expect(distance.magnitude < 1)
      }
    }
  }

  @Test(arguments: [
    Forgetting.never, .halfLife(3), .halfLife(7, .seconds), .decayFactor(0),
    .halfLife(50, .points),
    .decayFactor(0, .seconds),
  ])
  func `the model of a stream goes on to the same bits`(_ forgetting: Forgetting) throws {
    let sample = StreamSample(batches: 8, clusters: 3, columns: 5, seed: 4, sizes: 30...60)
    for distance in [DistanceMeasure.euclidean, .cosine] {
      var parameters = StreamingParameters(clusterCount: 3, forgetting: forgetting, seed: 0)
      parameters.distance = distance
      parameters.deaths = .never
      var whole = StreamingKMeans<Float>(parameters)
      func learn(_ batch: Int, _ stream: inout StreamingKMeans<Float>) throws {
        let points = try sample.matrix(batch, of: Float.self)
        let times = sample.times[batch]
        _ = try stream.update(
          points.view, times: forgetting.unit == .seconds ? times.span : nil)
      }
      for batch in 0..<4 { try learn(batch, &whole) }
      let model = try #require(whole.latestModel)
      let path = NSTemporaryDirectory() + "\(UUID().uuidString).kmeans"
      defer { try? FileManager.default.removeItem(atPath: path) }
      try model.save(to: path)
      let loaded = try KMeansModel<Float>.load(from: path)
      #expect(loaded == model)
      #expect(
        try JSONDecoder().decode(KMeansModel<Float>.self, from: JSONEncoder().encode(model))
          == model)
      var other = try StreamingKMeans(parameters, continuing: loaded)
      #expect(other.time == whole.time)
      for batch in 4..<8 {
        try learn(batch, &whole)
        try learn(batch, &other)
        #expect(other.centroids == whole.centroids, "batch \(batch)")
        #expect(other.clusterWeights == whole.clusterWeights, "batch \(batch)")
        #expect(other.time == whole.time)
      }
      // Another pace: the weights are what they are now.
      parameters.forgetting = Forgetting(.halfLife(20), forgetting.unit)
      let slower = try StreamingKMeans(parameters, continuing: loaded)
      for (left, right) in zip(slower.clusterWeights, model.clusterWeights) {
        #expect(relativeDifference(left, right) < 1e-14)
      }
      #expect(slower.time == model.streamed?.time)
    }
  }

  @Test
  func `what a model says of a stream is checked`() throws {
    var stream = try StreamingKMeans<Double>(
      centroids: Matrix([[1, 2], [3, 5]]), weights: [1, 2], forgetting: .halfLife(1), seed: 0)
    try stream.learn(Matrix([[1.0, 1.0]]))
    let path = NSTemporaryDirectory() + "\(UUID().uuidString).kmeans"
    defer { try? FileManager.default.removeItem(atPath: path) }
    try stream.latestModel?.save(to: path)
    let good = try Archive(readingFrom: path, kind: KMeansModel<Double>.archiveKind)
    let changes: [(String, Archive.Value?)] = [
      ("streamMeans", .doubleMatrix(rows: 1, columns: 2, values: [1, 2])),
      ("streamMeans", .doubleMatrix(rows: 2, columns: 2, values: [1, 2, .nan, 3])),
      ("streamMeans", .doubleMatrix(rows: 2, columns: 2, values: [1, 2, 1e300, 3])),
      ("streamMeans", .int(3)), ("streamWeights", .doubles([1])),
      ("streamWeights", .doubles([1, -1])), ("streamWeights", .doubles([1, .infinity])),
      ("streamWeights", nil), ("streamTime", .double(.nan)), ("streamTime", .double(-1e9)),
      ("streamTime", nil), ("streamUnit", .int(1)), ("streamIDs", .ints([0])),
      ("streamIDs", .ints([3, 3])), ("streamIDs", .ints([0, -1])), ("streamIDs", .doubles([0, 1])),
    ]
    for (name, value) in changes {
      var bad = good
      bad[name] = value
      try bad.write(to: path)
      #expect(throws: FileError.self, "\(name)") { try KMeansModel<Double>.load(from: path) }
    }
    // Whatever else it says is no reason to trap.
    for (name, value) in [
      ("streamUnit", Archive.Value.string("years")), ("streamHalfLife", .double(.nan)),
      ("streamHalfLife", .double(-3)), ("streamLandmark", .double(-1e300)),
      ("streamWeights", .doubles([1e308, 1e308])),
    ] {
      var odd = good
      odd[name] = value
      try odd.write(to: path)
      let model = try KMeansModel<Double>.load(from: path)
      var other = try StreamingKMeans(stream.parameters, continuing: model)
      _ = try? other.learn(Matrix([[1.0, 1.0]]))
    }
    #expect(try KMeansModel<Double>.load(from: path).streamed?.ids == [0, 1])
    // Files from before models knew the ids.
    var without = good
    without["streamIDs"] = nil
    try without.write(to: path)
    #expect(try KMeansModel<Double>.load(from: path).streamed?.ids == nil)
    // Files from before streams said anything.
    var old = good
    for name in good.names where name.hasPrefix("stream") { old[name] = nil }
    try old.write(to: path)
    #expect(try KMeansModel<Double>.load(from: path).streamed == nil)
  }

  @Test
  func `a model says what distance its stream goes by`() throws {
    let points = try Matrix<Float>([[1, 0], [5, 1], [0, 3], [1, 4]])
    var kmeans = KMeans(clusterCount: 2, seed: 1)
    kmeans.distance = .cosine
    let model = try kmeans.fit(points.view).model
    let parameters = StreamingParameters(clusterCount: 2, seed: 0)
    #expect(try StreamingKMeans(parameters, continuing: model).parameters.distance == .cosine)
  }

  @Test
  func `a row that waits and has no direction in the end is not held against others`() throws {
    var parameters = StreamingParameters(clusterCount: 1, seed: 0)
    parameters.standardizes = true
    parameters.distance = .cosine
    parameters.start = .firstRows(3)
    var stream = StreamingKMeans<Double>(parameters)
    // The mean of the three is the first row.
    try stream.learn(Matrix([[2, 3]]))
    #expect(try stream.learn(Matrix([[1, 1], [3, 5]])).waitingPoints == 3)
    #expect(try stream.learn(Matrix([[9, 4], [0, 0], [1, 7]])).counts == [6])
  }

  @Test
  func `columns are standardised by the first rows, for good`() throws {
    var random = TestRandom(6)
    let rows = try Matrix(
      (0..<400).map { row in [Double(row % 2) + 0.1 * random.bell(), 1e6 * random.bell()] })
    var parameters = StreamingParameters(clusterCount: 2, seed: 0)
    parameters.standardizes = true
    var stream = StreamingKMeans<Double>(parameters)
    for first in stride(from: 0, to: 400, by: 40) {
      _ = try stream.update(rows.view.rows(first..<first + 40))
    }
    let model = try #require(stream.latestModel)
    let deviations = try #require(model.transform.standardization).deviations
    #expect((deviations[0] - 0.5).magnitude < 0.1)
    // Centroids are in the units of the points.
    let centers = try #require(stream.centroids)
    #expect((0..<2).contains { centers[$0, 1].magnitude > 1e4 })
  }

  @Test
  func `rows and centroids have length 1 by the cosine`() throws {
    var random = TestRandom(2)
    var parameters = StreamingParameters(clusterCount: 2, forgetting: .halfLife(2), seed: 0)
    parameters.distance = .cosine
    var stream = try StreamingKMeans<Float>(
      parameters, centroids: Matrix([[2, 0, 0], [0, 0, 9]]), weights: [1, 1])
    for _ in 0..<20 {
      let rows = try Matrix<Float>(
        (0..<50).map { row in
          let length = Float(Double.random(in: 0.1...100, using: &random))
          let noise = Float(0.05 * random.bell())
          return row % 2 == 0 ? [length, length * noise, length] : [0, length, length * noise]
        })
      _ = try stream.update(rows.view)
    }
    let centroids = try #require(stream.latestModel).centroids
    for cluster in 0..<2 {
      let squares = (0..<3).map { Double(centroids[cluster, $0] * centroids[cluster, $0]) }
      #expect((squares.reduce(0, +) - 1).magnitude < 1e-6)
    }
    let half = Float(0.5).squareRoot()
    let wide = try #require(stream.centroids)
    #expect((0..<3).allSatisfy { wide[0, $0] == Double(centroids[0, $0]) })
    // The inertia of the model is about the centroids of length 1.
    let model = try #require(stream.latestModel)
    let variances = try #require(stream.clusterVariances)
    #expect(model.inertia > 0 && model.inertia < model.clusterWeights.reduce(0, +))
    #expect(variances.rows == 2)
    let first = (0..<2).contains {
      (centroids[$0, 0] - half).magnitude < 0.05 && (centroids[$0, 2] - half).magnitude < 0.05
    }
    #expect(first)
    #expect(throws: ClusteringError.zeroRow(0)) {
      _ = try stream.learn(Matrix<Float>([[0, 0, 0]]))
    }
  }

  @Test
  func `Gaussian centroids are those of Spark, in Float rounded`() throws {
    var parameters = StreamingParameters(clusterCount: 2, seed: 42)
    parameters.start = .gaussian(dimension: 3, weight: 0.5)
    let stream = StreamingKMeans<Double>(parameters)
    let centroids = try #require(stream.centroids)
    #expect(
      (0..<3).map { centroids[0, $0] } == [
        2.384479054241165, 0.1920934041293524, 0.7337336533286575,
      ])
    #expect(stream.clusterWeights == [0.5, 0.5])
    #expect(
      StreamingKMeans<Float>(parameters).latestModel?.centroids[1, 0]
        == Float(-0.5224480195716871))
    parameters.start = .gaussian(dimension: 0, weight: 1)
    var wrong = StreamingKMeans<Double>(parameters)
    #expect(throws: ClusteringError.streaming(.dimensionNotPositive(0))) {
      _ = try wrong.learn(Matrix([[1.0]]))
    }
  }
}
