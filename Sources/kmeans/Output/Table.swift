// Tables for people: of any cells, and of clusters.

import Foundation
import KMeansFiles

/// Lines of cells in columns that are as wide as their widest cell.
struct Table {
  private var rows: [[String]] = []
  /// Columns of text, which begin at the left; numbers end at the right.
  private let leading: Set<Int>

  init(leading: Set<Int> = []) { self.leading = leading }

  /// Adds a line; lines may have fewer cells than others.
  mutating func add(_ cells: [String]) { rows.append(cells) }

  var lines: [String] {
    var widths: [Int] = []
    for row in rows {
      for (column, cell) in row.enumerated() {
        if column == widths.count { widths.append(0) }
        widths[column] = max(widths[column], cell.count)
      }
    }
    return rows.map { row in
      let cells = row.enumerated().map { column, cell in
        let blanks = String(repeating: " ", count: widths[column] - cell.count)
        return leading.contains(column) ? cell + blanks : blanks + cell
      }
      let line = cells.joined(separator: "  ")
      return String(line.reversed().drop { $0 == " " }.reversed())
    }
  }
}

/// The table of clusters for people.
enum ClusterTable {
  /// The number of clusters that are listed.
  static let shown = 20

  /// The largest clusters with their weights.
  ///
  /// - Parameter ids: the names of the clusters of a stream.
  static func lines(_ weights: [Double], ids: [Int]? = nil) -> [String] {
    let total = weights.reduce(0, +)
    let order = weights.largestFirst
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

extension Array where Element: Comparable {
  /// The places of the values, that of the largest first, the lowest place of equal ones.
  var largestFirst: [Int] { indices.sorted { (self[$1], $0) < (self[$0], $1) } }
}
