// A pool of small models against a stream for each key.
import Clustering
import Foundation
import Testing

@Suite struct KeyedStreamsTests {
  /// A case of the comparison.
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    var parameters: StreamingParameters
    var hasWeights = false
    var hasTimes = false
    var testDescription: String { name }

    init(
      _ name: String, _ forgetting: Forgetting, weights: Bool = false, times: Bool = false,
      _ change: (inout StreamingParameters) -> Void = { _ in }
    ) {
      self.name = name
      parameters = StreamingParameters(clusterCount: 4, forgetting: forgetting, seed: 3)
      parameters.start = .firstRows(8)
      change(&parameters)
      (hasWeights, hasTimes) = (weights, times)
    }
  }

  static let cases = [
    Case("no forgetting", .never), Case("batches", .halfLife(5)),
    Case("weights", .halfLife(5), weights: true), Case("points", .halfLife(9, .points)),
    Case("points and weights", .decayFactor(0.9, .points), weights: true),
    Case("seconds", .halfLife(40, .seconds), times: true),
    Case("seconds and weights", .halfLife(40, .seconds), weights: true, times: true),
    Case("fixed gain", .halfLife(3)) { $0.gain = .fixed },
    Case("clusters that die soon", .halfLife(1)) { $0.deaths = .afterHalfLives(2) },
    Case("nothing is kept", .decayFactor(0)),
    Case("one cluster", .halfLife(2)) {
      $0.clusterCount = 1
    },
    Case("cosine", .halfLife(5)) { $0.distance = .cosine },
    Case("standardised", .halfLife(5)) { $0.standardizes = true },
    Case("drift", .halfLife(5)) { $0.drift = DriftParameters() },
    Case("gaussian", .halfLife(5)) { $0.start = .gaussian(dimension: 3, weight: 0) },
  ]

  /// Rows of many keys, in any order.
  struct Batch<Scalar: ClusteringScalar> {
    var keys: [String] = []
    var values: [[Scalar]] = []
    var weights: [Double] = []
    var times: [Double] = []

    init(_ random: inout TestRandom, number: Int, columns: Int = 3) {
      for _ in 0..<Int(random.next() % 60) {
        let key = Int(random.next() % 9)
        // Coarse values: rows that are equal, and ties.
        keys.append("key \(key)")
        let cluster = Double(random.next() % 4)
        values.append(
          (0..<columns).map {
            Scalar(
              (8 * cluster + Double($0) + 4 * random.bell()).rounded() / 4 + Double(key) + 0.5)
          })
        weights.append(random.next() % 13 == 0 ? 0 : Double(1 + random.next() % 5) / 3)
        times.append(1000 + 7 * Double(number) + 20 * random.bell())
      }
    }

    func rows(of key: String) -> [Int] { keys.indices.filter { keys[$0] == key } }
  }

  private func compare<Scalar: ClusteringScalar>(
    _ sample: Case, _ type: Scalar.Type, threads: Int
  ) throws {
    var parameters = sample.parameters
    parameters.execution.threads = threads
    let pool = try KeyedStreams<Scalar>(parameters)
    var streams: [String: StreamingKMeans<Scalar>] = [:]
    var random = TestRandom(17)
    for number in 0..<60 {
      let batch = Batch<Scalar>(&random, number: number)
      if batch.keys.isEmpty { continue }
      let rows = try Matrix(batch.values)
      let (weights, times) = (batch.weights, batch.times)
      let report = try pool.update(
        rows.view, keys: batch.keys, weights: sample.hasWeights ? weights.span : nil,
        times: sample.hasTimes ? times.span : nil, withPredictions: true)
      var (inertia, events) = (0.0, 0)
      for key in Set(batch.keys) {
        let own = batch.rows(of: key)
        let matrix = try Matrix(own.map { batch.values[$0] })
        let (ownWeights, ownTimes) = (own.map { weights[$0] }, own.map { times[$0] })
        var stream = streams[key] ?? StreamingKMeans(sample.parameters)
        let found = try stream.predictThenUpdate(
          matrix.view, weights: sample.hasWeights ? ownWeights.span : nil,
          times: sample.hasTimes ? ownTimes.span : nil)
        streams[key] = stream
        inertia += found.report.inertia
        events += found.report.events.count
        let predictions = try #require(report.predictions)
        #expect(
          own.map { predictions.labels[$0] }
            == found.predictions?.labels ?? own.map { _ in -1 })
        #expect(own.map { predictions.ids[$0] } == found.predictions?.ids ?? own.map { _ in -1 })
        if let distances = found.predictions?.squaredDistances {
          #expect(own.map { predictions.squaredDistances[$0] } == distances)
        }
      }
      #expect(report.events.count == events && report.keys == Set(batch.keys).count)
      #expect(relativeDifference(report.inertia, inertia) < 1e-9)
      for (key, stream) in streams where number % 7 == 0 || number > 55 {
        #expect(try pool.stream(for: key)?.archived() == stream.archived(), "\(key)")
      }
    }
    #expect(pool.count == streams.count && pool.batchCount <= 60)
  }

  @Test(arguments: cases)
  func `the same bits as a stream for each key`(_ sample: Case) throws {
    try compare(sample, Float.self, threads: 1)
    try compare(sample, Double.self, threads: 3)
  }

  @Test func `small values and weights are learnt as a stream learns them`() throws {
    let pool = try KeyedStreams<Double>(Self.cases[2].parameters)
    var stream = StreamingKMeans<Double>(Self.cases[2].parameters)
    var random = TestRandom(5)
    for _ in 0..<20 {
      let rows = try Matrix<Double>(
        (0..<8).map { _ in [random.bell() * 1e-120, 1e90 * random.bell()] })
      let weights = (0..<8).map { _ in random.next() % 2 == 0 ? 1e-150 : 1.0 }
      try pool.update(rows, keys: Array(repeating: "a", count: 8), weights: weights.span)
      _ = try stream.update(rows.view, weights: weights.span)
    }
    #expect(try pool.stream(for: "a")?.archived() == stream.archived())
  }

  @Test func `after an error the pool is as it was`() throws {
    var parameters = Self.cases[5].parameters
    parameters.maxTimeJump = 10
    let pool = try KeyedStreams<Float>(parameters)
    var random = TestRandom(8)
    for number in 0..<12 {
      var batch = Batch<Float>(&random, number: number)
      // A new key has no time that another could be far ahead of: the last row has an old one.
      if batch.keys.count < 2 { continue }
      let rows = try Matrix(batch.values)
      try pool.update(rows, keys: batch.keys, times: batch.times.span)
      let before = try pool.keysInMemory.sorted().map { try pool.stream(for: $0)?.archived() }
      let count = pool.count
      batch.keys[0] = "a key that is new"
      batch.times[batch.times.count - 1] = 1e9
      #expect(throws: ClusteringError.self) {
        try pool.update(rows, keys: batch.keys, times: batch.times.span)
      }
      #expect(pool.count == count)
      let after = try pool.keysInMemory.sorted().map { try pool.stream(for: $0)?.archived() }
      #expect(before == after)
    }
  }

  @Test func `wrong keys and values are refused with their row`() throws {
    let pool = try KeyedStreams<Float>(StreamingParameters(clusterCount: 2))
    let rows = try Matrix<Float>([[1, 2], [3, 4], [5, 6]])
    let long = String(repeating: "x", count: 1_000_000)
    #expect(throws: ClusteringError.keyed(.emptyKey(row: 1))) {
      try pool.update(rows, keys: ["a", "", "b"])
    }
    #expect(throws: ClusteringError.keyed(.keyTooLong(row: 2, bytes: 1_000_000))) {
      try pool.update(rows, keys: ["a", "b", long])
    }
    #expect(throws: ClusteringError.keyed(.keyCountMismatch(keys: 2, points: 3))) {
      try pool.update(rows, keys: ["a", "b"])
    }
    let bad = try Matrix<Float>([[1, 2], [3, .nan]])
    #expect(throws: ClusteringError.notFinite(row: 1, column: 1)) {
      try pool.update(bad, keys: ["a", "b"])
    }
    #expect(pool.count == 0 && pool.batchCount == 0)
    try pool.update(rows, keys: ["a", String(repeating: "x", count: 1024), "ü"])
    #expect(pool.count == 3)
    let narrow = try Matrix<Float>([[1]])
    #expect(throws: ClusteringError.dimensionMismatch(found: 1, expected: 2)) {
      try pool.update(narrow, keys: ["a"])
    }
  }

  @Test func `more keys than may be in memory are refused without a folder`() throws {
    let pool = try KeyedStreams<Float>(StreamingParameters(clusterCount: 1), capacity: 2)
    let rows = try Matrix<Float>([[1], [2], [3]])
    #expect(throws: ClusteringError.keyed(.tooManyModels(row: 2, capacity: 2))) {
      try pool.update(rows, keys: ["a", "b", "c"])
    }
    #expect(pool.count == 0)
    try pool.update(rows, keys: ["a", "b", "a"])
    #expect(throws: ClusteringError.keyed(.capacityNotPositive(0))) {
      try KeyedStreams<Float>(StreamingParameters(clusterCount: 1), capacity: 0)
    }
  }
}
