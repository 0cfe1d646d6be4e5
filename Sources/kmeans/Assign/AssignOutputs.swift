import ArgumentParser
import Clustering
import Foundation
import KMeansFiles

/// The outputs of an assignment, checked before any work is done.
struct AssignOutputs {
  let labels: Output?
  let distances: Output?
  let labeledRows: LabeledOutput?
  /// Whether the labels go to the standard output.
  var takeStdout: Bool { labels?.isStdout ?? false }

  init(_ command: AssignCommand) throws {
    let inputs =
      InputFiles.all(command.source.inputs) + [command.given.path!] + command.given.distances.paths
    let json = command.common.json
    labeledRows = try LabeledOutput(
      command.results.append, of: command.source.inputs, inputs: inputs)
    let wantsFiles = command.results.distances != nil || labeledRows != nil
    let isSilent = command.results.labels == nil && !wantsFiles && !json
    labels = try Output(
      isSilent ? "-" : command.results.labels, option: "--labels", toStdout: true, inputs: inputs)
    distances = try Output(command.results.distances, option: "--distances", inputs: inputs)
    let all = [labels, distances, labeledRows?.output]
    try Output.checkDistinct(all)
    try command.results.clobber.check(all)
    try command.ids.check([labels, distances])
    try Output.checkStdout([json ? "--json" : nil, takeStdout ? "--labels -" : nil])
  }
}

/// The output of `kmeans assign --json` beside the facts of the run.
struct AssignReport: Encodable {
  let inertia: Double

  func summary(_ run: RunFacts, _ path: String) -> String {
    "\(path): \(counted(run.points, "point")) of \(counted(run.dimension, "column")) to "
      + "\(counted(run.clusters ?? 0, "centroid")) in "
      + String(format: "%.3g s, inertia ", run.seconds ?? 0) + "\(inertia)"
  }
}

extension RunFacts {
  /// The facts of an assignment.
  init<Scalar: ClusteringScalar>(
    _ assignment: BlockAssignment<Scalar>, skipped: Int, readSeconds: Double
  ) {
    let (counts, model) = (assignment.counts, assignment.model)
    self.init(
      of: Scalar.self, points: counts.rows, dimension: model.dimension, readSeconds: readSeconds,
      assignment.execution)
    setStrategy(of: assignment.execution, clusters: model.clusterCount, of: Scalar.self)
    set(seconds: assignment.seconds)
    redecidedShare = Double(counts.redecided) / Double(max(1, counts.rows))
    skippedRows = skipped
  }
}

/// Where labels and distances go.
struct AssignOutputOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Write the labels: .npy, .csv, or - for the standard output, where they go without any output "
        + "and without --json.", valueName: "OUT"),
    completion: .file())
  var labels: String?

  @Option(
    help: ArgumentHelp(
      "Write the squared Euclidean distance to the nearest centroid, or the model's own distance where "
        + "it is no squared Euclidean one: .npy or .csv.",
      valueName: "OUT"), completion: .file())
  var distances: String?

  @OptionGroup var append: AppendOptions
  @OptionGroup var clobber: ClobberOptions
}
