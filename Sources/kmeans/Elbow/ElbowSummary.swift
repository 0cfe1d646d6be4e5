import Clustering
import Foundation
import KMeansFiles

/// The summary of `kmeans elbow` for people: a row with a bar for each fit, and the knee.
struct ElbowSummary {
  let lines: [String]

  init(_ curve: ElbowCurve, _ report: ElbowReport, _ run: RunFacts, _ path: String) {
    let (largest, least) = (curve.fits.first?.inertia ?? 0, curve.fits.last?.inertia ?? 0)
    var lines = [
      "\(path): \(run.size), " + String(format: "read in %.3g s", run.readSeconds),
      "seed \(run.seed ?? 0), \(run.machine)",
      "clusters       inertia  explained   seconds  iterations   inertia above the last",
    ]
    for fit in curve.fits {
      let row = String(
        format: "%8d  %12.6g  %7.2f %%  %8.3g  %10d", fit.clusters, fit.inertia,
        Self.percent(curve.explained(fit)), fit.seconds, fit.iterations)
      let bar = Self.bar((fit.inertia - least) / (largest - least))
      let mark = fit.clusters == report.knee ? " <- knee" : ""
      lines.append("\(row)\(fit.converged ? " " : "*") |\(bar)|\(mark)")
    }
    if curve.fits.contains(where: { !$0.converged }) {
      lines.append("* stopped by the limit of iterations")
    }
    self.lines = lines + [Self.verdict(curve, report)]
  }

  /// A share in percent, rounded down: only the whole is 100.
  private static func percent(_ share: Double) -> Double { (share * 1e4).rounded(.down) / 100 }

  /// A bar of a fixed width whose length shows a share of it, to an eighth of a character.
  static func bar(_ share: Double) -> String {
    let width = 20
    // The share of 0 in 0 is no number.
    let eighths = share > 0 ? min(8 * width, Int((share * Double(8 * width)).rounded())) : 0
    var bar = String(repeating: "█", count: eighths / 8)
    if eighths % 8 > 0 { bar.append(["▏", "▎", "▍", "▌", "▋", "▊", "▉"][eighths % 8 - 1]) }
    return bar + String(repeating: " ", count: width - bar.count)
  }

  private static func verdict(_ curve: ElbowCurve, _ report: ElbowReport) -> String {
    let rule = "(Kneedle, sensitivity \(String(format: "%g", report.sensitivity)))"
    guard let knee = report.knee, let fit = curve.fits.first(where: { $0.clusters == knee }) else {
      return curve.fits.count < 4
        ? "no knee: too few numbers of clusters to see one"
        : "no knee: the inertia bends nowhere, or not far enough from the ends \(rule)"
    }
    let share = String(format: "%.2f", percent(curve.explained(fit)))
    return
      "the knee is at \(counted(knee, "cluster")), which \(knee == 1 ? "explains" : "explain") \(share) % of "
      + "the variance \(rule)"
  }
}
