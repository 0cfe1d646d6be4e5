import Clustering
import Foundation
import KMeansFiles

/// The summary of `kmeans fit` for people: the input, the end of the run, and the largest clusters.
struct FitSummary {
  let lines: [String]

  init<Scalar: ClusteringScalar>(
    _ fit: KMeans.Fit<Scalar>, _ report: FitReport, _ run: RunFacts, verified: Bool, _ path: String
  ) {
    let ended = report.converged ? "converged after" : "stopped at"
    var lines = [
      "\(path): \(run.size), "
        + (report.reread ? "read in several passes" : "read in \(Self.short(run.readSeconds)) s"),
      "\(counted(fit.model.clusterCount, "cluster")), seed \(run.seed ?? 0)\(Self.choice(fit, report)): "
        + "\(ended) \(counted(report.iterations, "iteration")) in \(Self.short(run.seconds ?? 0)) s "
        + "(\(run.machine))",
      "inertia \(report.inertia)\(fit.model.transform.units)",
    ]
    if report.seedingRounds > 0 {
      let passes = Self.short(report.seedingPasses)
      lines.insert(
        "\(report.initialization) start: \(counted(report.seedingRounds, "round")), as many distances as "
          + "\(passes) \(passes == "1" ? "assignment" : "assignments")", at: 1)
    }
    if let filter = report.filter { lines.append(Self.text(filter)) }
    if verified { lines.append("verified: every iteration equals the naive reference") }
    self.lines = lines + ClusterTable.lines(fit.model.clusterWeights)
  }

  /// The number of the best of several runs.
  private static func choice<Scalar>(_ fit: KMeans.Fit<Scalar>, _ report: FitReport) -> String {
    guard report.runs > 1, report.seedingRounds > 0 || report.initialization == "random" else {
      return ""
    }
    return ", the best of \(counted(report.runs, "run")) (number \(fit.run + 1))"
  }

  /// The shares of pairs that the filter left, and of points that it left to another strategy.
  private static func text(_ filter: KMeans.FilterShares) -> String {
    let left =
      filter.unfiltered > 0
      ? String(format: "; %.3g %% of the points left to fused", 100 * filter.unfiltered) : ""
    return String(
      format: "filtered: %.3g %% of the pairs compared by bytes, %.3g %% by distance",
      100 * filter.compared, 100 * filter.candidates) + left
  }

  private static func short(_ seconds: Double) -> String { String(format: "%.3g", seconds) }
}
