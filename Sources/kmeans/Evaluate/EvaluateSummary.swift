import Clustering
import Foundation
import KMeansFiles

/// The summary of `kmeans evaluate` for people: the measures, the largest clusters, and their
/// agreement with the true classes.
struct EvaluateSummary {
  let report: EvaluateReport
  let run: RunFacts
  let path: String
  /// Whether all clusters and classes are listed, not only the largest.
  let showsAll: Bool
  private var quality: ClusterQuality { report.quality }

  var lines: [String] {
    var lines = heading
    lines += [""] + measures.lines
    lines += ["", "clusters, and the distances of their points to the centroid"] + clusters
    if let agreement = report.agreement {
      lines += [
        "",
        "agreement with the true labels (\(counted(agreement.confusion.classes.count, "class", plural: "classes")))",
      ]
      lines += Self.measures(of: agreement).lines
      lines += [""] + ConfusionTable(agreement.confusion, showsAll: showsAll).lines
    }
    return lines
  }

  private var heading: [String] {
    let empty = quality.clusters.count { $0.count == 0 }
    let left = quality.leftOut > 0 ? "; \(quality.leftOut) left out, without label or weight" : ""
    return [
      "\(path): \(run.size)\(left)",
      "\(counted(quality.clusters.count, "cluster"))\(empty > 0 ? ", \(empty) of them empty," : "") evaluated in "
        + String(format: "%.3g s", run.seconds ?? 0) + " (\(run.machine))",
    ]
  }

  private var measures: Table {
    let sample =
      quality.silhouetteSample < quality.points
      ? "; of \(counted(quality.silhouetteSample, "point")), seed \(run.seed ?? 0)" : ""
    let unweighted = isWeighted ? "; weights do not enter" : ""
    let undefined = quality.undefined?.description
    var table = Table(leading: [0, 2])
    table.add(["inertia", "\(quality.inertia)"])
    table.add(
      ["simplified silhouette"]
        + Self.cells(quality.simplifiedSilhouette, "-1 to 1, larger is better", undefined))
    table.add(
      ["silhouette"]
        + Self.cells(
          quality.silhouette, "-1 to 1, larger is better\(sample)\(unweighted)",
          quality.silhouetteUndefined?.description))
    table.add(
      ["Davies-Bouldin"]
        + Self.cells(quality.daviesBouldin, "from 0, smaller is better", undefined))
    table.add(
      ["Calinski-Harabasz"]
        + Self.cells(
          quality.calinskiHarabasz, "from 0, larger is better",
          undefined ?? quality.calinskiHarabaszUndefined?.description))
    table.add(
      ["Dunn, of centroids"]
        + Self.cells(quality.centroidDunn, "from 0, larger is better", undefined))
    return table
  }

  /// A measure with its meaning, or the reason why it is not defined.
  private static func cells(
    _ value: Double?, _ meaning: String, _ undefined: String?
  ) -> [String] {
    guard let value else { return ["-", "not defined: \(undefined ?? "nothing to divide by")"] }
    return [short(value), meaning]
  }

  private var isWeighted: Bool { quality.weight != Double(quality.points) }

  private var clusters: [String] {
    let head = ["cluster", "points"] + (isWeighted ? ["weight"] : [])
    var table = Table()
    table.add(head + ["share", "mean", "sd", "min", "q1", "median", "q3", "max"])
    let order = quality.clusters.sorted { ($1.weight, $0.label) < ($0.weight, $1.label) }
    let listed = showsAll ? order[...] : order.prefix(ClusterTable.shown)
    for cluster in listed {
      var cells = ["\(cluster.label)", "\(cluster.count)"]
      if isWeighted { cells.append(Self.short(cluster.weight)) }
      cells.append(String(format: "%.1f %%", 100 * cluster.weight / quality.weight))
      if let found = cluster.distances {
        cells += [
          found.mean, found.standardDeviation, found.minimum, found.lowerQuartile, found.median,
          found.upperQuartile, found.maximum,
        ].map { String(format: "%.4g", $0) }
      }
      table.add(cells)
    }
    let rest = order.count - listed.count
    return table.lines + (rest > 0 ? ["... and \(rest) more"] : [])
  }

  private static func measures(of agreement: LabelAgreement<ClassName>) -> Table {
    var table = Table(leading: [0, 2])
    for (name, value, meaning) in [
      ("adjusted Rand index", agreement.adjustedRand, "1: the same partition, 0: by chance"),
      (
        "normalized mutual information", agreement.normalizedMutualInformation,
        "0 to 1, larger is better"
      ),
      ("homogeneity", agreement.homogeneity, "1: clusters of one class each"),
      ("completeness", agreement.completeness, "1: classes in one cluster each"),
      ("V-measure", agreement.vMeasure, "harmonic mean of both"),
      ("purity", agreement.purity, "share of points in the main class of their cluster"),
    ] { table.add([name, short(value), meaning]) }
    return table
  }

  private static func short(_ value: Double) -> String { String(format: "%.6g", value) }
}
