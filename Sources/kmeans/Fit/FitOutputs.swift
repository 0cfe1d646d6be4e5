import Clustering
import VectorIO

/// The outputs of a fit, checked before any work is done.
struct FitOutputs {
  let labels: Output?
  let labeledRows: LabeledOutput?
  private let centroids: Output?
  private let model: Output?
  /// Whether the labels go to the standard output.
  var takeStdout: Bool { labels?.isStdout ?? false }
  /// Whether any output is a file.
  var haveFiles: Bool { [centroids, labels, model, labeledRows?.output].haveFiles }

  /// - Parameter inputs: files that no output may replace. Initial centroids are none of them: they
  ///   may be replaced by better ones.
  init(_ command: FitCommand, inputs: [String]) throws {
    centroids = try Output(command.centroids, option: "--centroids", inputs: inputs)
    labels = try Output(command.labels, option: "--labels", toStdout: true, inputs: inputs)
    model = try Output(command.model, option: "--model", allowing: [.model], inputs: inputs)
    labeledRows = try LabeledOutput(command.append, of: command.source.input, inputs: inputs)
    try Output.checkDistinct([centroids, labels, model, labeledRows?.output])
    try Output.checkStdout([command.common.json ? "--json" : nil, takeStdout ? "--labels -" : nil])
  }

  /// Writes the files, but for rows with their labels.
  ///
  /// - Parameters:
  ///   - columns: the columns of the points, as the model remembers them.
  ///   - records: a label for each row of the input, -1 where it was left out.
  func write<Scalar: ClusteringScalar>(
    _ fit: KMeans.Fit<Scalar>, _ columns: InputColumns, _ records: [Int32]
  ) throws {
    try centroids?.write(centroids: fit.model.centroids)
    try labels?.write(labels: records, toStdout: false)
    guard let model else { return }
    var remembering = fit.model
    remembering.inputColumns = columns.remembered
    try remembering.save(to: model.path)
  }
}
