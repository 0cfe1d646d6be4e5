import Clustering
import KMeansFiles
import KMeansReports

// The values behind the deviations: the mean and the deviation of each column, and what each
// centroid has there.
extension ClusterPage {
  /// How many columns and clusters are listed, and how many clusters stand side by side, so that
  /// they fit on paper.
  private static var listed: (columns: Int, clusters: Int, beside: Int) { (60, 24, 6) }

  func addValues(_ section: inout Markup) {
    let names = description.names.all
    let clusters = Array(description.largestFirst.prefix(Self.listed.clusters))
    // In the order of the input, as people know them.
    let columns = separating.prefix(Self.listed.columns).map(\.column).sorted()
    section.add("h3", text: "The values of the centroids")
    section.addText(valuesText(columns.count, clusters.count))
    for start in stride(from: 0, to: clusters.count, by: Self.listed.beside) {
      let beside = clusters[start..<min(clusters.count, start + Self.listed.beside)]
      section.addTable(
        ["column", "mean", "sd"] + beside.map(name),
        columns.map { column in
          [
            visible(names[column]), numberText(description.spread.means[column], digits: 5),
            numberText(description.spread.deviations[column], digits: 5),
          ] + beside.map { numberText(description.centroids[$0, column], digits: 5) }
        })
    }
  }

  private func valuesText(_ columns: Int, _ clusters: Int) -> String {
    var text =
      "Mean and standard deviation (sd) are those that centroids are compared with: a deviation is "
      + "(centroid − mean) / sd."
    if columns < dimension || clusters < clusterCount {
      text +=
        " Listed are \(columns < dimension ? "the \(columns) columns that separate clusters most of" : "all") "
        + "\(counted(dimension, "column")) and "
        + "\(clusters < clusterCount ? "the \(clusters) largest of" : "all") "
        + "\(counted(clusterCount, "cluster")); 'kmeans describe MODEL --csv OUT.csv' has all."
    }
    return text
  }
}
