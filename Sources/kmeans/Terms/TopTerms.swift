import Foundation
import KMeansFiles

/// The heaviest columns of each centroid, as points are compared with it: what a cluster of texts
/// is about.
struct TopTerms {
  /// A column of a centroid; the keys are a contract.
  struct Term: Encodable {
    let term: String
    let weight: Double
  }

  /// One list a cluster, the heaviest first, the first column of equal ones; of values above 0.
  let clusters: [[Term]]

  /// The largest number of clusters that are listed.
  private static let shown = 100
  /// The largest width of a name.
  private static let nameWidth = 36

  /// - Parameters:
  ///   - centroids: those of transformed points, row after row [k x d].
  ///   - names: one a column.
  ///   - top: how many are kept of each.
  /// - Complexity: O(k d), and O(top) for each that is heavier than all before.
  init(_ centroids: [Double], names: [String], top: Int) {
    clusters = stride(from: 0, to: centroids.count, by: names.count).map { first in
      var heaviest: [(column: Int, weight: Double)] = []
      for column in names.indices {
        let weight = centroids[first + column]
        guard weight > (heaviest.count < top ? 0 : heaviest[top - 1].weight) else { continue }
        if heaviest.count == top { heaviest.removeLast() }
        let place = heaviest.firstIndex { $0.weight < weight } ?? heaviest.count
        heaviest.insert((column, weight), at: place)
      }
      return heaviest.map { Term(term: names[$0.column], weight: $0.weight) }
    }
  }

  /// Lines for people, the largest clusters first.
  func lines(weights: [Double]) -> [String] {
    let order = weights.largestFirst
    let shown = order.prefix(Self.shown).map { cluster in
      "cluster \(cluster) (\(String(format: "%.6g", weights[cluster]))): \(text(cluster))"
    }
    let rest = order.count - shown.count
    return ["heaviest columns, the largest clusters first"] + shown
      + (rest > 0 ? ["... \(counted(rest, "more cluster")): --json has all"] : [])
  }

  /// `star 0.31, galaxy 0.28`
  func text(_ cluster: Int) -> String {
    let terms = clusters[cluster].map {
      "\(shortened(visible($0.term), to: Self.nameWidth)) \(String(format: "%.3g", $0.weight))"
    }
    return terms.isEmpty ? "none above 0" : terms.joined(separator: ", ")
  }
}
