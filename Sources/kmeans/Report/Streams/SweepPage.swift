import Batching
import Clustering
import KMeansFiles
import KMeansReports

/// The report of a sweep: the same points learnt with several half-lives.
struct SweepPage: ReportKind {
  private let command: ReportCommand
  private let clusters: Int
  private let halfLives: [Double]

  init?(_ command: ReportCommand) throws {
    guard command.streams.sweep else { return nil }
    guard let k = command.shown.clusterCount else {
      throw Failure.usage("--sweep: expected -k K, the number of clusters")
    }
    guard !command.inputs.isEmpty else {
      throw Failure.usage("--sweep: expected INPUT, the points of the stream")
    }
    if command.clustering.pointWeights != nil {
      throw Failure.usage("--point-weights: expected no weights with --sweep")
    }
    (self.command, clusters) = (command, k)
    halfLives = command.streams.halfLives ?? [0.5, 1, 2, 5, 10, .infinity]
  }

  func made() throws -> (page: Page, facts: ReportFacts) {
    let truth = try Truth(command.streams.truth, note: command.common.note)
    let points = try StreamPoints(command, limit: command.streams.batchSize)
    var runs = try halfLives.map { halfLife in
      let parameters = try parameters(halfLife)
      return SweepRun(
        stream: StreamingKMeans<Double>(parameters), halfLife: halfLife,
        alignment: truth?.alignment)
    }
    var (sample, number) = (PointSample(most: command.results.sample), 0)
    let first = try points.next()
    var next = try points.next()
    if let first, first.points.rows > 0, next == nil { throw singleBatch(first.points.rows) }
    var current = first
    while let batch = current {
      number += 1
      sample.add(batch.points, batch: number)
      for place in runs.indices {
        try batch.locator.onError { () throws(ClusteringError) in
          try runs[place].learn(batch.points)
        }
        try runs[place].note()
      }
      current = next
      next = current == nil ? nil : try points.next()
    }
    for place in runs.indices { try runs[place].finish(command.inputs[0]) }
    let drawn = DrawnSweep(
      runs.map { DrawnSweep.Panel(halfLife: $0.halfLife, $0.history) }, names: points.names,
      sample: sample)
    var facts = ReportFacts("sweep")
    (facts.batches, facts.points, facts.clusters) = (points.count, sample.total, clusters)
    facts.sampledPoints = sample.points.count
    let source =
      command.inputs.count == 1
      ? command.inputs[0] : counted(command.inputs.count, "input")
    var page = drawn.page("Half-lives side by side", source: source)
    if let note = truth?.remark(runs[0].alignment, of: source) {
      page.notes.insert("\(note).", at: 0)
      command.common.note(note)
    }
    return (page, facts)
  }

  /// Half-lives are counted in batches: of one batch all pictures are the same.
  private func singleBatch(_ rows: Int) -> Failure {
    Failure.usage(
      "--sweep: \(command.inputs[0]): \(counted(rows, "point")) in a single batch, and half-lives are "
        + "counted in batches: expected several, as --batch-size \(max(1, rows / 40)) makes them")
  }

  private func parameters(_ halfLife: Double) throws -> StreamingParameters {
    var parameters = StreamingParameters(
      clusterCount: clusters, forgetting: halfLife.isFinite ? .halfLife(halfLife) : .never,
      seed: command.clustering.seed)
    parameters.distance = try command.clustering.distances.measure()
    parameters.standardizes = command.clustering.standardize
    parameters.leavesOutZeroRows = command.rows.leavesOut
    parameters.execution = try command.common.execution()
    try parameters.validate()
    return parameters
  }
}

/// One stream of a sweep, and what is kept of it.
private struct SweepRun {
  var stream: StreamingKMeans<Double>
  let halfLife: Double
  private(set) var history = StreamHistory()
  private(set) var alignment: TruthAlignment?
  private var report: BatchReport?

  init(stream: StreamingKMeans<Double>, halfLife: Double, alignment: TruthAlignment?) {
    (self.stream, self.halfLife, self.alignment) = (stream, halfLife, alignment)
  }

  mutating func learn(_ points: Matrix<Double>) throws(ClusteringError) {
    report = try stream.update(points)
  }

  /// Keeps what a batch has taught.
  mutating func note() throws {
    guard let report else { return }
    let record = TraceRecord(report, of: stream)
    let truth = alignment?.next(batch: record.batch, points: record.points, time: record.time)
    if let problem = history.add(record, truth: truth) {
      throw Failure.data("batch \(report.number): \(problem)")
    }
  }

  /// Begins with fewer rows than were waited for, where there are no others.
  mutating func finish(_ path: String) throws {
    guard !stream.hasStarted else { return }
    guard stream.waitingPointCount > 0 else {
      throw Failure.data("\(path): there are no points")
    }
    report = try stream.begin()
    try note()
  }
}
