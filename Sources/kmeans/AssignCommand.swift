import ArgumentParser
import Clustering
import Foundation
import KMeansFiles
import VectorIO

/// kmeans assign: finds the nearest centroid of each point of a file, block by block.
struct AssignCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "assign", abstract: "Find the nearest centroid of each point.",
    discussion: """
      Without --labels and --distances the labels go to the standard output, one a line.
      Example: kmeans assign new.csv --model clusters.kmeans --labels labels.csv
      """)

  @OptionGroup var source: InputOptions
  @OptionGroup var common: RunOptions

  @Option(help: ArgumentHelp("The model of a fit.", valueName: "M"))
  var model: String?

  @Option(help: ArgumentHelp("Centroids: any file of rows.", valueName: "FILE"))
  var centroids: String?

  @Option(help: ArgumentHelp(
    "Write the labels: .npy, .csv, or - for the standard output.", valueName: "OUT"))
  var labels: String?

  @Option(help: ArgumentHelp(
    "Write the squared Euclidean distance to the nearest centroid: .npy or .csv.",
    valueName: "OUT"))
  var distances: String?

  func validate() throws {
    guard (model == nil) != (centroids == nil) else {
      throw ValidationError("give --model M or --centroids FILE")
    }
  }

  func run() throws {
    let outputs = try AssignOutputs(self)
    let file = try OpenedVectorFile(source.input, options: source.reading)
    if let summary = file.info.columnSummary { common.note("\(source.input): \(summary)") }
    switch try precision(file.info) {
    case .float: try assign(file.rows(as: Float.self), outputs)
    case .double: try assign(file.rows(as: Double.self), outputs)
    }
  }

  /// What is asked for, else the wider of the points' and the centroids' types: nothing is rounded.
  private func precision(_ info: VectorFileInfo) throws -> Precision {
    let points = source.precision ?? Precision(info.precision)
    guard source.precision == nil, points == .float else { return points }
    if let model { return try KMeansModel<Float>.holdsFloats(model) ? .float : .double }
    return Precision(try OpenedVectorFile(centroids!).info.precision)
  }

  private func assign<Scalar: ClusteringScalar>(
    _ rows: VectorFile<Scalar>, _ outputs: AssignOutputs
  ) throws {
    let model: KMeansModel<Scalar> = try loadModel()
    var assignment = BlockAssignment(
      model: model, threads: common.threadCount, isa: try common.instructionSet(), path: source.input)
    let clock = ContinuousClock()
    let begin = clock.now
    try assignment.read(rows, keepingDistances: outputs.wantDistances)
    let report = AssignReport(
      assignment, common, seconds: assignment.seconds,
      readSeconds: (clock.now - begin).seconds - assignment.seconds)
    try outputs.writeFiles(assignment.labels, assignment.distances)
    if common.json {
      try report.printJSON()
    } else {
      common.summary(report.summary(source.input), stdoutIsTaken: outputs.takeStdout)
    }
    try outputs.writeToStdout(assignment.labels)
  }

  private func loadModel<Scalar: ClusteringScalar>() throws -> KMeansModel<Scalar> {
    if let model {
      // Only a user who asked for float gets a model of doubles rounded.
      if Scalar.self == Float.self, try !KMeansModel<Float>.holdsFloats(model) {
        return try KMeansModel<Double>.load(from: model).rounded()
      }
      return try .load(from: model)
    }
    var rows = try VectorFile<Scalar>(centroids!)
    let matrix = try Matrix(reading: &rows)
    guard matrix.rows > 0 else { throw Failure.data("\(centroids!): there are no centroids") }
    for row in 0..<matrix.rows {
      for column in 0..<matrix.columns where !matrix[row, column].isFinite {
        throw Failure.data("\(centroids!): row \(row), column \(column) is not finite")
      }
    }
    return KMeansModel(
      centroids: matrix, clusterWeights: Array(repeating: 1, count: matrix.rows), inertia: 0,
      iterations: 0, converged: false)
  }
}

extension KMeansModel {
  /// The same model with centroids rounded to another type.
  fileprivate func rounded<Other: ClusteringScalar>() throws -> KMeansModel<Other> {
    let values = (0..<centroids.rows).flatMap { row in
      (0..<centroids.columns).map { Other(centroids[row, $0]) }
    }
    return KMeansModel<Other>(
      centroids: try Matrix(values.span, columns: centroids.columns),
      clusterWeights: clusterWeights, inertia: inertia, iterations: iterations,
      converged: converged)
  }
}
