import Clustering
import Foundation
import KMeansFiles

/// The measures of a clustering and its largest clusters, for people.
struct QualityTables {
  let quality: ClusterQuality
  /// Whether distances are squared, and Mahout's figures told.
  let isSquared: Bool
  let showsAll: Bool
  let seed: UInt64
  /// The units of distances, in brackets; empty for those of the points.
  let units: String

  var lines: [String] {
    let squared = isSquared ? "squared " : ""
    return [""] + measures.lines
      + ["", "clusters, and the \(squared)distances of their points to the centroid\(units)"]
      + clusters
  }

  private var measures: Table {
    let sample =
      quality.silhouetteSample < quality.points
      ? "; of \(counted(quality.silhouetteSample, "point")), seed \(seed)" : ""
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
    guard isSquared, let mahout = quality.mahout else { return table }
    for (name, cells) in Self.mahout(mahout, oneCluster: quality.clusters.count == 1) {
      table.add([name] + cells)
    }
    return table
  }

  /// Mahout's figures, line by line.
  static func mahout(
    _ figures: MahoutQuality, oneCluster: Bool = false
  ) -> [(name: String, cells: [String])] {
    let one = oneCluster ? "there is one cluster" : nil
    return [
      (
        "Davies-Bouldin, Mahout's",
        cells(
          figures.daviesBouldin, "of squared distances; from 0, smaller is better",
          one ?? "two centroids are at one place")
      ),
      (
        "Dunn, Mahout's",
        cells(
          figures.dunn, "of squared distances, by the largest median; from 0, larger is better", one
        )
      ),
      (
        "largest squared distance",
        cells(
          figures.largestDistance, "of clusters of 2 points or more",
          "every point is alone in its cluster")
      ),
    ]
  }

  /// A measure with its meaning, or the reason why it is not defined.
  private static func cells(
    _ value: Double?, _ meaning: String, _ undefined: String?
  ) -> [String] {
    guard let value else { return ["-", "not defined: \(undefined ?? "nothing to divide by")"] }
    return [sixDigits(value), meaning]
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
      if isWeighted { cells.append(sixDigits(cluster.weight)) }
      cells.append(String(format: "%.1f %%", 100 * cluster.weight / quality.weight))
      if let found = isSquared ? cluster.squaredDistances : cluster.distances {
        cells += found.cells.map { String(format: "%.4g", $0) }
      }
      table.add(cells)
    }
    let rest = order.count - listed.count
    return table.lines + (rest > 0 ? ["... and \(rest) more"] : [])
  }
}
