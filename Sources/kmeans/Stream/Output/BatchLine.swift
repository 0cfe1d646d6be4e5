import Clustering
import Foundation

/// What people are told of a batch: `batch 3: 10000 points, inertia 1.23e5 -> 1.19e5, moved 0.031, ...`.
struct BatchLine {
  let text: String

  /// - Parameters:
  ///   - skipped: how many rows were left out.
  ///   - firstRows: how many rows the stream waits for.
  init(_ report: BatchReport, skipped: Int, firstRows: Int) {
    var parts = [Self.count(report.points, "point")]
    if report.counts.isEmpty {
      if report.waitingPoints < firstRows {
        parts.append("waits: \(report.waitingPoints) of \(Self.count(firstRows, "point"))")
      } else {
        parts.append("waits: too many of \(Self.count(report.waitingPoints, "point")) are equal")
      }
    } else {
      parts.append(
        "inertia \(short(report.inertia)) -> \(short(report.inertiaAfter)), moved "
          + short(report.moves.max() ?? 0))
    }
    let events = EventCounts(report.events)
    if events.born > 0 { parts.append("\(Self.count(events.born, "cluster")) born") }
    if events.died > 0 { parts.append("\(Self.count(events.died, "cluster")) died") }
    if events.split > 0 { parts.append("\(events.split) split") }
    if skipped > 0 { parts.append("\(Self.count(skipped, "row")) left out") }
    text = "batch \(report.number): \(parts.joined(separator: ", "))"
  }

  static func count(_ number: Int, _ name: String, plural: String? = nil) -> String {
    "\(number) \(number == 1 ? name : plural ?? name + "s")"
  }
}

/// A number as people read it: four digits.
func short(_ number: Double) -> String { String(format: "%.4g", number) }
