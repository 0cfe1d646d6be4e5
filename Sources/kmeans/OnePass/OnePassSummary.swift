import Clustering
import KMeansFiles

/// The summary of `kmeans onepass` for people: the input, the sketch, the proven bounds of the
/// cost, and the largest clusters.
struct OnePassSummary {
  let lines: [String]

  init<Scalar: ClusteringScalar>(
    _ report: OnePassReport, _ run: RunFacts, _ model: KMeansModel<Scalar>, path: String
  ) {
    var lines = [
      "\(path): \(run.size), read in \(short(run.readSeconds)) s",
      "sketch: \(counted(report.sketchCentroids, "centroid")), "
        + "\(counted(report.collapses, "collapse")), \(Self.cutoff(report)), in "
        + "\(short(report.sketchSeconds)) s, \(short(run.pointsPerSecond ?? 0)) points/s "
        + "(\(run.machine))",
      "\(counted(model.clusterCount, "cluster")), seed \(run.seed ?? 0): the best of "
        + "\(counted(report.runs, "run")) from a \(report.initialization) start, "
        + "\(report.converged ? "converged after" : "stopped at") \(counted(report.iterations, "iteration")) in "
        + "\(short(report.ballSeconds)) s",
      Self.bounds(report),
    ]
    if let cost = report.cost.value {
      lines.append("it is \(cost), by a second pass in \(short(report.labelSeconds)) s")
    }
    self.lines = lines + ClusterTable.lines(model.clusterWeights)
  }

  /// The proven bounds of the cost. A lower bound of 0 tells the user nothing.
  private static func bounds(_ report: OnePassReport) -> String {
    let upper = report.costUpper.value ?? .infinity
    guard report.costLower > 0 || upper == 0 else {
      // If the sketch lost nothing, the cost is 0, but for rounding.
      let hint =
        report.sketchError.value == 0 ? "" : "; a larger -km may bound it from below, too"
      return "the cost of all points is at most \(upper), for certain\(hint)"
    }
    return "the cost of all points lies between \(report.costLower) and \(upper), for certain"
  }

  private static func cutoff(_ report: OnePassReport) -> String {
    report.distanceCutoff.value.map { "distance cutoff \(short($0))" } ?? "all points are equal"
  }
}
