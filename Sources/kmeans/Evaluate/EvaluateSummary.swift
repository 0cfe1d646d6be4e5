import Clustering
import Foundation
import KMeansFiles

/// The summary of `kmeans evaluate` for people: the measures, the largest clusters, and their
/// agreement with the true classes and with another clustering.
struct EvaluateSummary {
  let report: EvaluateReport
  let run: RunFacts
  let path: String
  /// Whether all clusters and classes are listed, not only the largest.
  let showsAll: Bool
  /// The units of distances, in brackets; empty for those of the points.
  let units: String
  private var quality: ClusterQuality { report.quality }

  var lines: [String] {
    var lines = heading
    lines += tables(quality).lines
    if let agreement = report.agreement {
      lines += [
        "",
        "agreement with the true labels (\(counted(agreement.confusion.classes.count, "class", plural: "classes")))",
      ]
      lines += Self.measures(of: agreement).lines
      lines += [""] + ConfusionTable(agreement.confusion, showsAll: showsAll).lines
    }
    if let test = report.test { lines += [""] + self.lines(of: test) }
    if let against = report.against {
      lines += [""] + ComparisonSummary(against, of: quality, showsAll: showsAll).lines
    }
    return lines
  }

  private func tables(_ quality: ClusterQuality) -> QualityTables {
    QualityTables(
      quality: quality, isSquared: report.isSquared, showsAll: showsAll, seed: run.seed ?? 0,
      units: units)
  }

  private func lines(of test: TestReport) -> [String] {
    let quality = test.quality
    var lines = [
      "test: \(test.path): \(counted(quality.points, "point"))\(Self.leftOut(quality))"
    ]
    lines += tables(quality).lines
    guard let together = test.together else { return lines }
    var table = Table(leading: [0, 2])
    for (name, cells) in QualityTables.mahout(together) { table.add([name] + cells) }
    return lines + ["", "the input and the test points together"] + table.lines
  }

  private var heading: [String] {
    let empty = quality.clusters.count { $0.count == 0 }
    return [
      "\(path): \(run.size)\(Self.leftOut(quality))",
      "\(counted(quality.clusters.count, "cluster"))\(empty > 0 ? ", \(empty) of them empty," : "") evaluated in "
        + String(format: "%.3g s", run.seconds ?? 0) + " (\(run.machine))",
    ]
  }

  private static func leftOut(_ quality: ClusterQuality) -> String {
    quality.leftOut > 0 ? "; \(quality.leftOut) left out, without label or weight" : ""
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
    ] { table.add([name, sixDigits(value), meaning]) }
    return table
  }
}

/// A number of six digits.
func sixDigits(_ value: Double) -> String { String(format: "%.6g", value) }
