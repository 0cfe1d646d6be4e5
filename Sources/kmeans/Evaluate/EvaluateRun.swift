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

  /// Evaluates the points and prints the results.
  func evaluate<Scalar: ClusteringScalar>(
    _ points: Points<Scalar>, _ given: GivenCentroids?
  ) throws {
    let common = command.common
    let path = command.given.path
    let model: KMeansModel<Scalar>? = try given.map { try $0.model(from: path!) }
    let labels = labels.map { points.forPoints($0) }
    let classes = classes.map { points.forPoints($0) }
    try checkClasses(classes, points.rows, points.info.path)
    var locator = points.locator
    locator.labels = command.judged.labels.map { _ in
      ClusterLabels(command.judged.labels).name(points.info.path)
    }
    locator.centroids = path
    let progress = Progress(common, total: 0)
    let leavesOut = command.source.rows.leavesOut
    let clock = ContinuousClock()
    let start = clock.now
    let (quality, found) = try locator.onError { () throws(ClusteringError) in
      let found: [Int32] =
        if let labels { labels } else {
          try model!.labelsAndDistances(
            points.view, execution: execution, leavingOutZeroRows: leavesOut
          ).labels
        }
      progress.show(points.rows) {
        "\(counted(points.rows, "point")) labelled; measures and the silhouette of at most "
          + "\(command.sampling.sample) follow"
      }
      let sample = min(command.sampling.sample, points.rows)
      let quality = try self.quality(points, labels: found, model) { done in
        progress.show(done, of: sample) { "silhouettes of \(done) of \(counted(sample, "point"))" }
      }
      return (quality, found)
    }
    progress.finish()
    if self.labels == nil {
      let without = found.indices.filter { found[$0] < 0 }.map(points.skipped.fileRow)
      let note = ZeroRows.note(points.info.path, without, points.locator.parts)
      if let note { common.note(note) }
    }
    let agreement = try classes.map { try LabelAgreement(weighing(found, points), truth: $0) }
    let report = EvaluateReport(quality: quality, agreement: agreement)
    var run = RunFacts(
      of: Scalar.self, points: quality.points, dimension: quality.dimension,
      readSeconds: points.readSeconds, execution)
    run.seconds = (clock.now - start).seconds
    run.seed = command.sampling.seed
    run.filledValues = points.file.missing?.filledCount
    if common.json {
      try report.printJSON(run)
    } else {
      let summary = EvaluateSummary(
        report: report, run: run, path: points.info.path, showsAll: command.listing.all)
      try common.printResult(summary.lines)
    }
  }

  private func quality<Scalar: ClusteringScalar>(
    _ points: borrowing Points<Scalar>, labels: [Int32], _ model: KMeansModel<Scalar>?,
    _ onSilhouettes: @escaping (Int) -> Void
  ) throws(ClusteringError) -> ClusterQuality {
    let (sample, seed) = (command.sampling.sample, command.sampling.seed)
    guard let model else {
      return try ClusterQuality(
        points.view, labels: labels, weights: points.weights?.span, sample: sample, seed: seed,
        execution: execution, onSilhouettes: onSilhouettes)
    }
    return try model.evaluate(
      points.view, labels: labels, weights: points.weights?.span, sample: sample, seed: seed,
      execution: execution, onSilhouettes: onSilhouettes)
  }

  /// The labels, where a point without weight has none: it is in no count of a cluster.
  private func weighing<Scalar: ClusteringScalar>(
    _ labels: [Int32], _ points: borrowing Points<Scalar>
  ) -> [Int32] {
    guard let weights = points.weights else { return labels }
    return zip(labels, weights).map { $1 > 0 ? $0 : -1 }
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
