import Clustering
import Foundation
import KMeansFiles

/// The centroids for people: a line for each column of the points, a column for each cluster, as
/// many as fit.
struct CentroidTable {
  let lines: [String]

  /// The largest number of columns of the points that are listed.
  private static let shown = 20
  /// The width of a line.
  private static let width = 100
  /// The largest width of a name.
  private static let nameWidth = 36

  /// - Parameters:
  ///   - names: one a column of the points.
  ///   - weights: one a cluster: the heaviest come first.
  init(_ centroids: Matrix<Double>, names: [String], weights: [Double]) {
    let order = weights.largestFirst
    let listed = names.prefix(Self.shown).map { shortened(visible($0), to: Self.nameWidth) }
    var columns = [["cluster"] + listed]
    var width = columns[0].map(\.count).max()!
    for cluster in order {
      let cells =
        ["\(cluster)"] + listed.indices.map { String(format: "%.6g", centroids[cluster, $0]) }
      width += 2 + cells.map(\.count).max()!
      if width > Self.width, columns.count > 1 { break }
      columns.append(cells)
    }
    var table = Table(leading: [0])
    for line in columns[0].indices { table.add(columns.map { $0[line] }) }
    lines =
      ["centroids, the largest clusters first"] + table.lines
      + Self.rest(columns: names.count - listed.count, clusters: order.count + 1 - columns.count)
  }

  /// What is left out, and where it is.
  private static func rest(columns: Int, clusters: Int) -> [String] {
    let parts = [
      columns > 0 ? "\(counted(columns, "more column"))" : nil,
      clusters > 0 ? "\(counted(clusters, "more cluster"))" : nil,
    ].compactMap { $0 }
    if parts.isEmpty { return [] }
    return ["... \(parts.joined(separator: ", ")): 'kmeans convert MODEL OUT.csv' has all"]
  }
}

/// A text of at most some characters, with dots where it is cut.
func shortened(_ text: String, to width: Int) -> String {
  text.count > width ? "\(text.prefix(width - 3))..." : text
}
