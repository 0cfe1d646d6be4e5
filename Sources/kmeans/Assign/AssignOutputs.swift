import Clustering
import VectorIO

/// The outputs of an assignment, checked before any work is done.
struct AssignOutputs {
  private let labels: Output?
  private let distances: Output?
  let labeledRows: LabeledOutput?
  var wantDistances: Bool { distances != nil }
  /// Whether the labels go to the standard output.
  var takeStdout: Bool { labels?.isStdout ?? false }

  init(_ command: AssignCommand) throws {
    let inputs = [command.source.input, command.model ?? command.centroids!]
    labeledRows = try LabeledOutput(command.append, of: command.source.input, inputs: inputs)
    let wantsFiles = command.distances != nil || labeledRows != nil
    let isSilent = command.labels == nil && !wantsFiles && !command.common.json
    labels = try (command.labels ?? (isSilent ? "-" : nil)).map {
      try Output($0, option: "--labels", allowing: [.npy, .csv], toStdout: true, inputs: inputs)
    }
    distances = try command.distances.map {
      try Output($0, option: "--distances", allowing: [.npy, .csv], inputs: inputs)
    }
    try Output.checkDistinct([labels, distances, labeledRows?.output])
    if command.common.json, takeStdout {
      throw Failure.usage("--json and --labels - both want the standard output")
    }
  }

  func writeFiles(_ found: [Int32], _ far: [Double]) throws {
    if !takeStdout { try labels?.write(labels: found) }
    try distances?.write(values: far)
  }

  /// Last, so that a reader that stops early costs no file.
  func writeToStdout(_ found: [Int32]) throws {
    if takeStdout { try labels?.write(labels: found) }
  }
}
