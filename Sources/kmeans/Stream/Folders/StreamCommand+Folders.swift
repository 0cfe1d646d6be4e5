import Batching
import Clustering
import Foundation
import KMeansFiles
import VectorIO

// A stream of the files that are put into folders.
extension StreamCommand {
  /// Waits for the first file and learns, or predicts, what comes.
  ///
  /// - Parameters:
  ///   - source: the options, completed.
  ///   - expected: the columns that files must have, if anything says so.
  func runFolders(
    _ source: StreamInputOptions, _ parameters: StreamingParameters, _ start: StreamStart,
    _ outputs: StreamOutputs, _ timeGuard: TimeGuard?, _ checkpoints: StreamCheckpoints?,
    like expected: ExpectedColumns?
  ) throws {
    let saved = checkpoints?.saved?.state
    let columns = checkpoints?.expectedColumns(
      areListed: source.rows.areColumnsListed, behind: expected)
    let files = FolderInput(
      source, common, behind: checkpoints?.mark, like: saved == nil ? expected : columns)
    if saved != nil, let path = keeping.checkpoint {
      common.note("\(path): there is a checkpoint: the stream goes on with the next new file")
    }
    // Centroids that are there can predict before anything is learnt.
    let canPredict = !start.findsCentroids || saved?.hasStarted ?? false
    let asked: Precision? =
      learning.needsDouble
      ? .double : source.rows.precision ?? saved.flatMap { Precision(rawValue: $0.form.precision) }
    func learn<Scalar: ClusteringScalar>(_ type: Scalar.Type) throws {
      let batches: FolderBatches<Scalar> = try files.batches(canPredict: canPredict)
      guard let info = batches.columnSource else { return }
      let run = try StreamRun(
        batches, info, self, parameters, start, outputs, timeGuard, checkpoints)
      (run.folders, run.badFiles) = (batches, files.badFiles)
      try run.run()
    }
    do {
      switch try asked ?? files.precision(canPredict: canPredict) {
      case .float: try learn(Float.self)
      case .double: try learn(Double.self)
      }
    } catch let error as FolderError where saved != nil && error.isWithoutFile {
      // Nothing new is nothing wrong for a stream that goes on.
      common.note("\(error): the checkpoint and what was written stay as they are")
      checkpoints?.file.release()
    }
  }
}

extension StreamStart {
  /// Whether centroids are found among the first rows, so that there are none before.
  fileprivate var findsCentroids: Bool { if case .firstRows = self { true } else { false } }
}

/// What becomes of files that cannot be read, and how many there were.
final class BadFiles {
  let rule: BadFileRule
  private(set) var count = 0
  private let note: (String) -> Void

  init(_ rule: BadFileRule, note: @escaping (String) -> Void) {
    (self.rule, self.note) = (rule, note)
  }

  /// Leaves a file out, or ends the stream.
  ///
  /// - Throws: what is wrong with the file.
  func take(_ error: any Error) throws {
    guard rule == .skip else { throw error }
    count += 1
    note("\(Failure(error, of: Tool.self).line): the file is left out (--on-bad-file skip)")
  }

  /// Says at the end how many there were.
  func noteCount() {
    if count > 0 { note("--on-bad-file skip: \(counted(count, "file")) left out") }
  }
}
