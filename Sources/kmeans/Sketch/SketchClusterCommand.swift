import ArgumentParser
import Clustering
import Foundation
import KMeansFiles

/// kmeans sketch cluster: ball k-means of sketches, as one pass ends with it.
struct SketchClusterCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cluster",
    abstract: "Cluster a sketch, or several that are merged first, as one pass does at its end.",
    discussion: """
      With the options of the run that made the sketch the clusters are those of that run, bit for \
      bit; with others no point has to be read again.
      Example: kmeans sketch cluster points.sketch -k 20 --model clusters.count.kmeans
      """)

  @OptionGroup(title: "Clusters") var clusters: SketchClusterOptions
  @OptionGroup(title: "Input") var source: SketchInputOptions
  @OptionGroup(title: "Output") var results: SketchClusterOutputOptions
  @OptionGroup(title: "Ball k-means") var ball: BallOptions
  @OptionGroup var common: RunOptions

  func run() throws {
    let outputs = try SketchClusterOutputs(results, source.sketches)
    let execution = try common.execution()
    let clock = ContinuousClock()
    let start = clock.now
    let sketch = try AnySketch.merged(source.sketches, execution)
    let seconds = (clock.now - start).seconds
    switch sketch {
    case .floats(let file): try cluster(file, readSeconds: seconds, outputs)
    case .doubles(let file): try cluster(file, readSeconds: seconds, outputs)
    }
  }

  private func cluster<Scalar: ClusteringScalar>(
    _ file: SketchFile<Scalar>, readSeconds: Double, _ outputs: SketchClusterOutputs
  ) throws {
    let parameters = try self.parameters(file.sketch.parameters)
    var times = OnePassTimes()
    times.read = readSeconds
    let clock = ContinuousClock()
    let start = clock.now
    let name =
      source.sketches.count == 1
      ? file.path : counted(source.sketches.count, "sketch", plural: "sketches")
    let fit = try SketchClustering(parameters).fit(
      file.sketch, ErrorLocator(name, columnCount: file.sketch.dimension ?? 0))
    times.ball = (clock.now - start).seconds
    var model = fit.model
    model.inputColumns = file.columns
    try outputs.write(model)
    let report = OnePassReport(
      fit, parameters, start: ball.start(clusters.compat), clusters.compat, times, cost: nil)
    let run = RunFacts(fit, parameters, times, skipped: nil)
    let note = ClusterTable.note(name, empty: report.emptyClusters, of: model.clusterCount)
    if let note { common.note(note) }
    if common.json { return try report.printJSON(run) }
    try common.summary(
      OnePassSummary(report, run, model, path: name).lines, besideFiles: outputs.all.haveFiles)
  }

  /// The parameters of the sketch, with those of clustering it.
  private func parameters(_ sketch: SketchParameters) throws -> OnePassKMeans {
    var onePass = OnePassKMeans(
      clusterCount: clusters.count.k, seed: clusters.seed ?? sketch.seed)
    onePass.sketch = sketch
    // A sketch for fewer clusters may have centroids enough: they are counted.
    onePass.sketch.numClusters = max(
      sketch.numClusters ?? 7 * sketch.clusterCount, clusters.count.k &+ 1)
    onePass.sketch.execution = try common.execution()
    onePass.ball.execution = onePass.sketch.execution
    try ball.set(&onePass.ball, clusters.compat, power: sketch.usedPower)
    do throws(ClusteringError) { try onePass.validate() } catch { throw Failure(error, .mahout) }
    return onePass
  }
}

/// How many clusters there are, and the draws.
struct SketchClusterOptions: ParsableArguments {
  @OptionGroup var count: ClusterCountOptions

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Decides every random draw. (default: the seed of the first sketch)", valueName: "N"),
    transform: seedNumber)
  var seed: UInt64?

  @Option(help: "mahout: Mahout's defaults of ball k-means, as of 'kmeans onepass'.")
  var compat: MahoutOptions.Compatibility?
}

/// Options for the outputs.
struct SketchClusterOutputOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Write the centroids: .npy, .csv, or .npz without their zeros.", valueName: "OUT"),
    completion: .file())
  var centroids: String?

  @Option(
    help: ArgumentHelp("Write the weights of the clusters: .npy or .csv.", valueName: "OUT"),
    completion: .file())
  var clusterWeights: String?

  @Option(help: ArgumentHelp("Write the model.", valueName: "OUT"), completion: .file())
  var model: String?

  @OptionGroup var clobber: ClobberOptions
}

/// The outputs, checked before any work is done.
struct SketchClusterOutputs {
  private let centroids: Output?
  private let clusterWeights: Output?
  private let model: Output?
  var all: [Output?] { [centroids, clusterWeights, model] }

  init(_ options: SketchClusterOutputOptions, _ inputs: [String]) throws {
    centroids = try Output(
      options.centroids, option: "--centroids", allowing: Output.centroidForms, inputs: inputs)
    clusterWeights = try Output(
      options.clusterWeights, option: "--cluster-weights", inputs: inputs)
    model = try Output(options.model, option: "--model", allowing: [.model], inputs: inputs)
    try Output.checkDistinct(all)
    try options.clobber.check(all)
  }

  func write<Scalar: ClusteringScalar>(_ fit: KMeansModel<Scalar>) throws {
    try centroids?.write(centroids: fit.centroids, fit.inputColumns)
    try clusterWeights?.write(clusterWeights: fit.clusterWeights)
    if let model { try fit.save(to: model.path) }
  }
}
