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
    let inputs = InputFiles.all(command.source.inputs) + [command.given.path!]
    let json = command.common.json
    labeledRows = try LabeledOutput(command.append, of: command.source.inputs, inputs: inputs)
    let wantsFiles = command.distances != nil || labeledRows != nil
    let isSilent = command.labels == nil && !wantsFiles && !json
    labels = try Output(
      isSilent ? "-" : command.labels, option: "--labels", toStdout: true, inputs: inputs)
    distances = try Output(command.distances, option: "--distances", inputs: inputs)
    let all = [labels, distances, labeledRows?.output]
    try Output.checkDistinct(all)
    try command.clobber.check(all)
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
