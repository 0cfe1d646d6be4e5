package import Clustering
import KMeansFiles

/// What a report of a stream shows: the lines of its trace, of which so many are kept as a picture
/// can show.
///
/// A trace may hold several runs, one behind the other: where the number of a batch falls, another
/// run begins, whose ids have nothing to do with those before.
package struct StreamHistory: Sendable {
  /// The state after a batch that is kept.
  package struct Frame: Sendable {
    /// The place on the axis of batches: the number of the batch, and in a later run all batches
    /// before it, too.
    package let x: Double
    /// The number of the run, from 0.
    package let run: Int
    package let record: TraceRecord
    package let truth: TruthRecord?
  }

  /// The figures of a batch, which are kept of all.
  package struct Measure: Sendable {
    package let x: Double
    package let points: Int
    /// The number of the run, from 0.
    package let run: Int
    /// Which points of its run came since the line before; `nil` where nobody knows.
    package let rows: Range<Int>?
    /// The squared distance of a point to its centroid before the update, in the mean.
    package let squaredDistance: Double?
    /// How far the centroids are from the truth.
    package let truthDistance: Double?
    /// How far those before the update were from it.
    package let truthDistanceBefore: Double?
    package let drift: TraceRecord.Drift?
  }

  /// Something that happened, and when.
  package struct Happening: Sendable {
    package let x: Double
    package let run: Int
    package let event: TraceRecord.Event
  }

  /// Something that the truth tells of.
  package struct TrueEvent: Sendable {
    package let x: Double
    package let event: TruthRecord.Event
  }

  /// The figures of all batches.
  package private(set) var measures: [Measure] = []
  package private(set) var happenings: [Happening] = []
  /// The columns of the points; `nil` before there are centroids.
  package private(set) var dimension: Int?
  /// Where runs behind the first one begin.
  package private(set) var laterRuns: [Double] = []
  /// Where the truth says that something changes at once.
  package private(set) var changes: [(x: Double, text: String)] = []
  /// All that the truth tells of.
  package private(set) var trueEvents: [TrueEvent] = []
  private var kept: [Frame] = []
  private var last: Frame?
  private var stride = 1
  private var count = 0
  private var most: Int
  private var run = 0
  private var pointCount = PointCount()
  /// The place of the last batch of the run before, and the number of the last batch.
  private var offset = 0.0
  private var before = 0

  /// - Parameter frames: the largest number of frames.
  package init(frames: Int = 500) { most = frames }

  /// Adds a line.
  ///
  /// - Returns: what is wrong with it; it is not added then.
  package mutating func add(_ record: TraceRecord, truth: TruthRecord? = nil) -> String? {
    if let problem = record.problem { return problem }
    if let columns = record.centroids.first?.count {
      if let dimension, dimension != columns {
        return
          "centroids of \(counted(columns, "column")), expected \(dimension) as in the lines before"
      }
      if dimension == nil {
        dimension = columns
        most = min(most, max(2, 4_000_000 / (columns * record.centroids.count)))
      }
      if let center = truth?.centers.first, center.count != columns {
        return "centroids of \(counted(columns, "column")), and the truth has \(center.count)"
      }
    }
    if record.batch < before {
      (run, offset) = (run + 1, measures.last?.x ?? 0)
      laterRuns.append(offset + Double(record.batch))
    }
    before = record.batch
    let x = offset + Double(record.batch)
    note(record, x, truth)
    guard !record.centroids.isEmpty else { return nil }
    keep(Frame(x: x, run: run, record: record, truth: truth))
    return nil
  }

  /// Forgets what happened.
  mutating func forgetHappenings() { (happenings, trueEvents) = ([], []) }

  private mutating func note(_ record: TraceRecord, _ x: Double, _ truth: TruthRecord?) {
    let hasPoints = record.points > 0 && !record.centroids.isEmpty
    // The batches before those that begin it have no centroids to be measured by.
    let begins = record.events.contains { $0.kind == "born" }
    measures.append(
      Measure(
        x: x, points: record.points, run: run,
        rows: pointCount.add(batch: record.batch, points: record.points),
        squaredDistance: hasPoints && !begins ? record.inertia / Double(record.points) : nil,
        truthDistance: truth?.distance(of: record.centroids),
        truthDistanceBefore: last.flatMap { truth?.distance(of: $0.record.centroids) },
        drift: record.drift))
    happenings += record.events.map { Happening(x: x, run: run, event: $0) }
    trueEvents += (truth?.events ?? []).map { TrueEvent(x: x, event: $0) }
    if let change = truth?.change {
      changes.append((x, "\(change), batch \(numberText(x, digits: 12))"))
    }
  }

  /// Keeps every so many-th frame; twice as far apart once there are too many.
  private mutating func keep(_ frame: Frame) {
    if count.isMultiple(of: stride) { kept.append(frame) }
    last = frame
    count += 1
    guard kept.count > 2 * most else { return }
    kept = kept.enumerated().filter { $0.offset.isMultiple(of: 2) }.map(\.element)
    stride *= 2
  }

  /// The frames that are shown, the last one among them.
  package var frames: [Frame] {
    var all = kept
    if let last, all.last?.x != last.x || all.last?.record != last.record { all.append(last) }
    guard all.count > most else { return all }
    return (0..<most).map { all[$0 * (all.count - 1) / max(1, most - 1)] }
  }

  /// How many batches have centroids.
  package var frameCount: Int { count }
  /// How many runs there are.
  package var runCount: Int { run + 1 }
}
