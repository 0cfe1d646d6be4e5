import Clustering
import VectorIO

/// The outputs of a fit, checked before any work is done.
struct FitOutputs {
  private let centroids: Output?
  private let labels: Output?
  private let model: Output?
  let labeledRows: LabeledOutput?
  /// Whether the labels go to the standard output.
  var takeStdout: Bool { labels?.isStdout ?? false }

  /// Whether anything goes to files.
  var haveFiles: Bool {
    centroids != nil || model != nil || labeledRows != nil || labels.map { !$0.isStdout } ?? false
  }

  /// - Parameter inputs: files that no output may replace. Initial centroids are none of them: they
  ///   may be replaced by better ones.
  init(_ command: FitCommand, inputs: [String]) throws {
    centroids = try command.centroids.map {
      try Output($0, option: "--centroids", allowing: [.npy, .csv], inputs: inputs)
    }
    labels = try command.labels.map {
      try Output($0, option: "--labels", allowing: [.npy, .csv], toStdout: true, inputs: inputs)
    }
    model = try command.model.map {
      try Output($0, option: "--model", allowing: [.model], inputs: inputs)
    }
    labeledRows = try LabeledOutput(command.append, of: command.source.input, inputs: inputs)
    try Output.checkDistinct([centroids, labels, model, labeledRows?.output])
    if command.common.json, takeStdout {
      throw Failure.usage("--json and --labels - both want the standard output")
    }
  }

  /// Writes the files.
  ///
  /// - Parameters:
  ///   - columns: what the model remembers of the columns of the points.
  ///   - records: a label for each row of the input, -1 where it was left out.
  func write<Scalar: ClusteringScalar>(
    _ fit: KMeans.Fit<Scalar>, _ columns: InputColumns, _ records: [Int32]
  ) throws {
    try centroids?.write(centroids: fit.model.centroids)
    if !takeStdout { try labels?.write(labels: records) }
    guard let model else { return }
    var remembering = fit.model
    remembering.inputColumns = columns.remembered
    try remembering.save(to: model.path)
  }

  /// Writes the labels to the standard output: last, so that a reader that stops early, such as
  /// `head`, costs no file.
  func writeToStdout(_ records: [Int32]) throws {
    if takeStdout { try labels?.write(labels: records) }
  }
}
