import Clustering

/// What a stream has done so far.
struct StreamTotals {
  private(set) var points = 0
  var skippedRows = 0
  /// In updates, and in the predictions before them.
  private(set) var seconds = 0.0
  /// In reading, and in waiting for what is to be read.
  private(set) var readSeconds = 0.0
  private(set) var redecided = 0
  private(set) var tooLatePoints = 0
  private(set) var born = 0
  private(set) var died = 0
  private(set) var split = 0
  /// Of the last batch.
  private(set) var inertia = 0.0
  private(set) var inertiaAfter = 0.0

  /// - Parameter skipped: how many rows were left out before the stream saw them.
  mutating func add(_ report: BatchReport, skipped: Int, seconds: Double, readSeconds: Double) {
    points += report.points - report.leftOutFirstRows
    skippedRows += skipped + report.leftOutCount
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
