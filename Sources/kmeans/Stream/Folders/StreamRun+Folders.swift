import Batching
import Clustering
import Foundation
import KMeansFiles
import VectorIO

// Batches of files that are put into folders: some are only predicted, and a file that is not right
// may be left out.
extension StreamRun {
  /// Where the rows of batches that are learnt are predicted to; nothing where predictions are
  /// those of a folder of their own.
  var ownPredictions: PredictionLog? { command.source.folders.areBoth ? nil : predictions }

  /// Lets the files of the folder to predict come once there are centroids.
  ///
  /// - Returns: whether there are such files.
  @discardableResult
  func letsPredict() -> Bool {
    guard let folders, command.source.folders.areBoth else { return false }
    folders.canPredict = stream.hasStarted
    return folders.canPredict
  }

  /// Predicts a batch of the folder whose files are not learnt. It is no batch of the stream: no
  /// time passes, and lines of the trace and of the metrics are about what is learnt.
  func predictAlone(_ batch: RowBatch<Scalar>) throws {
    note(leftOut: batch)
    let clock = ContinuousClock()
    let start = clock.now
    let found = try orLeaveOut(batch) {
      try locator(of: batch).onError { () throws(ClusteringError) in
        try stream.predict(batch.points.view, predicting: predictions?.parts ?? .labels)
      }
    }
    guard let scores = found else { return }
    let zeroRows = scores.labels.indices.filter { scores.labels[$0] < 0 }
    let points = batch.points.rows - zeroRows.count
    totals.add(
      predictedAlone: points, beginsFile: batch.rowsBefore == 0, leftOut: zeroRows.count,
      seconds: (clock.now - start).seconds)
    try predictions?.add(batch, scores, labels: scores.labels)
    if let note = ZeroRows.note(path, zeroRows.map(batch.locator.fileRow)) {
      command.common.note(note)
    }
    let leftOut = batch.skippedRows.count + zeroRows.count
    try say(
      "\(path): \(counted(points, "point")) predicted"
        + (leftOut > 0 ? ", \(counted(leftOut, "row")) left out" : ""))
    try checkLeftOut(isEnd: false)
  }

  /// Does something with a batch. Where it is not right and such files are left out, the rest of
  /// its file is.
  ///
  /// - Returns: `nil` then.
  func orLeaveOut<Result>(
    _ batch: RowBatch<Scalar>, _ body: () throws -> Result
  ) throws -> Result? {
    guard let folders, let badFiles, badFiles.rule == .skip else { return try body() }
    do {
      return try body()
    } catch let failure as Failure where failure.status == EX_DATAERR {
      folders.leaveOutRest()
      try badFiles.take(failure)
      if batch.rowsBefore > 0 {
        command.common.note("\(path): \(counted(batch.rowsBefore, "row")) before that stay learnt")
      }
      return nil
    }
  }
}
