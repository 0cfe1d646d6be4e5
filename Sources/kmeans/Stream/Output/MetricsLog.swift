import Clustering
import VectorIO

/// What `--metrics` writes: a line of JSON for each batch, without centroids, for those who watch a
/// stream. The keys and their order are a contract; numbers read back as the same bits, and what
/// there is none of is null.
final class MetricsLog {
  let file: AppendingFile

  init(_ path: String) { file = AppendingFile(path) }

  /// Looks at the lines of an earlier run.
  ///
  /// - Returns: the number of the line that comes next, where there are others before it.
  func examine() throws -> Int? { try file.nextBatchLine(as: "metrics", with: "skippedBy") }

  /// Makes the file where no batch has.
  func finish() throws { try file.open() }

  /// Writes the line of a batch.
  func add(_ line: MetricsLine) throws { try file.write(Array(line.text.utf8)) }
}

/// The line of a batch.
struct MetricsLine {
  let text: String

  /// - Parameters:
  ///   - skipped: the number of rows that were left out, by reason.
  ///   - predictions: of the points, before they were learnt.
  ///   - clusterWeights: as they are after the batch.
  init(
    _ batch: BatchFacts, skipped: [SkippedRows.Reason: Int], _ predictions: Predictions?,
    clusterWeights: [Double], seconds: Double, readSeconds: Double
  ) {
    // Of many models, which alone ask for keys, there are no metrics.
    let possible = SkippedRows.Reason.allCases.filter { $0 != .key }
    let reasons = possible.map { "\"\($0.name)\":\(skipped[$0] ?? 0)" }
    let events = EventCounts(batch.events)
    let hasLearnt = !clusterWeights.isEmpty
    var fields: [(String, String)] = [
      ("batch", "\(batch.number)"),
      ("points", "\(batch.points)"),
      ("skipped", "\(skipped.values.reduce(0, +))"),
      ("skippedBy", "{\(reasons.joined(separator: ","))}"),
      ("late", "\(batch.tooLatePoints)"),
      ("waiting", "\(batch.waitingPoints)"),
      ("time", Self.number(batch.time)),
      ("weight", Self.number(clusterWeights.reduce(0, +))),
      ("inertia", Self.number(hasLearnt ? batch.inertia : nil)),
      ("inertiaAfter", Self.number(hasLearnt ? batch.inertiaAfter : nil)),
      ("inertiaPerPoint", Self.number(batch.inertia / batch.weight)),
      ("inertiaAfterPerPoint", Self.number(batch.inertiaAfter / batch.weight)),
      ("moved", Self.number(hasLearnt ? batch.moves.max() ?? 0 : nil)),
      ("movedRMS", Self.number(hasLearnt ? Self.rootMeanSquare(batch.moves) : nil)),
      ("outlierShare", Self.number(predictions.flatMap { OutlierCount($0).share })),
      (
        "events",
        "{\"born\":\(events.born),\"died\":\(events.died),\"split\":\(events.split)}"
      ),
      ("clusters", "\(clusterWeights.count { $0 > 0 })"),
      ("seconds", Self.number(seconds)),
      ("readSeconds", Self.number(readSeconds)),
    ]
    if let drift = batch.drift { fields.append(("drift", drift)) }
    text = "{\(fields.map { "\"\($0)\":\($1)" }.joined(separator: ","))}\n"
  }

  private static func rootMeanSquare(_ moves: [Double]) -> Double {
    moves.isEmpty
      ? 0 : (moves.reduce(0) { $0 + $1 * $1 } / Double(moves.count)).squareRoot()
  }

  private static func number(_ number: Double?) -> String {
    guard let number, number.isFinite else { return "null" }
    return number.description
  }
}
