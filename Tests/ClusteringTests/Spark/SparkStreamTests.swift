// The public stream by Spark's rules: Spark's states, and a refusal where Spark goes wrong.
import Clustering
import Testing

extension SparkTrace {
  /// A stream that begins as the trace does.
  fileprivate func stream() throws(ClusteringError) -> StreamingKMeans<Double> {
    var parameters = StreamingParameters(
      clusterCount: centers.count,
      forgetting: .decayFactor(decay, unit == "points" ? .points : .batches), seed: 1)
    parameters.rules = .spark
    parameters.execution.threads = 2
    return try StreamingKMeans(parameters, centroids: try! Matrix(centers), weights: weights)
  }
}

extension StreamingKMeans<Double> {
  fileprivate mutating func update(_ batch: [[Double]]) throws(ClusteringError) -> BatchReport {
    let columns = batch.first?.count ?? centroids?.columns ?? 1
    let values = batch.flatMap { $0 }
    let view = try! MatrixView(values.span, columns: columns)
    return try update(view, withLabels: true)
  }

  fileprivate var sparkState: SparkTrace.State {
    .init(centers: centroids?.doubles ?? [], weights: clusterWeights)
  }
}

@Suite struct SparkStreamTests {
  @Test(arguments: SparkTrace.sound)
  func `states are Spark's`(trace: SparkTrace) throws {
    var stream = try trace.stream()
    for (batch, expected) in zip(trace.batches, try #require(trace.after)) {
      let report = try stream.update(batch)
      #expect(report.counts.reduce(0, +) == batch.count)
      #expect(stream.sparkState.bits == expected.bits)
    }
  }

  @Test(arguments: [("nan_point", 0, 0), ("inf_point", 0, 0)])
  func `what is not finite is refused`(name: String, row: Int, column: Int) throws {
    let trace = SparkTrace.named(name)
    var stream = try trace.stream()
    #expect(throws: ClusteringError.notFinite(row: row, column: column)) {
      try stream.update(trace.batches[0])
    }
    // Nothing has happened.
    #expect(stream.sparkState == .init(centers: trace.centers, weights: trace.weights))
    #expect(stream.batchCount == 0 && stream.pointCount == 0)
    _ = try stream.update([[0, 0]])
    #expect(stream.clusterWeights == [2, 1])
  }

  @Test func `sparse points are computed`() throws {
    let trace = SparkTrace.named("sparse_two_same_cluster")
    var stream = try trace.stream()
    let report = try stream.update(trace.batches[0])
    #expect(report.labels == [0, 0, 1])
    #expect(stream.clusterWeights == [3, 2])
    #expect(stream.centroids?.doubles == [[1.0 / 3 * 0.2, 1.0 / 3 * 0.2], [1, 1]])
  }

  @Test func `another dimension is refused`() throws {
    let trace = SparkTrace.named("dim_mismatch")
    var stream = try trace.stream()
    #expect(throws: ClusteringError.dimensionMismatch(found: 3, expected: 2)) {
      try stream.update(trace.batches[0])
    }
    #expect(stream.sparkState == .init(centers: trace.centers, weights: trace.weights))
  }

  @Test(arguments: [
    ("bad_unit_neg_decay", "Decay factor must be nonnegative but got -0.5"),
    (
      "neg_weight_zero_total",
      "Weight for each initial center must be nonnegative but got [-1.0 1.0]"
    ),
  ])
  func `negative numbers are refused`(name: String, message: String) {
    #expect(throws: ClusteringError.streaming(.sparkRequirement("requirement failed: " + message)))
    {
      try SparkTrace.named(name).stream()
    }
  }

  @Test func `centers must be set first`() {
    var parameters = StreamingParameters(clusterCount: 2, seed: 1)
    parameters.rules = .spark
    var stream = StreamingKMeans<Double>(parameters)
    #expect(throws: SparkRequirement.initialCenters) { try stream.update([[1], [2]]) }
  }

  @Test func `random centers are Spark's`() throws {
    var parameters = StreamingParameters(clusterCount: 2, seed: 42)
    parameters.rules = .spark
    parameters.start = .gaussian(dimension: 3, weight: 0)
    var stream = StreamingKMeans<Double>(parameters)
    let first = [2.384479054241165, 0.1920934041293524, 0.7337336533286575]
    let second = [-0.5224480195716871, 2.060084179317831, 0.20963383826633825]
    #expect(stream.sparkState == .init(centers: [first, second], weights: [0, 0]))
    _ = try stream.update([[2, 0, 1]])
    var model = SparkModel(centroids: try Matrix([first, second]), weights: [0, 0])
    _ = model.update([[2, 0, 1]], decayFactor: 1)
    #expect(stream.sparkState == model.state)
  }

  /// Snapshots and the caller's arrays stay as they are; Spark's change.
  @Test func `a snapshot stays`() throws {
    let trace = SparkTrace.named("decay_half_3batches")
    var stream = try trace.stream()
    let before = stream
    let centroids = try #require(stream.centroids)
    _ = try stream.update(trace.batches[0])
    #expect(before.sparkState == .init(centers: trace.centers, weights: trace.weights))
    #expect(centroids.doubles == trace.centers)
    var again = before
    _ = try again.update(trace.batches[0])
    #expect(again.sparkState == stream.sparkState)
  }
}
