// A stream that watches its own drift.
import Clustering
import Testing

@Suite struct DriftTests {
  /// Batches of points round three centers.
  struct Source {
    var random: TestRandom
    var centers: [[Double]] = [[0, 0], [20, 0], [0, 20]]
    var spread = 1.0

    init(_ seed: UInt64) { random = TestRandom(seed) }

    mutating func batch(_ count: Int = 60) throws -> Matrix<Float> {
      try Matrix(
        (0..<count).map { _ in
          centers[Int(random.next() % UInt64(centers.count))].map {
            Float($0 + spread * random.bell())
          }
        })
    }
  }

  private func stream(_ halfLife: Double = 5) -> StreamingKMeans<Float> {
    var parameters = StreamingParameters(
      clusterCount: 3, forgetting: .halfLife(halfLife, .batches), seed: 1)
    parameters.drift = DriftParameters()
    return StreamingKMeans(parameters)
  }

  /// Learns batches in which nothing changes.
  private func settle(
    _ stream: inout StreamingKMeans<Float>, _ source: inout Source, _ batches: Int = 60
  ) throws {
    for _ in 0..<batches {
      #expect(try stream.update(source.batch()).driftEvents.isEmpty)
    }
  }

  /// The first alarms within some batches.
  private func alarms(
    _ stream: inout StreamingKMeans<Float>, _ source: inout Source, within batches: Int
  ) throws -> [DriftEvent] {
    for _ in 0..<batches {
      let events = try stream.update(source.batch()).driftEvents
      if !events.isEmpty { return events }
    }
    return []
  }

  @Test(arguments: [1, 2, 3] as [UInt64])
  func `a jump is found within two half-lives`(_ seed: UInt64) throws {
    var (stream, source) = (stream(), Source(seed))
    try settle(&stream, &source)
    source.centers = source.centers.map { [$0[0] + 3, $0[1]] }
    let events = try alarms(&stream, &source, within: 10)
    #expect(events.contains { $0.kind == .inertia || $0.kind == .speed })
    #expect(events.allSatisfy { $0.value > $0.threshold })
  }

  @Test func `a cluster that appears raises the inertia`() throws {
    var (stream, source) = (stream(), Source(4))
    try settle(&stream, &source)
    source.centers.append([50, 50])
    #expect(try alarms(&stream, &source, within: 10).map(\.kind).contains(.inertia))
  }

  @Test func `a cluster that vanishes changes the shares`() throws {
    var (stream, source) = (stream(), Source(5))
    try settle(&stream, &source)
    source.centers.removeLast()
    #expect(try alarms(&stream, &source, within: 10).map(\.kind) == [.shares])
  }

  @Test func `a spread that grows raises the inertia`() throws {
    var (stream, source) = (stream(), Source(6))
    try settle(&stream, &source)
    source.spread = 1.5
    #expect(try alarms(&stream, &source, within: 10).map(\.kind).contains(.inertia))
  }

  @Test func `where nothing changes there is no alarm`() throws {
    var (stream, source) = (stream(), Source(7))
    try settle(&stream, &source, 1500)
  }

  @Test func `after an alarm it begins anew`() throws {
    var (stream, source) = (stream(), Source(8))
    try settle(&stream, &source)
    source.spread = 2
    #expect(!(try alarms(&stream, &source, within: 10).isEmpty))
    // What is there now is what is usual; then it changes once more.
    for _ in 0..<100 {
      #expect(try stream.update(source.batch()).driftEvents.isEmpty)
    }
    source.spread = 4
    #expect(!(try alarms(&stream, &source, within: 10).isEmpty))
  }

  @Test func `watching changes nothing that is learnt`() throws {
    var (watching, source) = (stream(), Source(9))
    var parameters = watching.parameters
    parameters.drift = nil
    var plain = StreamingKMeans<Float>(parameters)
    for batch in 0..<80 {
      if batch == 50 { source.spread = 3 }
      let rows = try source.batch()
      var report = try watching.update(rows)
      let other = try plain.update(rows)
      #expect(other.drift == nil && other.driftEvents.isEmpty)
      #expect(report.inertia == other.inertia && report.moves == other.moves)
      report = other
    }
    #expect(watching.centroids == plain.centroids)
    #expect(watching.clusterWeights == plain.clusterWeights)
  }

  @Test func `saved and loaded it goes on with the same figures`() throws {
    var (stream, source) = (stream(), Source(10))
    for batch in 0..<90 {
      // In the middle of the first batches, and behind them.
      if batch == 20 || batch == 70 { stream = try StreamingKMeans(archive: stream.archived()) }
      var copy = stream
      if batch == 75 { source.spread = 2 }
      let rows = try source.batch(batch.isMultiple(of: 3) ? 5 : 60)
      let report = try stream.update(rows)
      let loaded = try StreamingKMeans<Float>(archive: copy.archived()).archived()
      #expect(loaded == copy.archived())
      #expect(try copy.update(rows) == report)
    }
    #expect(stream.parameters.drift == DriftParameters())
  }

  @Test func `merging begins anew`() throws {
    var (stream, source) = (stream(), Source(11))
    try settle(&stream, &source, 40)
    let before = stream
    var other = stream
    _ = try other.update(source.batch())
    try stream.merge(other, since: before)
    #expect(try stream.update(source.batch()).drift?.statistics == [0, 0, 0])
  }

  @Test func `the divergence is 1 bit where all points are new, and 0 where shares are the same`()
    throws
  {
    var parameters = StreamingParameters(clusterCount: 2)
    parameters.drift = DriftParameters()
    let start = try Matrix<Double>([[0], [100]])
    var stream = try StreamingKMeans(parameters, centroids: start, weights: [10, 0])
    let new = try Matrix<Double>([[99], [101]])
    #expect(try stream.update(new).drift?.shareChange == 1)
    stream = try StreamingKMeans(parameters, centroids: start, weights: [6, 2])
    let same = try Matrix<Double>([[0], [1], [2], [100]])
    #expect(try stream.update(same).drift?.shareChange == 0)
    // P = (1/2, 1/2), Q = (1, 0): H(3/4, 1/4) - 1/2.
    stream = try StreamingKMeans(parameters, centroids: start, weights: [6, 0])
    let half = try Matrix<Double>([[0], [100]])
    let found = try #require(try stream.update(half).drift?.shareChange)
    #expect((found - 0.3112781244591328).magnitude < 1e-15)
  }

  @Test(arguments: [2.0, 8])
  func `the speed of a centroid is that of its points`(_ halfLife: Double) throws {
    var parameters = StreamingParameters(
      clusterCount: 1, forgetting: .halfLife(halfLife, .batches))
    parameters.drift = DriftParameters()
    var stream = try StreamingKMeans(
      parameters, centroids: Matrix<Double>([[0]]), weights: [1])
    var report: BatchReport?
    for batch in 0..<200 {
      let place = 0.25 * Double(batch)
      let rows = try Matrix<Double>([[place - 1], [place + 1]])
      report = try stream.update(rows)
    }
    let radius = try #require(stream.clusterVariances)[0, 0].squareRoot()
    let speed = try #require(report?.drift?.speeds[0])
    #expect(relativeDifference(speed, 0.25 * halfLife / radius) < 1e-5)
    #expect(report?.drift?.speed == speed)
  }

  @Test func `without forgetting the speed is the move of the batch in radii`() throws {
    var parameters = StreamingParameters(clusterCount: 1)
    parameters.drift = DriftParameters()
    var stream = try StreamingKMeans(
      parameters, centroids: Matrix<Double>([[0]]), weights: [1])
    let rows = try Matrix<Double>([[2], [4]])
    let report = try stream.update(rows)
    // The centroid moves to 2, where its points have the mean square 2.
    let speed = try #require(report.drift?.speeds[0])
    #expect(relativeDifference(speed, 2.0.squareRoot()) < 1e-15)
  }

  @Test func `wrong parameters are refused`() {
    var parameters = StreamingParameters(clusterCount: 2)
    for (delta, lambda, least) in [(-1.0, 1.0, 30), (.nan, 1, 30), (1, 0, 30), (1, 1, 4)] {
      var drift = DriftParameters()
      (drift.delta, drift.lambda, drift.minimumBatches) = (delta, lambda, least)
      parameters.drift = drift
      #expect(throws: ClusteringError.self) { try parameters.validate() }
    }
    parameters.drift = DriftParameters()
    #expect(throws: Never.self) { try parameters.validate() }
  }
}
