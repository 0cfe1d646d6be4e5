import Clustering
import Foundation

/// What `kmeans fit` tells people: what was read, how it ended, and the largest clusters.
struct FitSummary {
  let lines: [String]

  init<Scalar: ClusteringScalar>(
    _ fit: KMeans.Fit<Scalar>, _ report: FitReport, verified: Bool, _ path: String
  ) {
    let ended = report.converged ? "converged after" : "stopped at"
    var lines = [
      "\(path): \(report.points) points of \(report.dimension) columns, \(report.precision), "
        + "read in \(Self.short(report.readSeconds)) s",
      "\(report.clusters) clusters, seed \(report.seed): \(ended) \(report.iterations) iterations "
        + "in \(Self.short(report.seconds)) s (\(report.threads) threads, \(report.isa))",
      "inertia \(report.inertia)",
    ]
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

  /// How many clusters are listed.
  private static let shown = 20

  private static func short(_ seconds: Double) -> String { String(format: "%.3g", seconds) }
}
