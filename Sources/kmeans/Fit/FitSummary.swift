import Clustering
import Foundation
import KMeansFiles

/// What `kmeans fit` tells people: what was read, how it ended, and the largest clusters.
struct FitSummary {
  let lines: [String]

  init<Scalar: ClusteringScalar>(
    _ fit: KMeans.Fit<Scalar>, _ report: FitReport, verified: Bool, _ path: String
  ) {
    let ended = report.converged ? "converged after" : "stopped at"
    var lines = [
      "\(path): \(counted(report.points, "point")) of \(counted(report.dimension, "column")), \(report.precision), "
        + (report.reread
          ? "read in several passes" : "read in \(Self.short(report.readSeconds)) s"),
      "\(counted(report.clusters, "cluster")), seed \(report.seed)\(Self.choice(fit, report)): "
        + "\(ended) \(counted(report.iterations, "iteration")) in \(Self.short(report.seconds)) s "
        + "(\(counted(report.threads, "thread")), \(report.isa))",
      "inertia \(report.inertia)\(Self.unit(report))",
    ]
    if report.seedingRounds > 0 {
      let passes = Self.short(report.seedingPasses)
      lines.insert(
        "\(report.initialization) start: \(counted(report.seedingRounds, "round")), as many distances as "
          + "\(passes) \(passes == "1" ? "assignment" : "assignments")", at: 1)
    }
    if let filter = report.filter { lines.append(Self.text(filter)) }
    if verified { lines.append("verified: every iteration equals the naive reference") }
    let weights = fit.model.clusterWeights
    let total = weights.reduce(0, +)
    let order = weights.indices.sorted { (-weights[$0], $0) < (-weights[$1], $1) }
    lines.append("cluster        weight   share")
    for cluster in order.prefix(Self.shown) {
      lines.append(
        String(
          format: "%7d  %12.6g  %5.1f %%", cluster, weights[cluster],
          100 * weights[cluster] / total))
    }
    if order.count > Self.shown { lines.append("... and \(order.count - Self.shown) more") }
    self.lines = lines
  }

  /// Which of several runs won.
  private static func choice<Scalar>(_ fit: KMeans.Fit<Scalar>, _ report: FitReport) -> String {
    guard report.runs > 1, report.seedingRounds > 0 || report.initialization == "random" else {
      return ""
    }
    return ", the best of \(counted(report.runs, "run")) (number \(fit.run + 1))"
  }

  /// What the inertia is that of, where it is not that of the points as they are.
  private static func unit(_ report: FitReport) -> String {
    let isCosine = report.distance == Distance.cosine.rawValue
    switch (report.standardized, isCosine) {
    case (true, true): return " (rows standardised, then of length 1)"
    case (true, false): return " (rows standardised)"
    case (false, true): return " (rows of length 1)"
    case (false, false): return ""
    }
  }

  /// What the filter spared, and what it left to another strategy.
  private static func text(_ filter: KMeans.FilterShares) -> String {
    let left =
      filter.unfiltered > 0
      ? String(format: "; %.3g %% of the points left to fused", 100 * filter.unfiltered) : ""
    return String(
      format: "filtered: %.3g %% of the pairs compared by bytes, %.3g %% by distance",
      100 * filter.compared, 100 * filter.candidates) + left
  }

  /// How many clusters are listed.
  private static let shown = 20

  private static func short(_ seconds: Double) -> String { String(format: "%.3g", seconds) }
}
