import Clustering
import Foundation
import KMeansFiles
import VectorIO

/// The phases 0 to 2 of a run of `-xm mapreduce`, each of which leaves files for the next: rows,
/// sketches of splits, and the sketch that is clustered.
final class MapReduceRun {
  let run: OnePassRun
  let plan: MapReducePlan
  let folder: RunFolder
  let identity: RunIdentity
  /// Whether the folder was made for the run, and goes with it.
  let isFolderMade: Bool
  /// Whether the folder holds files of an earlier run.
  let isResumed: Bool
  /// What phase 0 has found, if it has.
  private(set) var rows: SplitRows?

  /// Opens the folder of the run.
  ///
  /// - Throws: ``Failure`` where it is that of another run, or lacks what the first phase needs.
  init(_ run: OnePassRun, _ plan: MapReducePlan) throws {
    self.run = run
    self.plan = plan
    let identity = try RunIdentity(run.command, run.parameters.sketch, plan)
    self.identity = identity
    try Self.check(run.outputs.files, apartFrom: plan.folder)
    folder = try RunFolder(
      plan.folder,
      usual: RunFolder.usual(outputs: run.outputs.files, number: identity.number),
      mayMake: plan.phases.lowerBound == .split)
    let earlier = try Self.manifest(in: folder)
    if let earlier, let difference = identity.difference(from: earlier.identity) {
      throw Failure.usage(
        "\(folder.path): it holds a run \(difference): give another --tempDir, or remove the folder"
      )
    }
    isFolderMade = folder.isNew || earlier?.isFolderMade ?? false
    // What a pipe brings now is not known to be what it has brought before.
    let beginsAnew = run.command.source.pipe != nil && plan.phases.lowerBound == .split
    rows = beginsAnew ? nil : earlier?.rows
    isResumed = rows != nil
    if rows == nil {
      guard plan.phases.lowerBound == .split else {
        throw Failure.usage(
          "--startPhase \(plan.phases.lowerBound.rawValue): \(folder.path) lacks what phase 0 finds, "
            + "expected --startPhase 0")
      }
      do {
        try RunManifest(identity, isFolderMade: isFolderMade).write(to: folder)
      } catch {
        if earlier == nil { folder.remove(itself: isFolderMade) }
        throw error
      }
      folder.removeFiles(keeping: RunFolder.manifest)
    }
    let path = folder.path
    Interruption.onFirstSignal { signal in
      AtomicFile.removeAllTemporaries()
      return "stopped by \(signal), no file is left half-written; the same command goes on from "
        + "what is in \(path)"
    }
  }

  /// Refuses outputs in the folder of intermediates: its files go at the end, whoever wrote them.
  private static func check(_ outputs: [String], apartFrom folder: String?) throws {
    guard let folder else { return }
    let place = ExactText(canonicalPath(folder))
    for output in outputs {
      let parent = URL(fileURLWithPath: canonicalPath(output)).deletingLastPathComponent().path
      guard ExactText(parent) == place else { continue }
      throw Failure.usage(
        "\(output): it would lie in --tempDir \(folder), whose files go at the end: expected another "
          + "folder")
    }
  }

  /// What an earlier run has left; `nil` where there is none.
  private static func manifest(in folder: RunFolder) throws -> RunManifest? {
    do {
      return try RunManifest(in: folder)
    } catch let error as FileError {
      throw Failure.data(
        "\(error.lineFromOne): expected another --tempDir, or \(folder.path) to be removed")
    }
  }

  /// Runs the phases before ball k-means.
  ///
  /// - Parameter file: the input; `nil` where it was read by an earlier run.
  /// - Returns: the sketch; `nil` where the last phase is an earlier one.
  func sketch<Scalar: ClusteringScalar>(
    _ file: VectorFile<Scalar>?, _ times: inout OnePassTimes
  ) throws -> FirstPass<Scalar>? {
    let found = try timed(.split, &times) { try split(file) }
    rows = found
    noteEmpty(found)
    guard plan.phases.upperBound >= .map else { return nil }
    let sketches = SplitSketches<Scalar>(
      rows: found, ranges: plan.ranges(of: found.count), parameters: run.parameters.sketch,
      number: identity.number, folder: folder)
    if plan.phases.lowerBound < .ball { try timed(.map, &times) { try map(sketches) } }
    guard plan.phases.upperBound >= .reduce else { return nil }
    let sketch = try timed(.reduce, &times) { try reduce(sketches) }
    guard plan.phases.upperBound == .ball else { return nil }
    var pass = FirstPass(
      sketch: sketch, locator: ErrorLocator(found.name, columnCount: found.dimension),
      skippedCount: found.skipped, withoutDirection: found.count - sketch.pointCount,
      columns: found.columns)
    pass.filledCount = found.filled
    run.noteTransform(pass, found.name)
    return pass
  }

  /// Runs a phase and notes its time.
  private func timed<Result>(
    _ phase: MapReducePhase, _ times: inout OnePassTimes, _ body: () throws -> Result
  ) rethrows -> Result {
    let clock = ContinuousClock()
    let start = clock.now
    let result = try body()
    if plan.phases.contains(phase) { times.note((clock.now - start).seconds, of: phase) }
    return result
  }

  /// Says so where there are more splits than rows.
  private func noteEmpty(_ rows: SplitRows) {
    guard rows.count > 0, rows.count < plan.splits else { return }
    run.command.common.note(
      "\(rows.name): \(counted(rows.count, "row")) for \(plan.splits) splits: "
        + "\(plan.splits - rows.count) of them \(plan.splits - rows.count == 1 ? "is" : "are") empty"
    )
  }

  /// Ends the run: all that it has left goes.
  func end() { folder.remove(itself: isFolderMade) }

  /// Ends a run that failed: what a later one can go on from stays.
  func abandon(_ error: any Error) {
    // The disk may be full today: what was found so far is right all the same.
    let isLack = Failure(error, of: Tool.self).status == EX_IOERR
    guard isResumed || rows != nil && isLack else { return end() }
    if isLack {
      run.command.common.note("\(folder.path) is kept: the same command goes on from there")
    }
  }
}
