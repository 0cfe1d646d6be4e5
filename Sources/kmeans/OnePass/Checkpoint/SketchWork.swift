import Clustering
import KMeansFiles
import VectorIO

/// The sketch of one file in the making, kept as it grows where that is asked for.
///
/// `@unchecked Sendable`: a signal writes it on another thread; whoever adds to it or writes it has
/// the turn.
final class SketchWork<Scalar: ClusteringScalar>: @unchecked Sendable {
  private(set) var sketch: StreamingSketch<Scalar>
  /// The number of rows that were handed to it.
  private(set) var rows = 0
  private var position = BlockPosition()
  private var keptRows: Int?
  private let checkpoints: OnePassCheckpoints?

  /// Begins, or goes on behind what an earlier run has read.
  init(_ run: OnePassRun, _ blocks: inout PointBlocks<Scalar>) throws {
    checkpoints = run.checkpoints
    sketch = StreamingSketch<Scalar>(run.parameters.sketch)
    guard let checkpoints else { return }
    let info = blocks.file.info
    try checkpoints.begin(info, of: Scalar.self, run.command.common.note)
    if let state = checkpoints.saved?.state,
      let saved: StreamingSketch<Scalar> = try checkpoints.sketch(
        "sketch", run.parameters.sketch.execution)
    {
      try checkpoints.check(state, points: saved.pointCount, columns: blocks.file.columns)
      (sketch, rows, position) = (saved, state.rows, state.position)
      keptRows = rows
      try blocks.begin(behind: position)
    }
    Interruption.onFirstSignal { [self] signal in
      try checkpoints.turn.end {
        keep()
        AtomicFile.removeAllTemporaries()
        try checkpoints.finish()
        return "stopped by \(signal); the checkpoint after \(counted(rows, "row")) is written"
      }
    }
  }

  /// Adds the points of a block.
  func add(_ blocks: inout PointBlocks<Scalar>) throws {
    guard let checkpoints else {
      try blocks.add(to: &sketch)
      rows += blocks.view.rows
      return
    }
    try checkpoints.turn.work {
      try blocks.add(to: &sketch)
      rows += blocks.view.rows
      position = blocks.position
      if checkpoints.isDue(after: blocks.view.rows) { keep() }
    }
  }

  /// Ends the pass.
  func finish(_ blocks: PointBlocks<Scalar>) throws {
    try checkpoints?.turn.work {
      // Rows at the end may all have been left out.
      if blocks.position.rows > position.rows { keptRows = nil }
      position = blocks.position
      keep()
    }
  }

  private func keep() {
    guard keptRows != rows else { return }
    keptRows = rows
    checkpoints?.keep(after: counted(rows, "row"), [("sketch", sketch)]) { state in
      (state.rows, state.position) = (rows, position)
    }
  }
}
