import ArgumentParser
import Clustering
import VectorIO

/// kmeans stream: clusters points that come batch by batch and are forgotten as they age.
struct StreamCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stream",
    abstract: "Cluster points as they come, batch by batch, and forget old ones.",
    discussion: """
      Each file is a batch, or --batch-size rows of it are; of the standard input (-) a batch is \
      what comes within --interval; of a folder (--train-dir) each file that is put into it. Each batch is assigned to the centroids as they are; then every \
      cluster decays, and those that got points move towards their mean. SIGINT, SIGTERM and SIGHUP \
      let the batch at work finish and what was learnt be written; a second signal stops at once.
      The first row of a pipe decides its columns: those whose field is a number, unless --columns \
      chooses them; a later text in one of them is an error, or its row is left out by --on-invalid skip.
      Whatever ends it, what whole batches taught is written, and a trace or predictions that are there \
      already go on. SIGUSR1 writes the model as it is and lets the stream go on.
      Example: tail -n +1 -F points.csv | kmeans stream - -k 10 --half-life 5 --trace trace.jsonl
      """)

  @OptionGroup(title: "Clusters") var clusters: StreamClusterOptions
  @OptionGroup(title: "Clusters") var learning: LearningOptions
  @OptionGroup(title: "Clusters") var start: StartOptions
  @OptionGroup(title: "Input") var source: StreamInputOptions
  @OptionGroup(title: "Output") var results: StreamOutputOptions
  @OptionGroup(title: "Checkpoints") var keeping: StreamCheckpointOptions
  @OptionGroup(title: "Drift") var drift: DriftOptions
  @OptionGroup(title: "Watching") var live: LiveOptions
  @OptionGroup(title: "Many models") var keyed: KeyedOptions
  @OptionGroup var common: RunOptions

  /// Whether a batch is nothing that anybody has asked for: a few rows that came together.
  var isCutByArrival: Bool {
    clusters.noUpdate && source.isStandardInput && source.batchSize == nil
      && source.interval == nil
  }

  func validate() throws {
    if clusters.k == nil, start.isDrawn {
      throw ValidationError(
        clusters.noUpdate
          ? "--no-update: expected --init MODEL, or a file of centroids, to predict by"
          : "Missing expected argument '--clusters <K>'")
    }
    try source.folders.check(learns: !clusters.noUpdate, predictions: results.predictions)
    try validateKeyed()
    guard clusters.noUpdate else { return }
    if start.isDrawn {
      throw ValidationError(
        "--no-update: expected --init MODEL, or a file of centroids, to predict by")
    }
    let givenNames = learning.givenNames + start.givenNames + results.givenNames
    if let name = (givenNames + drift.givenNames).first {
      throw ValidationError(
        "\(name): nothing is learnt with --no-update, so that it has no effect: leave one of them out"
      )
    }
  }

  func run() throws {
    try checkSpark()
    let start = try StreamStart(start, source.rows, note: common.note)
    var parameters = try self.parameters(clusters: clusters.k ?? start.clusterCount ?? 0)
    try start.complete(&parameters, learning)
    let weights = (self.start.weightPath.map { [$0] } ?? []) + learning.distances.paths
    var outputs = try StreamOutputs(
      results, common, inputs: source.inputs + source.folders.paths + weights, start: start.path,
      checkpoint: keeping.checkpoint)
    let checkpoints = try StreamCheckpoints(self, outputs, parameters)
    try source.checkInputs()
    let timeGuard = TimeGuard(parameters, leavesOut: source.rows.leavesOut)
    // What is too far ahead is left out, and does not reach the stream.
    if timeGuard != nil { parameters.maxTimeJump = .infinity }
    var source = source
    source.modelColumn = keyed.keyModels
    source.takesRowsAtOnce = clusters.noUpdate
    source.knownColumns = start.dimension
    source.skipsZeroRows = start.skipsZeroRows(learning, parameters.distance)
    let expected = start.expectedColumns(areListed: source.rows.areColumnsListed)
    outputs.watch = try StreamWatch(
      live, quiet: common.quiet, stdoutIsTaken: outputs.takeStdout)
    answerEarly(outputs, start)
    if source.folders.areGiven {
      return try runFolders(
        source, parameters, start, outputs, timeGuard, checkpoints, like: expected)
    }
    let first = try source.openFile(source.inputs[0], like: expected)
    if keyed.keyModels != nil {
      return try runKeyed(first, source, parameters, outputs, like: expected)
    }
    let info = first.info
    let precision =
      learning.needsDouble ? .double : source.rows.precision ?? Precision(info.precision)
    switch precision {
    case .float:
      let batches = try source.batches(
        first, as: Float.self, behind: checkpoints?.mark, like: expected, note: common.note)
      try StreamRun(batches, info, self, parameters, start, outputs, timeGuard, checkpoints).run()
    case .double:
      let batches = try source.batches(
        first, as: Double.self, behind: checkpoints?.mark, like: expected, note: common.note)
      try StreamRun(batches, info, self, parameters, start, outputs, timeGuard, checkpoints).run()
    }
  }

  /// Refuses what Spark does not have, or cannot do without, before anything is read.
  private func checkSpark() throws {
    if learning.needsDouble, source.rows.precision == .float {
      let option = learning.compat == .spark ? "--compat" : "--deaths"
      throw Failure.usage(
        "\(option) spark: Spark computes in double, expected no other --precision")
    }
    guard learning.compat == .spark else { return }
    if start.`init` == "k-means++" {
      throw Failure.usage(
        "--compat spark: Spark finds no centroids by itself, expected --init gaussian or a file")
    }
    if source.pointWeights != nil {
      throw ClusteringError.streaming(.notInSpark("weights of points"))
    }
    if source.timeColumn != nil {
      throw ClusteringError.streaming(.notInSpark("times of points"))
    }
  }

  /// Answers SIGUSR1 as long as no row has come, which may take time.
  private func answerEarly(_ outputs: StreamOutputs, _ start: StreamStart) {
    var why = StreamOutputs.nothingToWrite
    if outputs.haveResults {
      why =
        start.path == nil
        ? "there is no model yet, nothing is written" : "nothing is learnt yet, nothing is written"
    }
    let line = "SIGUSR1 before the first row: \(why)"
    let isQuiet = common.quiet
    Interruption.onRequest { if !isQuiet { Streams.say(line) } }
  }

  private func parameters(clusters: Int) throws -> StreamingParameters {
    let forgetting = try learning.forgetting(hasTimes: source.timeColumn != nil)
    var parameters = StreamingParameters(
      clusterCount: clusters, forgetting: forgetting, seed: learning.seed)
    parameters.gain = learning.gain
    parameters.rules = learning.compat == .spark ? .spark : .own
    parameters.deaths =
      learning.compat == .spark ? .spark : learning.deaths ?? parameters.deaths
    parameters.distance = try learning.distances.measure()
    parameters.standardizes = learning.standardize
    parameters.leavesOutZeroRows = source.rows.leavesOut
    parameters.maxTimeJump = learning.timeJump(forgetting) ?? parameters.maxTimeJump
    parameters.drift = drift.parameters
    try parameters.drift?.validate()
    parameters.execution = try common.execution()
    return parameters
  }
}

/// How many clusters there are, and whether they learn.
struct StreamClusterOptions: ParsableArguments {
  @Option(
    name: [.customShort("k", allowingJoined: true), .customLong("clusters")],
    parsing: .unconditional,
    help: ArgumentHelp(
      "The number of clusters; that of the file or model of --init otherwise.", valueName: "K"),
    transform: wholeNumber)
  var k: Int?

  @Flag(
    help: """
      Only predict, rows of a pipe as soon as they come: nothing is learnt, nothing decays. Needs a \
      model, or a file of centroids, by --init.
      """)
  var noUpdate = false
}
