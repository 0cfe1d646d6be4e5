import Clustering
import Foundation
import Testing

@Suite("Clusters that get no points") struct DeathTests {
  private func parameters(
    _ forgetting: Forgetting, _ deaths: StreamingParameters.Deaths = .afterHalfLives(8)
  ) -> StreamingParameters {
    var parameters = StreamingParameters(clusterCount: 3, forgetting: forgetting, seed: 0)
    parameters.deaths = deaths
    return parameters
  }

  /// Points round 0 and 100, none round 1,000.
  private func batch(_ seed: UInt64, of rows: Int = 40) throws -> Matrix<Float> {
    var random = TestRandom(seed)
    return try Matrix(
      (0..<rows).map { row -> [Float] in
        let blob = Float(row % 2)
        return [blob * 100 + Float(random.bell()) * (blob + 1), Float(random.bell())]
      })
  }

  private func stream(_ parameters: StreamingParameters) throws -> StreamingKMeans<Float> {
    try StreamingKMeans(
      parameters, centroids: Matrix([[0, 0], [100, 0], [1000, 0]]), weights: [1, 1, 1])
  }

  @Test(arguments: [1.0, 2.5])
  func `they die after 8 half-lives, and the widest cluster is split`(_ halfLife: Double) throws {
    var stream = try stream(parameters(.halfLife(halfLife)))
    var events: [(batch: Int, event: ClusterEvent)] = []
    for number in 1...40 {
      let report = try stream.learn(batch(UInt64(number)))
      events += report.events.map { (number, $0) }
    }
    // The cluster that was never seen counts from the beginning.
    let last = Int((8 * halfLife).rounded(.up))
    #expect(events.map(\.batch) == [last, last])
    #expect(
      events.map(\.event) == [
        ClusterEvent(.died, cluster: 2, label: 2),
        ClusterEvent(.split(parent: 1), cluster: 3, label: 2),
      ])
    #expect(stream.ids == [0, 1, 3])
    // The halves share the points round 100, which are twice as wide.
    let centroids = try #require(stream.centroids)
    #expect((90...110).contains(centroids[2, 0]))
    #expect((centroids[1, 0] - centroids[2, 0]).magnitude > 1)
    #expect(stream.clusterWeights.allSatisfy { $0 > 10 })
  }

  @Test
  func `never where nothing is forgotten, or nobody shall die`() throws {
    for parameters in [
      parameters(.never), parameters(.never, .afterHalfLives(0)),
      parameters(.halfLife(0.5), .never),
    ] {
      var stream = try stream(parameters)
      for number in 1...40 {
        #expect(try stream.learn(batch(UInt64(number))).events.isEmpty)
      }
      #expect(stream.ids == [0, 1, 2])
    }
  }

  @Test
  func `after one batch where nothing is kept`() throws {
    var stream = try stream(parameters(.decayFactor(0)))
    let report = try stream.learn(batch(1))
    #expect(report.events.map(\.kind) == [.died, .split(parent: 1)])
    #expect(report.events.map(\.cluster) == [2, 3])
  }

  @Test
  func `an empty batch is a batch, in batches alone`() throws {
    let none = try Matrix<Float>(rows: 0, columns: 2)
    var stream = try stream(parameters(.halfLife(1)))
    _ = try stream.learn(batch(1))
    for _ in 0..<10 { #expect(try stream.update(none.view).events.isEmpty) }
    #expect(stream.time == 11)
    #expect(relativeDifference(stream.clusterWeights[0], 20.0 / 1024 + 1.0 / 2048) < 1e-13)
    // Nobody got points, so nobody dies; of the next points two clusters get some.
    #expect(try stream.learn(batch(2)).events.map(\.cluster) == [2, 3])
    for unit in [Forgetting.Unit.points, .seconds] {
      var other = try self.stream(parameters(.halfLife(1, unit)))
      let (time, weights) = (other.time, other.clusterWeights)
      let report = try other.update(none.view)
      #expect(report.events.isEmpty && other.time == time && other.clusterWeights == weights)
      #expect(other.batchCount == 1)
    }
  }

  @Test
  func `several in an update, each from the widest cluster that is left`() throws {
    var parameters = StreamingParameters(
      clusterCount: 5, forgetting: .halfLife(1), seed: 0)
    parameters.deaths = .afterHalfLives(2)
    var stream = try StreamingKMeans<Double>(
      parameters, centroids: Matrix([[0], [1e4], [2e4], [3e4], [4e4]]),
      weights: [1, 1, 1, 1, 1])
    var random = TestRandom(9)
    var events: [ClusterEvent] = []
    for _ in 0..<2 {
      let batch = try Matrix((0..<400).map { _ in [random.bell() * 100] })
      events += try stream.update(batch.view).events
    }
    #expect(events.count { $0.kind == .died } == 4)
    #expect(stream.ids == [0, 5, 6, 7, 8])
    // Four cuts of one cluster: five parts that lie in order of their cuts, none with all points.
    let centers = try #require(stream.centroids)
    #expect(Set((0..<5).map { centers[$0, 0] }).count == 5)
    let batch = try Matrix((0..<1000).map { _ in [random.bell() * 100] })
    let counts = try stream.update(batch.view).counts
    #expect(counts.allSatisfy { $0 > 30 }, "\(counts)")
  }

  @Test
  func `a second cut of a cluster goes by the points on its side of the first`() throws {
    var parameters = StreamingParameters(clusterCount: 3, forgetting: .halfLife(1), seed: 0)
    parameters.deaths = .afterHalfLives(1)
    var stream = try StreamingKMeans<Double>(parameters, centroids: Matrix([[0], [1e4], [2e4]]))
    var random = TestRandom(12)
    try stream.learn(Matrix((0..<4000).map { _ in [random.bell() * 100] }))
    let centers = try #require(stream.centroids)
    // Halves of a normal distribution lie at 80 = 100 sqrt(2 / pi), and vary by 60 = 100 sqrt(1 - 2
    // / pi): one of them is cut at 60 sqrt(2 / pi) = 48 from there.
    let places = (0..<3).map { centers[$0, 0] }.sorted()
    let expected = places[1] > 0 ? [-80.0, 32, 128] : [-128, -32, 80]
    for (place, expected) in zip(places, expected) {
      #expect((place - expected).magnitude < 8, "\(places)")
    }
  }

  @Test(arguments: [2, 3, 16])
  func `a long rotated cluster is split along its axis`(_ columns: Int) throws {
    var random = TestRandom(UInt64(columns))
    for turn in 0..<8 {
      var axis = (0..<columns).map { _ in random.bell() }
      let length = axis.reduce(0) { $0 + $1 * $1 }.squareRoot()
      axis = axis.map { $0 / length }
      let rows = (0..<400).map { _ -> [Float] in
        let along = 3 * random.bell()
        return axis.map { Float(50 + along * $0 + random.bell() * (1 - $0 * $0).squareRoot()) }
      }
      var parameters = StreamingParameters(
        clusterCount: 2, forgetting: .decayFactor(0), seed: 0)
      parameters.deaths = .afterHalfLives(1)
      var stream = try StreamingKMeans<Float>(
        parameters,
        centroids: Matrix([
          Array(repeating: 50, count: columns), Array(repeating: 1e6, count: columns),
        ]))
      let batch = try Matrix(rows)
      #expect(try stream.update(batch.view).events.count == 2)
      let centers = try #require(stream.centroids)
      let between = (0..<columns).map { centers[0, $0] - centers[1, $0] }
      let size = between.reduce(0) { $0 + $1 * $1 }.squareRoot()
      let cosine = zip(between, axis).reduce(0) { $0 + $1.0 * $1.1 } / size
      #expect(acos(min(1, cosine.magnitude)) * 180 / .pi < 10, "turn \(turn)")
      // The halves of a normal distribution of deviation 3: 2 x 3 sqrt(2 / pi) apart.
      #expect((size - 4.787).magnitude < 0.6)
    }
  }

  @Test
  func `halves differ, and lie among the points, however far away and narrow the cluster is`()
    throws
  {
    try check([(1e6, 0.1), (1e30, 1e24), (0, 1e-30)], Float.self)
    try check([(1e6, 1e-3), (1e8, 1), (1e30, 1e20), (0, 1e-30)], Double.self)

    func check<Scalar: ClusteringScalar>(
      _ cases: [(offset: Double, spread: Double)], _ type: Scalar.Type
    ) throws {
      for (offset, spread) in cases {
        var random = TestRandom(3)
        var parameters = StreamingParameters(clusterCount: 2, forgetting: .decayFactor(0), seed: 0)
        parameters.deaths = .afterHalfLives(1)
        var stream = try StreamingKMeans<Scalar>(
          parameters, centroids: Matrix([[Scalar(offset)], [Scalar(-3e30)]]))
        let batch = try Matrix((0..<50).map { _ in [Scalar(offset + spread * random.bell())] })
        #expect(try stream.update(batch.view).events.count == 2)
        let centers = try #require(stream.centroids)
        #expect(centers[0, 0] != centers[1, 0], "\(offset)")
        for half in 0..<2 {
          let distance = (Double(centers[half, 0]) - offset).magnitude
          #expect(distance < 3 * spread, "\(offset)")
        }
      }
    }
  }

  @Test
  func `where no cluster has any width, the dead stay, and are replaced when one has`() throws {
    var stream = try stream(parameters(.decayFactor(0)))
    let points = try Matrix<Float>([[0, 0], [0, 0], [100, 0]])
    #expect(try stream.update(points.view).events.isEmpty)
    #expect(stream.ids == [0, 1, 2])
    #expect(try stream.learn(batch(2)).events.count == 2)
  }

  @Test
  func `Spark's dying rule can be had alone`() throws {
    var parameters = parameters(.halfLife(0.5), .spark)
    parameters.clusterCount = 2
    var stream = try StreamingKMeans<Double>(
      parameters, centroids: Matrix([[0], [1000]]), weights: [1, 1])
    let batch = try Matrix((0..<10).map { [Double($0)] })
    var died = 0
    while died == 0, stream.batchCount < 100 {
      died = try stream.update(batch.view).events.count { $0.kind == .died }
    }
    // 1 x 4^-t < 1e-8 x 40/3 x (1 - 4^-t): 12 batches.
    #expect(stream.batchCount == 12)
    let centers = try #require(stream.centroids)
    #expect((centers[0, 0] - centers[1, 0] - 9e-14).magnitude < 2e-14)
    #expect(stream.clusterWeights[0] == stream.clusterWeights[1])
    #expect(throws: ClusteringError.streaming(.sparkNeedsDouble)) {
      var floats = StreamingKMeans<Float>(parameters)
      _ = try floats.learn(self.batch(1))
    }
  }
}
