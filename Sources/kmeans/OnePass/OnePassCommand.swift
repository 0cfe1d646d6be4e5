import ArgumentParser
import Clustering
import VectorIO

/// kmeans onepass: clusters points of any number in one pass, by a sketch and k-means on it.
struct OnePassCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "onepass",
    abstract: "Cluster points that are read once: a sketch of them, then k-means on the sketch.",
    discussion: """
      Memory does not grow with the number of points, so a pipe of any length will do. streamingkmeans \
      is the same command: options have the names of Apache Mahout's streamingkmeans, and more.
      Example: zcat huge.csv.gz | kmeans onepass - -k 20 --model clusters.count.kmeans
      Mahout's form: kmeans streamingkmeans -i data.csv -o out -ow -k 10 -km 60
      """,
    aliases: ["streamingkmeans"])

  @OptionGroup(title: "Clusters") var clusters: OnePassClusterOptions
  @OptionGroup(title: "Input") var source: OnePassInputOptions
  @OptionGroup(title: "Output") var results: OnePassOutputOptions
  @OptionGroup(title: "Sketch") var sketching: SketchOptions
  @OptionGroup(title: "Ball k-means") var ball: BallOptions
  @OptionGroup(title: "Map and reduce") var mapReduce: MapReduceOptions
  @OptionGroup(title: "As Mahout's") var mahout: MahoutOptions
  @OptionGroup(title: "Checkpoints") var keeping: OnePassCheckpointOptions
  @OptionGroup var common: RunOptions

  func run() throws {
    let remark = try mahout.check()
    let parameters = try self.parameters()
    do throws(ClusteringError) { try parameters.validate() } catch {
      throw Failure(error, .mahout)
    }
    try checkLabels()
    let plan = try mapReduce.plan()
    if plan != nil, keeping.checkpoint != nil {
      throw Failure.usage(
        "--checkpoint: -xm mapreduce keeps its phases in its folder by itself, expected one of them"
      )
    }
    let outputs = try OnePassOutputs(
      results, common, source, sketching.distances, checkpoint: keeping.checkpoint)
    if let remark { common.note(remark) }
    let run = OnePassRun(
      command: self, parameters: parameters, outputs: outputs,
      checkpoints: try OnePassCheckpoints(self, outputs.checkpoint, parameters))
    guard let plan else { return try cluster(run, nil) }
    let phases = try MapReduceRun(run, plan)
    do {
      try cluster(run, phases)
    } catch {
      phases.abandon(error)
      throw error
    }
    if plan.phases.upperBound == .ball { phases.end() }
  }

  private func cluster(_ run: OnePassRun, _ phases: MapReduceRun?) throws {
    if let rows = phases?.rows, source.pipe != nil {
      // An earlier run has read all that came.
      return rows.isFloat
        ? try run.cluster(VectorFile<Float>?.none, phases)
        : try run.cluster(VectorFile<Double>?.none, phases)
    }
    let file = try source.open(run.reading, note: common.note)
    common.note(file.info)
    switch source.rows.precision ?? Precision(file.info.precision) {
    case .float: try run.cluster(file.rows(as: Float.self), phases)
    case .double: try run.cluster(file.rows(as: Double.self), phases)
    }
  }

  /// Refuses labels of input that cannot be read twice, before the user waits for them.
  private func checkLabels() throws {
    guard results.wantsLabels, let pipe = source.pipe else { return }
    let option = results.clustering ? "-cl" : "--labels"
    let input = pipe == "-" ? "the standard input" : pipe
    throw Failure.usage(
      "\(option): labels take reading twice, and \(input) is no file: expected a file as input, or "
        + "--model and 'kmeans assign' afterwards")
  }

  private func parameters() throws -> OnePassKMeans {
    var onePass = OnePassKMeans(clusterCount: clusters.count.k, seed: clusters.seed)
    try sketching.set(&onePass.sketch, mahout.compat)
    try mahout.setDistance(&onePass.sketch, sketching.distances)
    onePass.sketch.searcher = try mahout.search()
    onePass.sketch.leavesOutZeroRows = source.rows.leavesOut
    try ball.set(&onePass.ball, mahout.compat, power: onePass.sketch.usedPower)
    onePass.sketch.execution = try common.execution()
    onePass.ball.execution = onePass.sketch.execution
    return onePass
  }
}

/// How many clusters there are, and the draws.
struct OnePassClusterOptions: ParsableArguments {
  @OptionGroup var count: ClusterCountOptions

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Decides every random draw. (default: 0)", valueName: "N"),
    transform: seedNumber)
  var seed: UInt64 = 0
}
