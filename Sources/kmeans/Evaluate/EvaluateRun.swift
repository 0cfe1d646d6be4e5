import Clustering
import Foundation
import KMeansFiles
import VectorIO

/// An evaluation of which the command line has been checked.
struct EvaluateRun {
  let command: EvaluateCommand
  let execution: Execution
  let labels: [Int32]?
  let classes: [ClassName]?
  /// The file of the table of clusters.
  var table: Output?
  /// Another clustering to compare with.
  var other: OtherClustering?
  /// The same where it has been found by points of its own.
  var foundApart: OtherFound?
  /// Whether the distances of points to their centroids have squares that mean anything.
  var hasSquares = true
  /// Whether Mahout's figures, of squared distances, are told.
  var isSquared: Bool { command.listing.squared && hasSquares }

  /// Evaluates the points and prints the results.
  ///
  /// - Parameter test: more points that go to the same centroids.
  func evaluate<Scalar: ClusteringScalar>(
    _ points: any PointInput<Scalar>, _ given: GivenCentroids?,
    _ test: (any PointInput<Scalar>)?
  ) throws {
    let path = command.given.path
    let model: KMeansModel<Scalar>? = try given.map { try $0.model(from: path!) }
    let classes = classes.map { points.forPoints($0) }
    try checkClasses(classes, points.rows, points.info.path)
    let clock = ContinuousClock()
    let start = clock.now
    let found = try evaluated(
      points, model, from: path, labels: labels.map { points.forPoints($0) },
      classes: classes)
    var report = EvaluateReport(quality: found.quality, agreement: found.agreement)
    report.isSquared = isSquared
    if let test, let model {
      let tested = try evaluated(test, model, from: path)
      report.test = TestReport(
        path: test.info.path, quality: tested.quality, isSquared: report.isSquared,
        together: try together(found.assigned, points, tested.assigned, test, model))
    }
    if let other {
      let second = try foundApart ?? self.found(other, test, points)
      report.against = try compare(found, points, given, second)
    }
    var run = RunFacts(
      of: Scalar.self, points: found.quality.points, dimension: found.quality.dimension,
      readSeconds: points.readSeconds, execution)
    run.seconds = (clock.now - start).seconds
    run.seed = command.sampling.seed
    run.filledValues = points.file.missing?.filledCount
    try table.map { try report.writeTable(to: $0.path, note: command.common.note) }
    try show(report, run, points.info.path, model?.transform ?? .identity)
  }

  private func show(
    _ report: EvaluateReport, _ run: RunFacts, _ path: String, _ transform: RowTransform
  ) throws {
    if command.common.json { return try report.printJSON(run) }
    let summary = EvaluateSummary(
      report: report, run: run, path: path, showsAll: command.listing.all,
      units: report.isSquared ? transform.units : "")
    try command.common.printResult(summary.lines)
  }

  private func checkClasses(_ classes: [ClassName]?, _ points: Int, _ input: String) throws {
    guard let classes, classes.count != points else { return }
    let name = TrueClasses(command.judged.labelsTrue).name(input)
    let hint = classes.count == points + 1 ? "; --header yes takes the first for a name" : ""
    throw Failure.data(
      "\(name): \(counted(classes.count, "true label")) for \(counted(points, "point")), expected one each\(hint)"
    )
  }
}

/// The cluster of each point.
struct AssignedPoints {
  /// -1 for a point in no cluster.
  let labels: [Int32]
  /// The squared distance of each point to its centroid, where the centroids found the labels.
  let squaredDistances: [Double]?
}

/// Points with the clusters that they are in, and the measures of these.
struct EvaluatedPoints {
  let assigned: AssignedPoints
  let quality: ClusterQuality
  let agreement: LabelAgreement<ClassName>?
}
