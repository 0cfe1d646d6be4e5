import Clustering
import Foundation
import KMeansFiles

/// What `kmeans stream` tells people at the end: what was read, what time it is on the clock of the
/// stream, and the largest clusters.
struct StreamSummary {
  let lines: [String]

  init<Scalar: ClusteringScalar>(
    _ report: StreamReport, _ run: RunFacts, _ totals: StreamTotals,
    _ stream: StreamingKMeans<Scalar>
  ) {
    let learns = totals.predictedBatches == 0
    var lines = [
      "\(counted(report.batches, "batch", plural: "batches")), \(run.size), "
        + "\(learns ? "learnt" : "predicted") in "
        + "\(short(run.seconds ?? 0)) s (\(run.machine)), read in \(short(run.readSeconds)) s",
      "\(counted(run.clusters ?? 0, "cluster")), seed \(run.seed ?? 0), \(Self.memory(report))",
      "inertia of the last batch \(short(report.inertia))"
        + (learns ? " -> \(short(report.inertiaAfter))" : ""),
    ]
    if report.died + report.split > 0 {
      let died = counted(report.died, "cluster")
      lines[2] += "; in all \(died) died, \(report.split) came of a split"
    }
    if report.tooLatePoints > 0 {
      lines.append(
        "\(counted(report.tooLatePoints, "point")) came more than 100 half-lives before the "
          + "first one: not learnt")
    }
    if let summary = totals.leftOut.summary { lines.append(summary) }
    self.lines = lines + ClusterTable.lines(stream.clusterWeights, ids: stream.ids)
  }

  /// How fast is forgotten, and what time it is.
  private static func memory(_ report: StreamReport) -> String {
    let isTime = report.unit == Forgetting.Unit.seconds.rawValue
    let pace = report.halfLife.value.map {
      "half-life \(isTime ? TimeUnits.text($0) : "\(short($0)) \(report.unit)")"
    }
    let clock = report.time.value.map { ", clock at \($0) \(report.unit)" } ?? ""
    return (pace ?? "nothing is forgotten") + clock
  }
}

/// What people are told of a batch: `batch 3: 10000 points, inertia 1.23e5 -> 1.19e5, moved 0.031,
/// ...`.
struct BatchLine {
  let text: String

  /// - Parameters:
  ///   - skipped: how many rows were left out.
  ///   - firstRows: how many rows the stream waits for.
  init(_ report: BatchReport, skipped: Int, firstRows: Int) {
    var parts = [counted(report.points, "point")]
    if report.counts.isEmpty {
      if let values = report.waitingValues {
        parts.append(
          "waits: \(counted(values, "different value")) in \(counted(report.waitingPoints, "point"))"
        )
      } else if report.waitingPoints < firstRows {
        parts.append("waits: \(report.waitingPoints) of \(counted(firstRows, "point"))")
      } else {
        parts.append("waits: too many of \(counted(report.waitingPoints, "point")) are equal")
      }
    } else {
      parts.append(
        "inertia \(short(report.inertia)) -> \(short(report.inertiaAfter)), moved "
          + short(report.moves.max() ?? 0))
    }
    let events = EventCounts(report.events)
    if events.born > 0 { parts.append("\(counted(events.born, "cluster")) born") }
    if events.died > 0 { parts.append("\(counted(events.died, "cluster")) died") }
    if events.split > 0 { parts.append("\(events.split) split") }
    if report.tooLatePoints > 0 { parts.append("\(report.tooLatePoints) too late") }
    if skipped > 0 { parts.append("\(counted(skipped, "row")) left out") }
    text = "batch \(report.number): \(parts.joined(separator: ", "))"
  }

  /// That of a batch that was only predicted.
  init(predicted batch: BatchFacts, skipped: Int) {
    text =
      "batch \(batch.number): \(counted(batch.points, "point")), inertia \(short(batch.inertia))"
      + (skipped > 0 ? ", \(counted(skipped, "row")) left out" : "")
  }
}

/// A number as people read it: four digits.
func short(_ number: Double) -> String { String(format: "%.4g", number) }
