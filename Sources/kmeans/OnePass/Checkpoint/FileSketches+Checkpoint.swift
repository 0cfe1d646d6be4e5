import Clustering
import KMeansFiles
import KMeansLocks

// Sketches of several files, of which those that are done are kept.
extension FileSketches {
  /// The sketches that an earlier run has made.
  func saved() throws -> [Int: Done] {
    guard let checkpoints = run.checkpoints else { return [:] }
    try checkpoints.begin(first, of: Scalar.self, run.command.common.note)
    var found: [Int: Done] = [:]
    for state in checkpoints.saved?.state.files ?? [] {
      let sketch: StreamingSketch<Scalar>? = try checkpoints.sketch(
        "file\(state.file)", run.parameters.sketch.execution)
      guard let sketch else { continue }
      try checkpoints.check(state, points: sketch.pointCount)
      found[state.file] = Done(
        sketch: sketch, rows: state.rows, leftOut: state.leftOut, filled: state.filled,
        notes: state.notes)
    }
    return found
  }

  /// Writes what is done when a signal ends the run.
  func keepAtSignal(_ shared: SharedSketches<Scalar>) {
    guard let checkpoints = run.checkpoints else { return }
    Interruption.onFirstSignal { signal in
      try checkpoints.turn.end {
        let done = shared.done.withLock { $0 }
        Self.keep(done, checkpoints)
        AtomicFile.removeAllTemporaries()
        try checkpoints.finish()
        return
          "stopped by \(signal); the checkpoint after \(counted(done.count, "file")) is written"
      }
    }
  }

  /// Notes the sketch of a file.
  ///
  /// - Parameter done: `nil` where it has no rows.
  func note(_ done: Done?, of file: Int, _ shared: SharedSketches<Scalar>) throws {
    guard let checkpoints = run.checkpoints else {
      return shared.done.withLock { $0[file] = done }
    }
    try checkpoints.turn.work {
      let (all, isLast) = shared.done.withLock { all in
        all[file] = done
        return (all, all.count == files.count)
      }
      if checkpoints.isDue(after: done?.rows ?? 0) || isLast { Self.keep(all, checkpoints) }
    }
  }

  private static func keep(_ done: [Int: Done], _ checkpoints: OnePassCheckpoints) {
    let all = done.sorted { $0.key < $1.key }
    let sketches = all.map { (name: "file\($0.key)", sketch: $0.value.sketch) }
    checkpoints.keep(after: counted(all.count, "file"), sketches) { state in
      state.files = all.map { file, done in
        OnePassState.FileState(
          file: file, rows: done.rows, leftOut: done.leftOut, filled: done.filled,
          notes: done.notes)
      }
    }
  }
}
