import Clustering
import KMeansFiles

/// What `kmeans stream` tells people at the end: what was read, what time it is on the clock of the
/// stream, and the largest clusters.
struct StreamSummary {
  let lines: [String]

  init<Scalar: ClusteringScalar>(
    _ report: StreamReport, _ run: RunFacts, _ stream: StreamingKMeans<Scalar>
  ) {
    var lines = [
      "\(counted(report.batches, "batch", plural: "batches")), \(run.size), learnt in "
        + "\(short(run.seconds ?? 0)) s (\(run.machine)), read in \(short(run.readSeconds)) s",
      "\(counted(run.clusters ?? 0, "cluster")), seed \(run.seed ?? 0), \(Self.memory(report))",
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
    self.lines = lines + ClusterTable.lines(stream.clusterWeights, ids: stream.ids)
  }

  /// How fast is forgotten, and what time it is.
  private static func memory(_ report: StreamReport) -> String {
    let pace = report.halfLife.value.map { "half-life \(short($0)) \(report.unit)" }
    let clock = report.time.value.map { ", clock at \($0) \(report.unit)" } ?? ""
    return (pace ?? "nothing is forgotten") + clock
  }
}
