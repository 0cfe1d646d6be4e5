import ArgumentParser
import Clustering
import VectorIO

/// What a stream writes.
struct StreamOutputOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Write a line of JSON for each batch as it is learnt, behind those that are there, or - for the "
        + "standard output.",
      valueName: "OUT.jsonl"), completion: .file())
  var trace: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("A line of the trace for every Nth batch and the last.", valueName: "N"),
    transform: wholeNumber)
  var traceEvery: Int?

  @Option(
    help: ArgumentHelp(
      "Write what there is to watch, a line of JSON for each batch, without centroids, behind those "
        + "that are there, or - for the standard output.", valueName: "OUT.jsonl"),
    completion: .file())
  var metrics: String?

  @Option(
    help: ArgumentHelp(
      "Write what is predicted for each row before it is learnt: .csv or - for the standard output, "
        + "batch by batch; .npy for the labels alone, at the end.", valueName: "OUT"),
    completion: .file())
  var predictions: String?

  @Option(
    help: ArgumentHelp(
      "Write the centroids at the end: .npy, .csv, or .npz without their zeros.", valueName: "OUT"),
    completion: .file())
  var centroids: String?

  @Option(
    help: ArgumentHelp(
      "Write the weights of the clusters at the end: .npy or .csv.", valueName: "OUT"),
    completion: .file())
  var clusterWeights: String?

  @Option(help: ArgumentHelp("Write the model at the end.", valueName: "OUT"), completion: .file())
  var model: String?

  @OptionGroup var clobber: ClobberOptions

  /// The outputs that were given and are of what is learnt.
  var givenNames: [String] {
    [
      ("--model", model != nil), ("--centroids", centroids != nil),
      ("--cluster-weights", clusterWeights != nil),
    ].filter(\.1).map(\.0)
  }

  func validate() throws {
    if traceEvery != nil, trace == nil {
      throw ValidationError("--trace-every: expected --trace OUT.jsonl")
    }
    if let traceEvery, traceEvery < 1 {
      throw ValidationError("--trace-every \(traceEvery): expected at least 1")
    }
  }
}

/// The outputs of a stream, checked before any work is done; nothing is opened yet.
struct StreamOutputs {
  let trace: Output?
  let traceEvery: Int
  let metrics: Output?
  let predictions: Output?
  private let centroids: Output?
  private let clusterWeights: Output?
  private let model: Output?
  let checkpoint: Output?
  /// Those who watch the stream, if anybody does.
  var watch: StreamWatch?
  /// Whether the standard output is for data.
  let takeStdout: Bool
  /// Whether anything goes to files.
  var haveFiles: Bool {
    [trace, metrics, predictions, centroids, clusterWeights, model].haveFiles
  }
  /// Whether what is learnt goes anywhere.
  var haveResults: Bool { [centroids, clusterWeights, model].haveFiles }

  /// What is said where nothing of it does.
  static let nothingToWrite =
    "nothing to write, expected --model, --centroids or --cluster-weights"

  /// - Parameters:
  ///   - inputs: files that no output may replace.
  ///   - start: the file of the initial centroids: better ones may replace them at the end, but
  ///     nothing may be written over them before.
  init(
    _ options: StreamOutputOptions, _ common: RunOptions, inputs: [String], start: String?,
    checkpoint: String? = nil
  ) throws {
    let read = inputs + (start.map { [$0] } ?? [])
    trace = try Output(
      options.trace, option: "--trace", allowing: [.lines], toStdout: true, inputs: read)
    traceEvery = options.traceEvery ?? 1
    metrics = try Output(
      options.metrics, option: "--metrics", allowing: [.lines], toStdout: true, inputs: read)
    predictions = try Output(
      options.predictions, option: "--predictions", toStdout: true, inputs: read)
    centroids = try Output(
      options.centroids, option: "--centroids", allowing: Output.centroidForms, inputs: inputs)
    clusterWeights = try Output(
      options.clusterWeights, option: "--cluster-weights", inputs: inputs)
    model = try Output(options.model, option: "--model", allowing: [.model], inputs: inputs)
    self.checkpoint = try Output(
      checkpoint, option: "--checkpoint", allowing: [.model], inputs: read)
    let claims = [
      trace?.isStdout == true ? "--trace -" : nil,
      metrics?.isStdout == true ? "--metrics -" : nil,
      predictions?.isStdout == true ? "--predictions -" : nil, common.json ? "--json" : nil,
    ]
    try Output.checkStdout(claims)
    takeStdout = claims.contains { $0 != nil }
    let all = [trace, metrics, predictions, centroids, clusterWeights, model]
    try Output.checkDistinct(all + [self.checkpoint])
    try CheckpointFile.check(all, besides: self.checkpoint)
    try options.clobber.check(all)
  }

  /// Writes what a stream has learnt, every file that can be, even where another cannot.
  ///
  /// - Parameter columns: what the model remembers of the columns of the points.
  func write<Scalar: ClusteringScalar>(
    _ stream: StreamingKMeans<Scalar>, _ columns: InputColumns?
  ) -> WrittenFiles {
    var files = WrittenFiles()
    guard let values = stream.centroids, var latest = stream.latestModel else { return files }
    latest.inputColumns = columns?.remembered
    files.write(model) { try latest.save(to: $0.path) }
    files.write(centroids) { try $0.write(centroids: values, columns) }
    files.write(clusterWeights) { try $0.write(clusterWeights: stream.clusterWeights) }
    return files
  }
}

/// Files that were written, and those that could not be.
struct WrittenFiles {
  private(set) var names: [String] = []
  private(set) var problems: [any Error] = []

  /// Does something that writes a file.
  mutating func write(_ output: Output?, _ body: (Output) throws -> Void) {
    guard let output else { return }
    do {
      try body(output)
      names.append(output.path)
    } catch {
      problems.append(error)
    }
  }

  /// Does something that may fail.
  mutating func attempt(_ body: () throws -> Void) {
    do { try body() } catch { problems.append(error) }
  }
}
