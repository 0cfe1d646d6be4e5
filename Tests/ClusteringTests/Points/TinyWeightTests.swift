// Weights so small that their products with values are no numbers: what is divided by them is right
// all the same.
import Clustering
import Testing

@Suite struct TinyWeightTests {
  /// Some 40 rows with columns of very different units, so that all of them pass the check of sums,
  /// and what weights of 2^-1070 leave of the last columns is nothing.
  private static var points: Matrix<Double> {
    var random = TestRandom(7)
    return try! Matrix(
      (0..<40).map { row in
        [
          Double(row % 3) * 0x1p300 + random.bell() * 0x1p296, random.bell(),
          random.bell() * 0x1p-200,
        ]
      })
  }

  /// Weights of a few bits, and the same 2^-1070 times.
  private static let weights = (0..<40).map { [1.0, 2, 3, 5][$0 % 4] }
  private static let tiny = weights.map { $0 * 0x1p-1070 }

  private func points(of rows: Range<Int>) -> Matrix<Double> { Self.points.picking(Array(rows)) }

  @Test(arguments: [CentroidInitialization.kMeansPlusPlus, .greedy])
  func `fits have the bits of ordinary weights`(start: CentroidInitialization) throws {
    var kmeans = KMeans(clusterCount: 4, seed: 3)
    kmeans.initialization = start
    let points = Self.points
    let expected = try kmeans.fit(points.view, weights: Self.weights.span)
    let found = try kmeans.fit(points.view, weights: Self.tiny.span)
    #expect(found.labels == expected.labels)
    #expect(found.model.centroids.bits == expected.model.centroids.bits)
    #expect(found.model.clusterWeights == expected.model.clusterWeights.map { $0 * 0x1p-1070 })
  }

  /// Once each far group has a seed, weights times squared distances would all be 0.
  @Test(arguments: [CentroidInitialization.kMeansPlusPlus, .greedy])
  func `seeds within groups have the bits of ordinary weights`(start: CentroidInitialization) throws
  {
    var random = TestRandom(8)
    var kmeans = KMeans(clusterCount: 8, seed: 3)
    kmeans.initialization = start
    let points = try Matrix<Double>(
      (0..<40).map { row in [Double(row % 3) * 0x1p300, random.bell() * 0x1p-100] })
    let expected = try kmeans.fit(points.view, weights: Self.weights.span)
    let found = try kmeans.fit(points.view, weights: Self.tiny.span)
    #expect(found.labels == expected.labels)
    #expect(found.model.centroids.bits == expected.model.centroids.bits)
  }

  /// The empty cluster takes the farthest point, however little it weighs.
  @Test func `empty clusters are refilled with points that hardly count`() throws {
    let points = try Matrix<Double>([[0], [1], [1e-30]])
    let initial = try Matrix<Double>([[0], [1], [5]])
    let weights: [Double] = [1, 1, 1e-290]
    let fit = try KMeans(clusterCount: 3, seed: 0).fit(
      points.view, weights: weights.span, from: initial)
    #expect(fit.labels == [0, 1, 2])
  }

  @Test(arguments: [BallKMeans.Initialization.greedy, .kMeansPlusPlus, .ostrovsky], [0, 300])
  func `balls have the bits of ordinary weights`(
    start: BallKMeans.Initialization, finalIterations: Int
  ) throws {
    var ball = BallKMeans(clusterCount: 4, runs: 3, seed: 3)
    ball.initialization = start
    ball.finalIterations = finalIterations
    ball.trimFraction = 0.5
    let points = Self.points
    let expected = try ball.fit(points.view, weights: Self.weights.span)
    let found = try ball.fit(points.view, weights: Self.tiny.span)
    #expect(found.labels == expected.labels)
    #expect(found.model.centroids.bits == expected.model.centroids.bits)
  }

  @Test func `streams have the bits of ordinary weights`() throws {
    let initial = try Matrix<Double>([[0, 0, 0], [0x1p300, 0, 0], [0x1p301, 0, 0]])
    let start = try StreamingKMeans(centroids: initial, seed: 0)
    var (expected, found) = (start, start)
    for rows in [0..<15, 15..<16, 16..<40] {
      let (weights, tiny) = (Array(Self.weights[rows]), Array(Self.tiny[rows]))
      let batch = points(of: rows)
      let report = try expected.update(batch.view, weights: weights.span)
      let other = try found.update(batch.view, weights: tiny.span)
      #expect(other.moves.bits == report.moves.bits)
      #expect(found.centroids?.bits == expected.centroids?.bits)
      #expect(found.clusterVariances?.bits == expected.clusterVariances?.bits)
    }
    #expect(
      try found.predict(Self.points.view).labels == expected.predict(Self.points.view).labels)
  }

  @Test func `merged streams have the bits of ordinary weights`() throws {
    let initial = try Matrix<Double>([[0, 0, 0], [0x1p300, 0, 0], [0x1p301, 0, 0]])
    let start = try StreamingKMeans(centroids: initial, seed: 0)
    func merged(_ weights: [Double], since base: StreamingKMeans<Double>?) throws
      -> StreamingKMeans<Double>
    {
      var (left, right) = (start, start)
      let (first, second) = (points(of: 0..<21), points(of: 21..<40))
      let (own, others) = (Array(weights[0..<21]), Array(weights[21...]))
      _ = try left.update(first.view, weights: own.span)
      _ = try right.update(second.view, weights: others.span)
      try left.merge(right, since: base)
      return left
    }
    for base in [nil, start] {
      let expected = try merged(Self.weights, since: base)
      let found = try merged(Self.tiny, since: base)
      #expect(found.centroids?.bits == expected.centroids?.bits)
      #expect(found.clusterVariances?.bits == expected.clusterVariances?.bits)
    }
  }

  /// What has nearly faded when a batch ends is still a cluster of its own.
  @Test func `points that fade within a batch have a mean`() throws {
    let count = 1100
    // Ten rows at places that are small, a thousand half-lives before the last row, and all others
    // far away.
    let rows = (0..<count).map { row -> [Double] in
      row < 100 ? [0, Double(row % 7) * 0x1p-100] : [0x1p100, 0]
    }
    let points = try Matrix<Double>(rows)
    var stream = try StreamingKMeans<Double>(
      StreamingParameters(clusterCount: 2, forgetting: .halfLife(1, .points), seed: 0),
      centroids: Matrix([[0, 0], [0x1p100, 0]]))
    _ = try stream.update(points.view)
    var (sum, weight) = (0.0, 0.0)
    for row in 0..<100 {
      let share = Double(sign: .plus, exponent: row - 100, significand: 1)
      sum += share * rows[row][1]
      weight += share
    }
    let centroids = try #require(stream.centroids)
    #expect(relativeDifference(centroids[0, 1], sum / weight) < 1e-14)
    #expect(centroids[1, 0] == 0x1p100)
  }

  /// Of a mean of the smallest numbers rounding leaves nothing outside of them.
  @Test func `means of the smallest numbers lie between them`() throws {
    let least = Double.leastNonzeroMagnitude
    for value in [least, 3 * least, -7 * least] {
      let rows: [[Double]] = (0..<9).map { [Double($0 % 2), value] }
      let points = try Matrix<Double>(rows)
      for weight in [0.3, 0.1, 1e-200, 1e-279] {
        let weights = (0..<9).map { weight * (1 + Double($0) / 10) }
        let fit = try KMeans(clusterCount: 2, seed: 1).fit(points.view, weights: weights.span)
        #expect(fit.model.centroids.doubles.map { $0[1] } == [value, value], "\(weight)")
      }
    }
  }

  @Test func `measures have the bits of ordinary weights`() throws {
    var random = TestRandom(3)
    // A cluster of small distances beside one far away.
    let rows = (0..<40).map { row in
      [row % 2 == 0 ? random.bell() : 0x1p200 + random.bell() * 0x1p190, random.bell()]
    }
    let points = try Matrix(rows)
    let labels = (0..<40).map { Int32($0 % 2) }
    let expected = try ClusterQuality(
      points.view, labels: labels, weights: Self.weights.span, seed: 0)
    let found = try ClusterQuality(points.view, labels: labels, weights: Self.tiny.span, seed: 0)
    #expect(found.daviesBouldin == expected.daviesBouldin)
    #expect(found.simplifiedSilhouette == expected.simplifiedSilhouette)
    #expect(found.clusters.map(\.distances) == expected.clusters.map(\.distances))
    #expect(found.weight == expected.weight * 0x1p-1070)
  }

  /// A sum over shares of a weight may be more than the weight: rounded, not a silhouette above 1.
  @Test func `silhouettes are at most one`() throws {
    for seed in 0..<200 {
      var random = TestRandom(UInt64(seed))
      let rows = (0..<40).map { [Double($0 % 2) + random.bell() * 1e-17] }
      let weights = rows.map { _ in Double.random(in: 0..<1, using: &random) }
      let points = try Matrix(rows)
      let found = try ClusterQuality(
        points.view, labels: (0..<40).map { Int32($0 % 2) }, weights: weights.span, seed: 0)
      #expect(try #require(found.simplifiedSilhouette) <= 1)
      #expect(try #require(found.silhouette) <= 1)
    }
  }

  /// A fit whose centroids nothing tells apart, beside a point that hardly counts, is a model like
  /// others.
  @Test func `models of fits are taken everywhere`() throws {
    let points = try Matrix<Double>([[0], [1e-170], [1e-60]])
    let weights: [Double] = [1, 1, 1e-300]
    var isClose = false
    for seed in 0..<10 {
      let model = try KMeans(clusterCount: 3, seed: UInt64(seed)).fit(
        points.view, weights: weights.span
      ).model
      let centroids = (0..<3).map { model.centroids[$0, 0] }.sorted()
      isClose = isClose || centroids[1] - centroids[0] < 1e-150
      #expect(try model.assign(points.view).count == 3)
      _ = try model.evaluate(points.view, weights: weights.span, seed: 0)
      let stream = try StreamingKMeans(
        StreamingParameters(clusterCount: 3, seed: 0), continuing: model)
      #expect(try stream.predict(points.view).labels == model.assign(points.view))
    }
    #expect(isClose)
  }
}
