import Clustering
import Foundation
import KMeansFiles
import VectorIO

/// What is told of a batch of many models.
enum KeyedLines {
  /// The line of a trace; the keys and their order are a contract.
  static func trace(_ report: KeyedBatchReport) -> String {
    let events = report.events.map { "{\"key\":\(jsonString($0.key)),\(fields($0.event))}" }
    return "{\"batch\":\(report.number),\"points\":\(report.points),\"keys\":\(report.keys),"
      + "\"models\":\(report.models),\"new\":\(report.newModels),\"waiting\":\(report.waitingModels),"
      + "\"restored\":\(report.restoredModels),\"stored\":\(report.storedModels),"
      + "\"late\":\(report.tooLatePoints),"
      + "\"inertia\":\(report.inertia),\"inertiaAfter\":\(report.inertiaAfter),"
      + "\"events\":[\(events.joined(separator: ","))]}\n"
  }

  private static func fields(_ event: ClusterEvent) -> String {
    let (kind, parent) =
      switch event.kind {
      case .born: ("born", "")
      case .died: ("died", "")
      case .split(let parent): ("split", ",\"parent\":\(parent)")
      }
    return "\"kind\":\"\(kind)\",\"cluster\":\(event.cluster)\(parent),\"label\":\(event.label)"
  }

  /// The line for people.
  static func text(_ report: KeyedBatchReport, skipped: Int) -> String {
    var parts = [
      "\(counted(report.points, "point")) of \(counted(report.keys, "key"))",
      "\(counted(report.models, "model"))",
    ]
    if report.newModels > 0 { parts[1] += " (\(report.newModels) new)" }
    if report.waitingModels > 0 { parts.append("\(report.waitingModels) wait for rows") }
    if report.waitingModels < report.keys {
      parts.append("inertia \(short(report.inertia)) -> \(short(report.inertiaAfter))")
    }
    if report.restoredModels > 0 { parts.append("\(report.restoredModels) came back") }
    if report.storedModels > 0 { parts.append("\(report.storedModels) went to the folder") }
    if report.tooLatePoints > 0 { parts.append("\(report.tooLatePoints) too late") }
    if skipped > 0 { parts.append("\(counted(skipped, "row")) left out") }
    return "batch \(report.number): \(parts.joined(separator: ", "))"
  }
}

/// What a stream of many models has done so far.
struct KeyedTotals {
  private(set) var points = 0
  private(set) var leftOut = LeftOut()
  private(set) var new = 0
  private(set) var restored = 0
  private(set) var stored = 0
  private(set) var tooLate = 0
  private(set) var seconds = 0.0
  var readSeconds = 0.0

  mutating func add(skipped rows: SkippedRows, of path: String) { leftOut.add(rows, of: path) }

  mutating func add(_ report: KeyedBatchReport, seconds: Double) {
    points += report.points
    new += report.newModels
    restored += report.restoredModels
    stored += report.storedModels
    tooLate += report.tooLatePoints
    self.seconds += seconds
  }

  /// The summary.
  ///
  /// - Parameter begun: the number of models that began at the end, with fewer rows than they
  ///   waited for.
  func lines<Scalar: ClusteringScalar>(_ pool: KeyedStreams<Scalar>, begun: Int) -> [String] {
    let batches = counted(pool.batchCount, "batch", plural: "batches")
    var lines = [
      "\(batches), \(counted(points, "point")) of \(counted(pool.columns ?? 0, "column")), learnt in "
        + "\(short(seconds)) s, read in \(short(readSeconds)) s",
      "\(counted(pool.count, "model")) in memory, \(new) new, \(restored) came back, \(stored) went to "
        + "the folder",
    ]
    if begun > 0 {
      lines.append("\(counted(begun, "model")) began with the few rows that there were")
    }
    if let summary = leftOut.summary { lines.append(summary) }
    return lines
  }

  /// The object of `--json`.
  func json<Scalar: ClusteringScalar>(_ pool: KeyedStreams<Scalar>, _ seed: UInt64) -> String {
    let rate = seconds > 0 ? Double(points) / seconds : 0
    return "{\"batches\":\(pool.batchCount),\"points\":\(points),\"skippedRows\":\(leftOut.count),"
      + "\"tooLatePoints\":\(tooLate),\"dimension\":\(pool.columns ?? 0),"
      + "\"clusters\":\(pool.parameters.clusterCount),\"models\":\(pool.count),\"new\":\(new),"
      + "\"restored\":\(restored),\"stored\":\(stored),\"seconds\":\(seconds),"
      + "\"readSeconds\":\(readSeconds),\"pointsPerSecond\":\(rate),\"seed\":\(seed)}"
  }
}
