import Clustering
import KMeansFiles
import Testing

@Suite("A stream is a value") struct StreamValueTests {
  private func learn(
    _ parameters: StreamingParameters, batches: Range<Int>, _ sample: StreamSample,
    _ stream: inout StreamingKMeans<Float>, weighted: Bool = true
  ) throws -> [BatchReport] {
    try batches.map { batch in
      let points = try sample.matrix(batch, of: Float.self)
      let (weights, times) = (sample.weights[batch], sample.times[batch])
      return try stream.update(
        points.view, weights: weighted ? weights.span : nil,
        times: parameters.forgetting.unit == .seconds ? times.span : nil, withLabels: true)
    }
  }

  static let kinds: [StreamingParameters] = {
    var kinds: [StreamingParameters] = []
    for forgetting in [
      Forgetting.never, .halfLife(0.4), .halfLife(900, .points), .halfLife(3, .seconds),
      .decayFactor(0),
    ] {
      kinds.append(StreamingParameters(clusterCount: 6, forgetting: forgetting, seed: 3))
    }
    kinds[1].distance = .cosine
    kinds[2].standardizes = true
    kinds[3].gain = .fixed
    kinds.append(StreamingParameters(clusterCount: 6, forgetting: .halfLife(1), seed: 5))
    kinds[5].start = .gaussian(dimension: 20, weight: 2)
    return kinds
  }()

  private let sample = StreamSample(
    batches: 20, clusters: 5, columns: 20, seed: 2, sizes: 900...2600, offset: 3)

  @Test(arguments: kinds)
  func `the same bits for every number of threads, strategy and instruction set`(
    _ parameters: StreamingParameters
  ) throws {
    var expected: (KMeansModel<Float>?, [BatchReport])?
    for set in InstructionSet.available {
      for threads in [1, 2, 3] {
        var parameters = parameters
        parameters.execution.threads = threads
        parameters.execution.instructionSet = set
        parameters.execution.strategy = [.auto, .blas, .fused][threads - 1]
        var stream = StreamingKMeans<Float>(parameters)
        var reports = try learn(parameters, batches: 0..<20, sample, &stream)
        // What work it took is not the result.
        for place in reports.indices { reports[place].redecided = 0 }
        let model = stream.latestModel
        #expect(model != nil)
        if let expected {
          #expect(model == expected.0, "\(threads) threads, \(set)")
          #expect(reports == expected.1, "\(threads) threads, \(set)")
        } else {
          expected = (model, reports)
        }
      }
    }
  }

  @Test(arguments: kinds)
  func `an archive goes on bit for bit, waiting or not`(_ parameters: StreamingParameters) throws {
    // The waiting stream has less than 120 rows.
    var small = sample
    small.batches[0] = Array(small.batches[0].prefix(50))
    small.weights[0] = Array(small.weights[0].prefix(50))
    small.times[0] = Array(small.times[0].prefix(50))
    for end in [0, 1, 11] {
      var stream = StreamingKMeans<Float>(parameters)
      _ = try learn(parameters, batches: 0..<end, small, &stream)
      let archive = stream.archive
      var copy = try StreamingKMeans<Float>(archive)
      #expect(copy.archive == archive)
      #expect(copy.parameters == stream.parameters && copy.time == stream.time)
      let reports = try learn(parameters, batches: end..<15, small, &stream)
      #expect(try learn(parameters, batches: end..<15, small, &copy) == reports)
      #expect(copy.latestModel == stream.latestModel)
      #expect(copy.archive == stream.archive)
      #expect(throws: FileError.self) { try StreamingKMeans<Double>(archive) }
    }
  }

  @Test
  func `an archive that cannot be is refused`() throws {
    let parameters = Self.kinds[2]
    var stream = StreamingKMeans<Float>(parameters)
    _ = try learn(parameters, batches: 0..<3, sample, &stream)
    let good = stream.archive
    let changes: [(String, Archive.Value?)] = [
      ("weights", .doubles([1, 2])), ("weights", .doubles([1, 2, 3, 4, 5, -6])),
      ("momentWeights", .doubles([1, 2, 3, 4, 5, .nan])), ("lastSeen", nil),
      ("clusterCount", .int(7)), ("clusterCount", .int(-1)), ("gain", .string("some")),
      ("pace", .string("soon")), ("paceValue", .double(-1)), ("unit", .int(3)),
      ("clock", .doubles([1, 2])), ("clock", .doubles([1, 5, 2])), ("batchCount", .int(-3)),
      ("ids", .ints([0, 1, 2])), ("ids", .ints([0, 1, 2, 3, 4, 99])), ("centers", .double(1)),
      ("centroids", nil), ("origins", .ints([1])), ("ids", .ints([0, 1, 2, 2, 4, 5])),
      ("pointCount", .int(.max)), ("clock", .doubles([0.5, 1, 2])), ("means", .doubles([1])),
      ("precision", .string("half")),
    ]
    for (name, value) in changes {
      var bad = good
      bad[name] = value
      #expect(throws: FileError.self, "\(name)") { try StreamingKMeans<Float>(bad) }
    }
  }

  @Test
  func `an archive whose squared errors no Double holds is refused`() throws {
    var stream = try StreamingKMeans<Double>(
      centroids: Matrix([[0], [1e7]]), weights: [1, 1], seed: 0)
    try stream.learn(Matrix<Double>([[0], [2e5], [1e7], [1e7 + 2e5]]))
    var archive = stream.archive
    #expect(try StreamingKMeans<Double>(archive).latestModel == stream.latestModel)
    archive["momentWeights"] = .doubles([1e303, 1e303])
    #expect(throws: FileError.self) { try StreamingKMeans<Double>(archive) }
  }

  @Test
  func `no update changes a copy, a model that is held, or what the caller gave`() throws {
    let centers = try Matrix<Float>([[0, 0], [10, 10]])
    let weights = [1.0, 2.0]
    var stream = try StreamingKMeans(
      centroids: centers, weights: weights, forgetting: .halfLife(1), seed: 0)
    let (copy, model) = (stream, try #require(stream.latestModel))
    let batch = try Matrix<Float>([[1, 2], [3, 4], [11, 12]])
    let report = try stream.update(batch.view, withLabels: true)
    let (labels, counts) = (report.labels, report.counts)
    _ = try stream.update(batch.view)
    #expect(report.labels == labels && report.counts == counts)
    #expect(centers == (try Matrix<Float>([[0, 0], [10, 10]])) && weights == [1, 2])
    #expect(batch == (try Matrix<Float>([[1, 2], [3, 4], [11, 12]])))
    #expect(model.centroids == centers && model.clusterWeights == weights)
    #expect(copy.clusterWeights == weights && copy.batchCount == 0)
    #expect(copy.latestModel == model)
    // Two copies go on apart, as if the other were not there.
    var (left, right) = (copy, copy)
    let first = try left.update(batch.view, withLabels: true)
    #expect(try right.update(batch.view, withLabels: true) == first)
    #expect(first == report)
  }

  @Test
  func `readers get whole models while a stream learns`() async throws {
    let latest = LatestModel<Float>()
    #expect(latest.model == nil)
    latest.publish(nil)
    #expect(latest.model == nil)
    let sample = sample
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        var stream = StreamingKMeans<Float>(clusterCount: 5, forgetting: .halfLife(1), seed: 0)
        for batch in 0..<20 {
          _ = try stream.learn(sample.matrix(batch, of: Float.self))
          latest.publish(stream.latestModel)
        }
      }
      group.addTask {
        let rows = try sample.matrix(0, of: Float.self)
        var last = 0
        while last < 20, !Task.isCancelled {
          guard let model = latest.model else {
            await Task.yield()
            continue
          }
          #expect(model.iterations >= last)
          last = model.iterations
          #expect(try model.assign(rows.view).count == rows.rows)
        }
      }
      try await group.waitForAll()
    }
  }
}
