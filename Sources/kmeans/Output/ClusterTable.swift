import Foundation
import KMeansFiles

/// The table of clusters for people.
enum ClusterTable {
  /// The number of clusters that are listed.
  static let shown = 20

  /// The largest clusters with their weights.
  ///
  /// - Parameter ids: the names of the clusters of a stream.
  static func lines(_ weights: [Double], ids: [Int]? = nil) -> [String] {
    let total = weights.reduce(0, +)
    let order = weights.indices.sorted { (-weights[$0], $0) < (-weights[$1], $1) }
    var lines = ["cluster\(ids == nil ? "" : "      id")        weight   share"]
    for cluster in order.prefix(shown) {
      let share = total > 0 ? 100 * weights[cluster] / total : 0
      lines.append(
        String(format: "%7d", cluster) + (ids.map { String(format: "  %6d", $0[cluster]) } ?? "")
          + String(format: "  %12.6g  %5.1f %%", weights[cluster], share))
    }
    if order.count > shown { lines.append("... and \(order.count - shown) more") }
    return lines
  }

  /// A line for the user where clusters got no point; `nil` where none is empty.
  ///
  /// - Parameter distinct: the number of distinct rows, where that is the reason.
  static func note(_ path: String, empty: Int, of clusters: Int, distinct: Int? = nil) -> String? {
    guard empty > 0 else { return nil }
    let reason = distinct.map {
      ": there \($0 == 1 ? "is" : "are") only \(counted($0, "distinct row"))"
    }
    return "\(path): \(empty) of \(counted(clusters, "cluster")) \(empty == 1 ? "is" : "are") empty"
      + (reason ?? "")
  }
}
