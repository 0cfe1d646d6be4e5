import Clustering
import VectorIO

/// What a stream has done so far.
struct StreamTotals: Codable {
  @CheckedCount private(set) var points = 0
  @CheckedCount private(set) var skippedRows = 0
  /// Those of them that were left out before the stream saw them.
  private(set) var leftOut = LeftOut()
  /// Batches that were predicted and not learnt.
  @CheckedCount private(set) var predictedBatches = 0

  /// What was predicted of a folder of its own.
  struct Alone: Codable {
    @CheckedCount var files = 0
    @CheckedCount var points = 0
  }

  /// What was predicted of a folder of its own, beside what is learnt.
  private(set) var predictedAlone = Alone()
  /// Whether times are read as dates.
  private(set) var hasDates = false
  /// In updates, and in the predictions before them.
  private(set) var seconds = 0.0
  /// In reading, and in waiting for what is to be read.
  private(set) var readSeconds = 0.0
  @CheckedCount private(set) var redecided = 0
  @CheckedCount private(set) var tooLatePoints = 0
  @CheckedCount private(set) var born = 0
  @CheckedCount private(set) var died = 0
  @CheckedCount private(set) var split = 0
  /// Of the last batch.
  private(set) var inertia = 0.0
  private(set) var inertiaAfter = 0.0

  /// Adds rows that were left out before the stream saw them.
  mutating func add(skipped rows: SkippedRows, of path: String) {
    skippedRows += rows.count
    leftOut.add(rows, of: path)
  }

  /// Takes note of how times are read.
  mutating func noteForm(of values: AuxiliaryValues) { hasDates = hasDates || values.hasDates }

  /// How times are read; without any of them.
  var beside: AuxiliaryValues { AuxiliaryValues(hasDates: hasDates) }

  /// Adds a batch that was only predicted.
  ///
  /// - Parameter leftOut: how many of its rows have no direction.
  mutating func add(predicted batch: BatchFacts, leftOut: Int, seconds: Double, readSeconds: Double)
  {
    predictedBatches += 1
    points += batch.points
    skippedRows += leftOut
    self.seconds += seconds
    self.readSeconds += readSeconds
    (inertia, inertiaAfter) = (batch.inertia, batch.inertiaAfter)
  }

  /// Adds points of a folder of files that are only predicted.
  mutating func add(predictedAlone points: Int, beginsFile: Bool, leftOut: Int, seconds: Double) {
    predictedAlone.files += beginsFile ? 1 : 0
    predictedAlone.points += points
    skippedRows += leftOut
    self.seconds += seconds
  }

  mutating func add(_ report: BatchReport, seconds: Double, readSeconds: Double) {
    points += report.points - report.leftOutFirstRows
    skippedRows += report.leftOutCount
    self.seconds += seconds
    self.readSeconds += readSeconds
    redecided += report.redecided
    tooLatePoints += report.tooLatePoints
    let events = EventCounts(report.events)
    born += events.born
    died += events.died
    split += events.split
    inertia = report.inertia
    inertiaAfter = report.inertiaAfter
  }
}

extension BatchReport {
  /// How many points the stream itself has left out, those of earlier batches included.
  var leftOutCount: Int { leftOutRows.count + leftOutFirstRows }
}

/// How many clusters were born, died and were split.
struct EventCounts {
  private(set) var born = 0
  private(set) var died = 0
  private(set) var split = 0

  init(_ events: [ClusterEvent]) {
    for event in events {
      switch event.kind {
      case .born: born += 1
      case .died: died += 1
      case .split: split += 1
      }
    }
  }
}
