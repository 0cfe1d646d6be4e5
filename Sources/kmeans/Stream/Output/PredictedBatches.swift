import Clustering
import VectorIO

/// Batches that were only predicted, and rows that were left out, which are not told yet. Where a
/// batch is what came by a pipe in a moment, there may be one for every row: then all that came
/// within a second is told at once, as of a stream that learns.
struct PredictedBatches {
  /// The shortest time between two lines.
  private static let pause = Duration.seconds(1)

  private(set) var numbers = 0...0
  private(set) var points = 0
  private(set) var inertia = 0.0
  /// How many rows were left out of these batches.
  private(set) var skipped = 0
  private var leftOut = LeftOut()
  private var haveBatches = false
  /// When the last line was told.
  private var last: ContinuousClock.Instant?

  mutating func add(_ batch: BatchFacts, skipped: Int) {
    numbers = (haveBatches ? numbers.lowerBound : batch.number)...batch.number
    points += batch.points
    inertia += batch.inertia
    self.skipped += skipped
    haveBatches = true
  }

  /// Adds rows that were left out of a batch, or without one.
  mutating func add(skipped rows: SkippedRows) { leftOut.add(rows) }

  /// What is to be told, if it is time for it.
  ///
  /// - Parameters:
  ///   - path: the name of the input.
  ///   - isAwaited: whether it is time anyway.
  mutating func take(_ path: String, isAwaited: Bool) -> (notes: [String], line: BatchLine?)? {
    let now = ContinuousClock.now
    if !isAwaited, let last, now - last < Self.pause { return nil }
    guard haveBatches || leftOut.count > 0 else { return nil }
    defer {
      self = PredictedBatches()
      last = now
    }
    return (leftOut.notes(path), haveBatches ? BatchLine(predicted: self) : nil)
  }
}
