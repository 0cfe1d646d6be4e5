import Batching
import Clustering
import Foundation
import KMeansFiles
import VectorIO

// How a stream ends: at the end of its input, by a signal, or because something is wrong.
extension StreamRun {
  /// Begins with the rows that wait: there will be no others.
  func begin() throws {
    let locator = ErrorLocator(path, columnCount: input.columns)
    let start = ContinuousClock.now
    if stream.waitingPointCount == 0 {
      let what = totals.points > 0 ? "all points have the weight 0" : totals.leftOut.noPoints
      throw Failure.data(
        "\(path): \(what): expected at least "
          + "\(counted(parameters.clusterCount, "point")) to find as many clusters")
    }
    guard let report = try locator.onError({ () throws(ClusteringError) in try stream.begin() })
    else { return }
    let seconds = (ContinuousClock.now - start).seconds
    totals.add(report, seconds: seconds, readSeconds: 0)
    try trace?.add(facts(report), stream)
    try metrics?.add(
      MetricsLine(
        facts(report), skipped: [.zero: report.leftOutCount], nil,
        clusterWeights: stream.clusterWeights, seconds: seconds, readSeconds: 0))
    tell(
      facts(report), nil, skipped: [.zero: report.leftOutCount], seconds: seconds, readSeconds: 0)
    notes.take(report, firstTime: nil, path, parameters).forEach(command.common.note)
    try say(report, skipped: report.leftOutCount)
  }

  /// Writes what was learnt and says so.
  func finish() throws {
    let files = writeAll()
    isFinished = true
    try raise(files.problems)
    try sayPredicted(isAwaited: true)
    endWatch()
    var report = StreamReport(stream, totals, parameters, command.learning.compat)
    report.leftOutFiles = badFiles?.count
    var run = RunFacts(totals, parameters, columns: input.columns, of: Scalar.self)
    noteFilled()
    badFiles?.noteCount()
    if !command.source.isStandardInput, missing?.learnedRows ?? 0 < totals.points { noteLearned() }
    run.filledValues = missing.map { _ in filledBefore }
    if command.common.json { return try report.printJSON(run) }
    try command.common.summary(
      StreamSummary(report, run, totals, stream, learns: !command.clusters.noUpdate).lines,
      stdoutIsTaken: outputs.takeStdout,
      besideFiles: outputs.haveFiles)
  }

  /// A model that goes on from one keeps its means, also where nothing is filled in now.
  private func writeResults() -> WrittenFiles {
    let means = missing?.means ?? start.means
    return outputs.write(
      stream, input.columnSource.map { InputColumns($0, $0.chosenColumns, means: means) })
  }

  /// Writes what the batches so far have taught, for someone who asks by a signal.
  func writeNow() {
    let asked = "SIGUSR1 after \(batches)"
    guard outputs.haveResults else {
      return command.common.note("\(asked): \(StreamOutputs.nothingToWrite)")
    }
    guard stream.hasStarted else {
      return command.common.note("\(asked): there are no centroids yet, nothing is written")
    }
    let files = writeResults()
    files.problems.forEach(say)
    if !files.names.isEmpty {
      command.common.note("\(asked), written: \(files.names.joined(separator: ", "))")
    }
  }

  private var batches: String { counted(batchCount, "batch", plural: "batches") }

  private func writeAll() -> WrittenFiles {
    var files = writeResults()
    files.attempt { try predictions?.finish() }
    files.attempt { try trace?.finish(stream) }
    files.attempt { try metrics?.finish() }
    files.attempt { try checkpoints?.finish() }
    return files
  }

  /// Ends with the first of some problems, and says the others.
  private func raise(_ problems: [any Error]) throws {
    guard let first = problems.first else { return }
    for other in problems.dropFirst() { say(other) }
    throw first
  }

  private func say(_ problem: any Error) {
    Streams.say("kmeans: \(Failure(problem, of: Tool.self).line)")
  }

  /// Ends the stream between two batches.
  ///
  /// - Returns: what is said of it.
  func stop(_ signal: String) throws -> String {
    let stopped = "the stream was stopped by \(signal) after batch \(batchCount)"
    let ending = outputs.haveResults ? "; what was learnt is written" : ""
    if isFinished { return "\(stopped), the last\(ending)" }
    keepState(isEnd: true)
    if !stream.hasStarted {
      guard stream.waitingPointCount >= parameters.clusterCount else {
        checkpoints?.file.release()
        return "\(stopped), before there were centroids; no file is left half-written"
      }
      try begin()
    }
    do {
      try finish()
    } catch  where ClosedReader.isMeant(by: error) {
      // Nobody reads the summary.
    }
    alarm?.finish()
    return stopped + ending
  }

  /// Ends the stream because something is wrong: what the batches before have taught is written
  /// first.
  ///
  /// - Throws: what is wrong.
  func fail(_ problem: any Error) throws -> Never {
    if !isFinished { keepState(isEnd: true) }
    defer { checkpoints?.file.release() }
    if !isFinished, batchCount > 0 {
      if !stream.hasStarted, stream.waitingPointCount >= parameters.clusterCount {
        // Its line, or its trace, may be what is wrong.
        try? begin()
      }
      let files = writeAll()
      let isQuiet = ClosedReader.isMeant(by: problem)
      // What could not be written before cannot be written now, either.
      let known = Failure(problem, of: Tool.self).line
      for other in files.problems where Failure(other, of: Tool.self).line != known {
        say(other)
      }
      if !files.names.isEmpty, !isQuiet {
        command.common.note(
          "what \(batches) taught is written: \(files.names.joined(separator: ", "))")
      }
    }
    alarm?.finish()
    throw problem
  }
}
