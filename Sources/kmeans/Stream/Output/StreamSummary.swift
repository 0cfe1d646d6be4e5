import Clustering
import Foundation
import KMeansFiles
import VectorIO

/// What `kmeans stream` tells people at the end: what was read, what time it is on the clock of the
/// stream, and the largest clusters.
struct StreamSummary {
  let lines: [String]

  /// - Parameter learns: whether points are learnt, not only predicted.
  init<Scalar: ClusteringScalar>(
    _ report: StreamReport, _ run: RunFacts, _ totals: StreamTotals,
    _ stream: StreamingKMeans<Scalar>, learns: Bool
  ) {
    var lines = [
      "\(counted(report.batches, "batch", plural: "batches")), \(run.size), "
        + "\(learns ? "learnt" : "predicted") in "
        + "\(short(run.seconds ?? 0)) s (\(run.machine)), read in \(short(run.readSeconds)) s",
      "\(counted(run.clusters ?? 0, "cluster")), seed \(run.seed ?? 0), \(Self.memory(report, totals.beside))",
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
    if totals.predictedAlone.files > 0 {
      lines.append(
        "\(counted(totals.predictedAlone.files, "file")) predicted, "
          + counted(totals.predictedAlone.points, "point"))
    }
    if let summary = totals.leftOut.summary { lines.append(summary) }
    self.lines = lines + ClusterTable.lines(stream.clusterWeights, ids: stream.ids)
  }

  /// How fast is forgotten, and what time it is.
  ///
  /// - Parameter beside: how times were read.
  private static func memory(_ report: StreamReport, _ beside: AuxiliaryValues) -> String {
    let clock = report.time.value.map { time in
      beside.hasDates ? ", clock at \(beside.timeText(time))" : ", clock at \(time) \(report.unit)"
    }
    return pace(halfLife: report.halfLife.value, unit: report.unit) + (clock ?? "")
  }

  /// How fast is forgotten.
  static func pace(halfLife: Double?, unit: String) -> String {
    guard let halfLife else { return "nothing is forgotten" }
    let isTime = unit == Forgetting.Unit.seconds.rawValue
    return "half-life \(isTime ? TimeUnits.text(halfLife) : "\(short(halfLife)) \(unit)")"
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

  /// That of batches that were only predicted.
  init(predicted batches: PredictedBatches) {
    let numbers = batches.numbers
    let name =
      numbers.count == 1
      ? "batch \(numbers.lowerBound)" : "batches \(numbers.lowerBound) to \(numbers.upperBound)"
    text =
      "\(name): \(counted(batches.points, "point")), inertia \(short(batches.inertia))"
      + (batches.skipped > 0 ? ", \(counted(batches.skipped, "row")) left out" : "")
  }
}

/// A number as people read it: four digits.
func short(_ number: Double) -> String { String(format: "%.4g", number) }
