import Clustering
import Foundation
import VectorIO

/// A fit of which the command line has been checked.
struct FitRun {
  let command: FitCommand
  let start: InitialCentroids
  let parameters: KMeans
  let outputs: FitOutputs

  /// Clusters the points, writes the outputs and says what was found.
  func fit<Scalar: ClusteringScalar>(_ points: Points<Scalar>) throws {
    let initial: Matrix<Scalar>? = try start.read()
    let progress = Progress(command.common, total: parameters.maxIterations)
    var replay = command.verify ? FitReplay(points) : nil
    var blame = points.blame
    blame.centroids = start.path
    let clock = ContinuousClock()
    let begin = clock.now
    let fit = try blame.onError { () throws(ClusteringError) in
      try parameters.fit(points.view, weights: points.weights?.span, from: initial) {
        progress.show($0)
        replay?.observe($0, $1)
      }
    }
    let seconds = (clock.now - begin).seconds
    progress.finish()
    try replay?.finish(fit)
    let report = FitReport(fit, points, parameters, seconds: seconds)
    try outputs.write(fit)
    let labeled: LabeledRows<Scalar>? = try outputs.labeledRows?.begin(
      points.info, columns: points.columns, rows: points.rows)
    try labeled?.write(points.view, labels: fit.labels)
    try labeled?.finish(recordLabels: fit.labels)
    if command.common.json {
      try report.printJSON()
    } else {
      let summary = FitSummary(fit, report, verified: command.verify, points.info.path)
      try command.common.summary(summary.lines, stdoutIsTaken: outputs.takeStdout)
    }
    try outputs.writeToStdout(fit)
  }
}
