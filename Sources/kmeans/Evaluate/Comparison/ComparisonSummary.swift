import Clustering
import Foundation
import KMeansFiles

/// The comparison with another clustering for people: the measures of both side by side, how far
/// they agree, and which cluster became which.
struct ComparisonSummary {
  private let report: ComparisonReport
  private let quality: ClusterQuality
  private let showsAll: Bool
  private var comparison: ClusteringComparison { report.comparison }
  /// The clusters of each that a table of all overlaps may have.
  private static let shown = 12

  /// - Parameter quality: that of the clustering that is judged.
  init(_ report: ComparisonReport, of quality: ClusterQuality, showsAll: Bool) {
    self.report = report
    self.quality = quality
    self.showsAll = showsAll
  }

  var lines: [String] {
    var lines = [
      "against \(report.path): \(counted(report.quality.clusters.count, "cluster"))"
    ]
    lines += measures.lines + ["", "agreement of both"] + agreement.lines
    lines += ["", "clusters, and the ones of the other that they are matched with"] + matches
    if let overlaps { lines += ["", "points of each pair of clusters"] + overlaps }
    return lines
  }

  private var measures: Table {
    let other = report.quality
    var table = Table(leading: [0, 3])
    let ratio =
      report.inertiaRatio.map { "the other's is \(sixDigits($0)) times this one's" }
      ?? "no ratio: of 0, or in other units"
    table.add(["", "this", "other"])
    table.add(["inertia", sixDigits(quality.inertia), sixDigits(other.inertia), ratio])
    var rows: [(String, Double?, Double?)] = [
      ("simplified silhouette", quality.simplifiedSilhouette, other.simplifiedSilhouette),
      ("silhouette", quality.silhouette, other.silhouette),
      ("Davies-Bouldin", quality.daviesBouldin, other.daviesBouldin),
      ("Calinski-Harabasz", quality.calinskiHarabasz, other.calinskiHarabasz),
      ("Dunn, of centroids", quality.centroidDunn, other.centroidDunn),
    ]
    if report.isSquared, let first = quality.mahout, let second = other.mahout {
      rows += [
        ("Davies-Bouldin, Mahout's", first.daviesBouldin, second.daviesBouldin),
        ("Dunn, Mahout's", first.dunn, second.dunn),
        ("largest squared distance", first.largestDistance, second.largestDistance),
      ]
    }
    for (name, first, second) in rows { table.add([name, Self.cell(first), Self.cell(second)]) }
    if let together = report.together {
      let note = "with the test points"
      for (name, value) in [
        ("Davies-Bouldin, Mahout's", together.daviesBouldin), ("Dunn, Mahout's", together.dunn),
      ] { table.add([name, "", Self.cell(value), note]) }
    }
    return table
  }

  private static func cell(_ value: Double?) -> String { value.map(sixDigits) ?? "-" }

  private var agreement: Table {
    var table = Table(leading: [0, 2])
    table.add(
      ["adjusted Rand index", Self.cell(comparison.adjustedRand)]
        + [
          comparison.adjustedRand == nil
            ? "not defined: the weights add up to no pair of points"
            : "1: the same partition, 0: by chance"
        ])
    table.add([
      "normalized mutual information", sixDigits(comparison.normalizedMutualInformation),
      "0 to 1, larger is nearer",
    ])
    table.add([
      "variation of information", sixDigits(comparison.variationOfInformation),
      "nats, from 0: the same partition",
    ])
    let way = comparison.isMatchingOptimal ? "the best matching" : "a matching by largest overlaps"
    let share = String(format: "%.2f %%", 100 * comparison.changedShare)
    table.add([
      "points that change cluster", "\(comparison.changedPoints)",
      "\(share) of \(comparison.weight == Double(comparison.points) ? "them" : "the weight"), by \(way)",
    ])
    guard let distances = report.distances, let largest = distances.max() else { return table }
    let mean = distances.reduce(0) { $0 + $1 / Double(distances.count) }
    table.add([
      "distance of matched centroids", sixDigits(mean),
      "the mean; the largest is \(sixDigits(largest)), in the units of the points",
    ])
    return table
  }

  /// The largest clusters with what became of them.
  private var matches: [String] {
    var sizes: [Int32: Int] = [:]
    for overlap in comparison.overlaps { sizes[overlap.cluster, default: 0] += overlap.count }
    let matches = Dictionary(
      uniqueKeysWithValues: zip(comparison.matches.map(\.cluster), 0...))
    var table = Table()
    table.add(
      ["cluster", "points", "match", "shared", "share"]
        + (report.distances == nil ? [] : ["distance"]))
    let order = sizes.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    let listed = showsAll ? order[...] : order.prefix(ClusterTable.shown)
    for (cluster, points) in listed {
      guard let place = matches[cluster] else {
        table.add(["\(cluster)", "\(points)", "-"])
        continue
      }
      let match = comparison.matches[place]
      table.add(
        [
          "\(cluster)", "\(points)", "\(match.other)", "\(match.count)",
          String(format: "%.1f %%", 100 * Double(match.count) / Double(points)),
        ] + (report.distances.map { [String(format: "%.4g", $0[place])] } ?? []))
    }
    let rest = order.count - listed.count
    return table.lines + (rest > 0 ? ["... and \(rest) more"] : [])
  }

  /// All overlaps, where there are not too many clusters to be read.
  private var overlaps: [String]? {
    let clusters = Set(comparison.overlaps.map(\.cluster)).sorted()
    let others = Set(comparison.overlaps.map(\.other)).sorted()
    guard showsAll || max(clusters.count, others.count) <= Self.shown else { return nil }
    let row = Dictionary(uniqueKeysWithValues: zip(clusters, 0...))
    let column = Dictionary(uniqueKeysWithValues: zip(others, 0...))
    let confusion = ConfusionMatrix<ClassName>(
      classes: clusters.map { ClassName("\($0)") }, clusters: others,
      cells: comparison.overlaps.map {
        ConfusionMatrix<ClassName>.Cell(
          classIndex: row[$0.cluster]!, clusterIndex: column[$0.other]!, count: $0.count)
      })
    return ConfusionTable(confusion, showsAll: true, corner: "this \\ other").lines
  }
}
