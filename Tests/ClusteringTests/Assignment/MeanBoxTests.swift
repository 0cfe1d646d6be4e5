// A mean lies in the box of its rows: equal rows have that row as their mean, bit for bit.
import Clustering
import Testing

@Suite struct MeanBoxTests {
  /// Values whose sums are rounded.
  private static let values: [Double] = [
    0.1, -0.7, 1.604e18, 1 / 3, 1e-30, 5.1e130, 123456.789, -1e-100, .pi, 2 / 7,
  ]

  /// Some different rows, each of them several times, in any order.
  private func repeated<Scalar: ClusteringScalar>(
    _ count: Int, _ columns: Int, times: Int, seed: UInt64, of type: Scalar.Type
  ) throws -> (points: Matrix<Scalar>, rows: [[Scalar]], weights: [Double]) {
    var random = TestRandom(seed)
    let rows = (0..<count).map { row in
      (0..<columns).map { _ -> Scalar in
        let value = Self.values[Int(random.next() % 10)] * Double(row + 1)
        return Scalar(value.magnitude < 1e38 ? value : value / 1e110)
      }
    }
    let order = (0..<count * times).map { $0 % count }.shuffled(using: &random)
    let weights = order.map { _ in Double(1 + random.next() % 7) / 3 }
    return (try Matrix(order.map { rows[$0] }), rows, weights)
  }

  private func check<Scalar: ClusteringScalar>(
    _ centroids: Matrix<Scalar>, _ rows: [[Scalar]], _ name: String
  ) {
    let found = Set(
      (0..<centroids.rows).map { row in
        (0..<centroids.columns).map { centroids[row, $0] }
      })
    #expect(found == Set(rows), "\(name)")
  }

  @Test(arguments: UInt64(0)..<6) func `equal rows are their mean`(seed: UInt64) throws {
    try equalRows(seed, of: Double.self)
    try equalRows(seed, of: Float.self)
  }

  private func equalRows<Scalar: ClusteringScalar>(_ seed: UInt64, of type: Scalar.Type) throws {
    let columns = [1, 2, 9][Int(seed) % 3]
    let (points, rows, weights) = try repeated(
      5, columns, times: 3 + 10 * Int(seed), seed: seed, of: type)
    guard Set(rows).count == 5 else { return }
    for weights in [nil, weights] {
      var kmeans = KMeans(clusterCount: 5, seed: seed)
      kmeans.tolerance = seed.isMultiple(of: 2) ? 0 : 1e-4
      let fit = try kmeans.fit(points.view, weights: weights?.span)
      check(fit.model.centroids, rows, "fit")
      #expect(fit.model.inertia == 0)
      #expect(try fit.model.assign(points.view) == fit.labels)
      let curve = try kmeans.curve(points.view, weights: weights?.span, clusterCounts: [2, 5])
      #expect(curve.fits[1].inertia == 0)
      let ball = try BallKMeans(clusterCount: 5, seed: seed).fit(
        points.view, weights: weights?.span)
      check(ball.model.centroids, rows, "ball")
      #expect(ball.model.inertia == 0)
      var parameters = StreamingParameters(clusterCount: 5, forgetting: .halfLife(2), seed: seed)
      parameters.start = .firstRows(points.rows)
      var stream = StreamingKMeans<Scalar>(parameters)
      for _ in 0..<4 { _ = try stream.update(points.view, weights: weights?.span) }
      check(try #require(stream.latestModel).centroids, rows, "stream")
      #expect(stream.latestModel!.inertia == 0)
    }
  }

  @Test func `three tenths`() throws {
    for count in 1...60 {
      for value in [0.1, 1.604e18, -0.3] {
        let points = try Matrix<Double>(Array(repeating: [value], count: count))
        let fit = try KMeans(clusterCount: 1, seed: 0).fit(points.view)
        #expect(fit.model.centroids[0, 0] == value && fit.model.inertia == 0)
      }
    }
    // One row of a weight that its product rounds.
    let one = try Matrix<Double>([[0.1], [5]])
    let weights: [Double] = [3, 7]
    let fit = try KMeans(clusterCount: 2, seed: 0).fit(one.view, weights: weights.span)
    #expect(Set([fit.model.centroids[0, 0], fit.model.centroids[1, 0]]) == [0.1, 5])
  }

  /// More clusters than values: those without points stay in the box, too.
  @Test func `twins stay in the box`() throws {
    let points = try Matrix<Double>(Array(repeating: [0.1], count: 7))
    for k in 1...7 {
      let fit = try KMeans(clusterCount: k, seed: 0).fit(points.view)
      #expect((0..<k).allSatisfy { fit.model.centroids[$0, 0] == 0.1 })
      #expect(fit.model.inertia == 0)
    }
  }

  /// Nearly equal rows, a heavy one among light ones far away, and every place to stop.
  @Test(arguments: UInt64(0)..<40) func `centroids are in the box of all rows`(seed: UInt64) throws
  {
    var random = TestRandom(seed)
    let count = 1 + Int(random.next() % 40)
    let value = Self.values[Int(random.next() % 10)]
    let rows = (0..<count).map { _ in
      (0..<2).map { _ in
        random.next() % 9 == 0 ? -value : value + Double(random.next() % 3) * value.ulp
      }
    }
    let weights = (0..<count).map { _ in Double(1 + random.next() % 1000) * 1e-3 }
    let points = try Matrix(rows)
    let low = (0..<2).map { column in rows.map { $0[column] }.min()! }
    let high = (0..<2).map { column in rows.map { $0[column] }.max()! }
    func check(_ centroids: Matrix<Double>, _ name: String) {
      for row in 0..<centroids.rows {
        for column in 0..<2 {
          let value = centroids[row, column]
          #expect(value >= low[column] && value <= high[column], "\(name) \(value)")
        }
      }
    }
    for k in [1, 2, 5] where k <= count {
      for iterations in [1, 2, 300] {
        var kmeans = KMeans(clusterCount: k, seed: seed)
        kmeans.maxIterations = iterations
        let fit = try kmeans.fit(points.view, weights: weights.span)
        check(fit.model.centroids, "fit")
        #expect(try fit.model.assign(points.view) == fit.labels)
      }
      let ball = try BallKMeans(clusterCount: k, seed: seed).fit(points.view, weights: weights.span)
      check(ball.model.centroids, "ball")
      var sketch = StreamingSketch<Double>(clusterCount: max(2, k), seed: seed)
      try sketch.add(points.view, weights: weights.span)
      check(try #require(sketch.centroids), "sketch")
      if sketch.weights.count >= k {
        check(try BallKMeans(clusterCount: k, seed: seed).fit(sketch).centroids, "one pass")
      }
      var parameters = StreamingParameters(clusterCount: k, forgetting: .halfLife(0.1), seed: seed)
      parameters.start = .firstRows(k)
      // Halves of a cluster may begin outside of it.
      parameters.deaths = .never
      var stream = StreamingKMeans<Double>(parameters)
      for first in stride(from: 0, to: count, by: 7) {
        let end = min(first + 7, count)
        let part = Array(weights[first..<end])
        _ = try stream.update(points.view.rows(first..<end), weights: part.span)
      }
      if let centroids = stream.centroids { check(centroids, "stream") }
    }
  }

  /// A far centroid that was given becomes the points that replace it.
  @Test func `points replace a centroid of no weight`() throws {
    var stream = try StreamingKMeans<Double>(
      StreamingParameters(clusterCount: 2, forgetting: .never, seed: 0),
      centroids: Matrix([[1e6], [-3e9]]))
    let points = try Matrix<Double>([[0.1], [0.1], [-7e9], [0.1], [-7e9]])
    _ = try stream.update(points.view)
    #expect(stream.centroids == (try Matrix([[0.1], [-7e9]])))
  }
}
