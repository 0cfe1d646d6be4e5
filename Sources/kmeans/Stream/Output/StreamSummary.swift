import Clustering
import Foundation
import KMeansFiles

/// What `kmeans stream` tells people at the end: what was read, what time it is on the clock of the
/// stream, and the largest clusters.
struct StreamSummary {
  let lines: [String]

  init<Scalar: ClusteringScalar>(_ report: StreamReport, _ stream: StreamingKMeans<Scalar>) {
    var lines = [
      "\(counted(report.batches, "batch", plural: "batches")), "
        + "\(counted(report.points, "point")) of \(counted(report.dimension, "column")), "
        + "\(report.precision), learnt in \(short(report.seconds)) s "
        + "(\(counted(report.threads, "thread")), \(report.isa)), read in \(short(report.readSeconds)) s",
      "\(counted(report.clusters, "cluster")), seed \(report.seed), \(Self.memory(report))",
      "inertia of the last batch \(short(report.inertia)) -> \(short(report.inertiaAfter))",
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
    let (weights, ids) = (stream.clusterWeights, stream.ids)
    let total = weights.reduce(0, +)
    let order = weights.indices.sorted { (-weights[$0], $0) < (-weights[$1], $1) }
    lines.append("cluster      id        weight   share")
    for cluster in order.prefix(Self.shown) {
      let share = total > 0 ? 100 * weights[cluster] / total : 0
      lines.append(
        String(
          format: "%7d  %6d  %12.6g  %5.1f %%", cluster, ids[cluster], weights[cluster], share))
    }
    if order.count > Self.shown { lines.append("... and \(order.count - Self.shown) more") }
    self.lines = lines
  }

  /// How fast is forgotten, and what time it is.
  private static func memory(_ report: StreamReport) -> String {
    let pace = report.halfLife.value.map { "half-life \(short($0)) \(report.unit)" }
    let clock = report.time.value.map { ", clock at \($0) \(report.unit)" } ?? ""
    return (pace ?? "nothing is forgotten") + clock
  }

  /// How many clusters are listed.
  private static let shown = 20
}
