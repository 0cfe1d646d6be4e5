import Clustering
import KMeansFiles

// The table of the distances for other programs, in the columns of Mahout's qualcluster: `--csv`.
extension EvaluateReport {
  /// Writes a line for each cluster of the input and then of the test points. Numbers are the
  /// shortest that read back as the same bits. As in Mahout's table clusters of fewer than two
  /// points have no line.
  ///
  /// - Parameter note: takes a line for the user about these.
  func writeTable(to path: String, note: (String) -> Void) throws {
    let file = try AtomicFile(path)
    try file.write(
      "cluster,distance.mean,distance.sd,distance.q0,distance.q1,distance.q2,distance.q3,distance.q4,"
        + "count,is.train\n")
    for (name, clusters) in parts {
      for cluster in clusters where cluster.count > 1 {
        guard let found = isSquared ? cluster.squaredDistances : cluster.distances else { continue }
        let numbers = found.cells.map(\.description).joined(separator: ",")
        try file.write("\(cluster.label),\(numbers),\(cluster.count),\(name)\n")
      }
    }
    try file.commit()
    for (name, clusters) in parts {
      let small = clusters.filter { $0.count < 2 }.map(\.label)
      guard !small.isEmpty else { continue }
      let list = small.prefix(8).map(\.description).joined(separator: ", ")
      let part = parts.count > 1 ? " among the \(name) points" : ""
      note(
        "\(path): \(counted(small.count, "cluster")) of fewer than 2 points\(part) "
          + "\(small.count == 1 ? "has" : "have") no line: \(list)\(small.count > 8 ? ", ..." : "")"
      )
    }
  }

  /// The sets of points under the words that Mahout has for them.
  private var parts: [(name: String, clusters: [ClusterQuality.Cluster])] {
    [("train", quality.clusters)] + (test.map { [("test", $0.quality.clusters)] } ?? [])
  }
}

extension DistanceSummary {
  /// Mean, deviation, and the quartiles from the least to the largest.
  var cells: [Double] {
    [mean, standardDeviation, minimum, lowerQuartile, median, upperQuartile, maximum]
  }
}
