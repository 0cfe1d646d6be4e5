public import ArgumentParser
public import Clustering

/// What can be said of the sketch and of ball k-means; the library's defaults otherwise.
struct SketchOptions: ParsableArguments {
  @Option(
    name: [.customLong("km", withSingleDash: true), .customLong("km")],
    help: ArgumentHelp("About how many centroids the sketch is to have.", valueName: "N"))
  var km: Int?

  @Option(help: "once, paper or jump: what is done when the sketch is too large.")
  var collapse: SketchParameters.Collapse?

  @Option(
    help: ArgumentHelp(
      "The first distance cutoff: a squared distance, estimated or shindler.", valueName: "F"))
  var cutoff = CutoffChoice.estimated

  @Option(help: "What the cutoff is multiplied by.")
  var beta: Double?

  @Option(help: "How many centroids for each unit of ln(points).")
  var logFactor: Double?

  @Option(help: "How many times too large the sketch may be before it collapses.")
  var overshoot: Double?

  @Option(help: ArgumentHelp("The largest block.", valueName: "ROWS"))
  var block: Int?

  @Option(help: "Runs of ball k-means.")
  var runs: Int?

  func validate() throws {
    if let block, block < 1 { throw ValidationError("--block \(block): expected at least 1") }
    if let runs, runs < 1 { throw ValidationError("--runs \(runs): expected at least 1") }
  }

  /// The two steps with these parameters.
  ///
  /// - Parameter points: how many there are, which `--cutoff shindler` asks for.
  func onePass(
    _ options: BenchOptions, points: Int, _ isa: InstructionSet
  ) throws -> OnePassKMeans {
    var onePass = OnePassKMeans(clusterCount: options.k, seed: options.seed)
    onePass.sketch.numClusters = km
    if let collapse { onePass.sketch.collapse = collapse }
    onePass.sketch.distanceCutoff = cutoff.value(points: points)
    if let beta { onePass.sketch.beta = beta }
    if let logFactor { onePass.sketch.clusterLogFactor = logFactor }
    if let overshoot { onePass.sketch.clusterOvershoot = overshoot }
    onePass.sketch.execution = options.execution(isa)
    if let runs { onePass.ball.runs = runs }
    onePass.ball.execution = options.execution(isa)
    try onePass.validate()
    return onePass
  }
}

/// A distance cutoff on the command line.
enum CutoffChoice: ExpressibleByArgument {
  case estimated, shindler
  case fixed(Double)

  init?(argument: String) {
    switch argument {
    case "estimated": self = .estimated
    case "shindler": self = .shindler
    default:
      guard let cutoff = Double(argument) else { return nil }
      self = .fixed(cutoff)
    }
  }

  var defaultValueDescription: String { "estimated" }

  func value(points: Int) -> SketchParameters.DistanceCutoff {
    switch self {
    case .estimated: .estimated
    case .shindler: .shindler(points: points)
    case .fixed(let cutoff): .fixed(cutoff)
    }
  }
}

extension SketchParameters.Collapse: ExpressibleByArgument {}
