import Clustering
import Foundation
import KMeansFiles

/// The summary of `kmeans elbow` for people: a row with a bar for each fit, what each criterion
/// says, and the number of clusters that most of them give.
struct ElbowSummary {
  let lines: [String]

  init(_ curve: ElbowCurve, _ report: ElbowReport, _ run: RunFacts, _ path: String) {
    let (largest, least) = (curve.fits.first?.inertia ?? 0, curve.fits.last?.inertia ?? 0)
    let hasGaps = curve.fits.contains { $0.gap != nil }
    var lines = [
      "\(path): \(run.size), " + String(format: "read in %.3g s", run.readSeconds),
      "seed \(run.seed ?? 0), \(run.machine)",
      "clusters      inertia  explained  silh.  Dav.-B.    Cal.-H."
        + (hasGaps ? "      gap" : "") + "  seconds   inertia above the last",
    ]
    for fit in curve.fits {
      let row = String(
        format: "%8d  %11.6g  %7.2f %%", fit.clusters, fit.inertia,
        Self.percent(curve.explained(fit)))
      let indices =
        Self.cell(fit.indices?.simplifiedSilhouette, "%7.3f", 7)
        + Self.cell(fit.indices?.daviesBouldin, "%9.3f", 9)
        + Self.cell(fit.indices?.calinskiHarabasz, "%11.5g", 11)
        + (hasGaps ? Self.cell(fit.gap?.value, "%9.3f", 9) : "")
      let bar = Self.bar((fit.inertia - least) / (largest - least))
      let seconds = String(format: " %8.2g", fit.seconds)
      let mark = fit.clusters == report.knee ? " <- knee" : ""
      lines.append("\(row)\(indices)\(seconds)\(fit.converged ? " " : "*") |\(bar)|\(mark)")
    }
    if curve.fits.contains(where: { !$0.converged }) {
      lines.append("* stopped by the limit of iterations")
    }
    self.lines = lines + [Self.verdict(curve, report), Self.suggestion(curve, report)]
  }

  /// A number of a column, or a dash where there is none.
  private static func cell(_ value: Double?, _ format: String, _ width: Int) -> String {
    value.map { String(format: format, $0) } ?? String(repeating: " ", count: width - 1) + "-"
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

  /// The number of clusters that most criteria give, or what each of them says.
  private static func suggestion(_ curve: ElbowCurve, _ report: ElbowReport) -> String {
    let names = [
      ("silhouette", "silhouette"), ("daviesBouldin", "Davies-Bouldin"),
      ("calinskiHarabasz", "Calinski-Harabasz"), ("knee", "the knee"), ("gap", "the gap"),
    ]
    let votes = names.compactMap { key, name in report.votes[key].map { (name, $0) } }
    guard let clusters = report.suggestion else {
      let opinions = votes.map { "\($0.0) says \($0.1)" }.joined(separator: ", ")
      return "no clear number of clusters" + (opinions.isEmpty ? "" : ": \(opinions)")
        + (curve.doubt(about: report.agreed).map { "; \($0)" } ?? "")
    }
    let agreeing = votes.filter { $0.1 == clusters }.map(\.0).joined(separator: ", ")
    let others = votes.filter { $0.1 != clusters }.map { "\($0.0) says \($0.1)" }
    return "suggestion: \(counted(clusters, "cluster")), by \(agreeing)"
      + (others.isEmpty ? "" : "; \(others.joined(separator: ", "))")
  }
}

extension ElbowCurve {
  /// Why a number of clusters that most criteria give is none to suggest.
  func doubt(about agreed: Int?) -> String? {
    guard let agreed, let fit = fits.first(where: { $0.clusters == agreed }),
      let silhouette = fit.indices?.simplifiedSilhouette
    else { return nil }
    let (found, least) = (
      String(format: "%.3f", silhouette), String(format: "%g", Suggestion.leastSilhouette)
    )
    return
      "the silhouette of \(agreed) is \(found), where that of clusters that lie apart is above \(least)"
  }
}
