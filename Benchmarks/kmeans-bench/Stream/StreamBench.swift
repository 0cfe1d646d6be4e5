import ArgumentParser
import Clustering
import KMeansLinearAlgebra
import VectorIO

/// Batches learnt one after another, beside bare assignments of the same points.
struct StreamBench: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stream",
    abstract: "Batches learnt by a stream, beside bare assignments of the same points.")

  @OptionGroup var options: BenchOptions

  @Option(help: "Points in a batch; those that fill no last batch are left out.")
  var batchSize = 10_000

  @Option(help: "How many batches; all points once otherwise. More begin with the first again.")
  var batches: Int?

  @Option(help: "Half-life, in batches.")
  var halfLife = 5.0

  @Flag(help: "Time updates and nothing between them.")
  var updatesOnly = false

  @Option(help: "Time updates beside predictions and updates in one: of labels, or of all scores.")
  var predict: PredictedParts?

  @Option(help: ArgumentHelp("Where to write the final centroids: npy or csv.", valueName: "OUT"))
  var centroids: String?

  func validate() throws {
    guard batchSize > 0 else { throw ValidationError("--batch-size: expected at least 1") }
    if let batches, batches < 1 { throw ValidationError("--batches: expected at least 1") }
    guard halfLife > 0 else { throw ValidationError("--half-life: expected more than 0") }
  }

  func run() throws {
    switch try options.resolvedPrecision() {
    case .float: try measure(Float.self)
    case .double: try measure(Double.self)
    }
  }

  private func measure<Scalar: ClusteringScalar>(_ type: Scalar.Type) throws {
    let data = try BenchData<Scalar>(options)
    let isa = try options.instructionSet()
    var parameters = StreamingParameters(
      clusterCount: options.k, forgetting: .halfLife(halfLife, .batches), seed: options.seed)
    parameters.execution = options.execution(isa)
    let run = StreamRun(data, parameters, batchSize: batchSize, batchCount: batches)
    var report = BenchReport("stream", options, data, isa)
    report.add("batchSize", run.batchSize)
    report.add("batches", run.batchCount)
    report.add("halfLife", halfLife)
    let stream = try addFacts(of: run, to: &report)
    if let predict {
      try addPredictions(predict, of: run, to: &report)
    } else {
      try updatesOnly ? addUpdates(of: run, to: &report) : addAll(of: run, to: &report)
    }
    if let centroids { try write(stream.centroids!, to: centroids) }
    try report.print(json: options.json)
  }

  /// What the stream learns, which is the same in every repetition; the first one warms up.
  private func addFacts<Scalar: ClusteringScalar>(
    of run: StreamRun<Scalar>, to report: inout BenchReport
  ) throws -> StreamingKMeans<Scalar> {
    var (events, inertia) = (0, 0.0)
    let (_, stream) = try run.learn { batch in
      events += batch.events.count
      inertia = batch.inertiaAfter
    }
    report.add("events", events)
    report.add("lastInertia", inertia)
    return stream
  }

  private func addUpdates<Scalar: ClusteringScalar>(
    of run: StreamRun<Scalar>, to report: inout BenchReport
  ) throws {
    var samples: [StreamRun<Scalar>.Sample] = []
    for _ in 0..<options.repetitions { samples += try run.learn().samples }
    addUpdates(samples, run, to: &report)
  }

  private func addUpdates<Scalar: ClusteringScalar>(
    _ samples: [StreamRun<Scalar>.Sample], _ run: StreamRun<Scalar>, to report: inout BenchReport
  ) {
    let time = median(samples.map(\.update))
    report.add("updateSeconds", time)
    report.add("pointsPerSecond", Double(run.batchSize) / time)
    report.add("redecidedShare", share(samples.map(\.redecided), run))
  }

  /// The share of the points of some batches.
  private func share<Scalar: ClusteringScalar>(
    _ points: [Int], _ run: StreamRun<Scalar>
  ) -> Double {
    Double(points.reduce(0, +)) / Double(points.count * run.batchSize)
  }

  /// An update beside one with predictions, batch by batch: the ratio of the medians, and the
  /// median of the ratios.
  private func addPredictions<Scalar: ClusteringScalar>(
    _ predicted: PredictedParts, of run: StreamRun<Scalar>, to report: inout BenchReport
  ) throws {
    _ = try run.learnBesidePredictions(predicted.parts)
    var samples: [StreamRun<Scalar>.Sample] = []
    for _ in 0..<options.repetitions {
      samples += try run.learnBesidePredictions(predicted.parts)
    }
    let (update, both) = (samples.map(\.update), samples.map(\.predictThenUpdate))
    addUpdates(samples, run, to: &report)
    report.add("predictThenUpdateSeconds", median(both))
    report.add("timesUpdate", median(both) / median(update))
    report.add("timesUpdateByBatch", median(zip(both, update).map { $0 / $1 }))
  }

  private func addAll<Scalar: ClusteringScalar>(
    of run: StreamRun<Scalar>, to report: inout BenchReport
  ) throws {
    _ = try run.learnBesideAssignments()
    var samples: [StreamRun<Scalar>.Sample] = []
    for _ in 0..<options.repetitions { samples += try run.learnBesideAssignments() }
    let (update, assign) = (samples.map(\.update), samples.map(\.assign))
    addUpdates(samples, run, to: &report)
    report.add("assignSeconds", median(assign))
    report.add("assignPointsPerSecond", Double(run.batchSize) / median(assign))
    report.add("assignRedecidedShare", share(samples.map(\.assignRedecided), run))
    report.add("shareOfAssign", median(assign) / median(update))
    report.add("shareOfAssignByBatch", median(zip(assign, update).map { $0 / $1 }))
    report.add("predictThenUpdateSeconds", median(samples.map(\.predictThenUpdate)))
    let growth = try run.memoryGrowth()
    report.add("allocatedBytesGrowth", growth.inUse)
    if let peak = growth.peak { report.add("peakBytesGrowth", peak) }
  }

  private func write(_ centroids: Matrix<Double>, to path: String) throws {
    let writer = try VectorWriter<Double>(path, columns: centroids.columns, rows: centroids.rows)
    try writer.write(centroids.view)
    try writer.finish()
  }
}

/// The parts of predictions that are timed.
enum PredictedParts: String, ExpressibleByArgument {
  case labels
  case scores

  var parts: Predictions.Parts { self == .labels ? .labels : .all }
}
