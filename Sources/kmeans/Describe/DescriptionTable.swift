import Clustering
import Foundation
import KMeansFiles
import VectorIO

// The table of a description for other programs: `--csv`.
extension ClusterDescription {
  /// Writes a line for each cluster: its number, its id in a stream, its size, its share, the
  /// centroid in the units of the points, and the ids of the rows nearest to it, where rows have
  /// ids. Numbers are the shortest that read back as the same bits.
  func writeCSV(to path: String) throws {
    let file = try AtomicFile(path)
    let names =
      ["cluster"] + (ids == nil ? [] : ["id"]) + ["size", "share"] + names.header
      + exampleNames
    let header = names.map { quotedField($0, delimiter: ",") }.joined(separator: ",")
    try file.write(FileName.bytes(of: header + "\n"))
    for cluster in sizes.indices {
      var line = "\(cluster),"
      if let ids { line += "\(ids[cluster])," }
      line += "\(whole(sizes[cluster])),\(share(cluster))"
      for column in 0..<centroids.columns {
        let value = centroids[cluster, column]
        line += areFloats ? ",\(Float(value))" : ",\(value)"
      }
      try file.write(FileName.bytes(of: line + examples(of: cluster) + "\n"))
    }
    try file.commit()
  }
}

// Ids of rows in the table.
extension ClusterDescription {
  /// `nearest_id1` and so on; nothing where rows have no ids.
  private var exampleNames: [String] {
    guard let points, points.idName != nil else { return [] }
    return (0..<points.examples).map { "nearest_id\($0 + 1)" }
  }

  /// The fields of a cluster, each behind a comma; those of clusters of fewer points are empty.
  private func examples(of cluster: Int) -> String {
    guard let points, points.idName != nil else { return "" }
    let ids = points.nearest[cluster].rows.map { quotedField($0.id ?? "", delimiter: ",") }
    let fields = ids + Array(repeating: "", count: max(0, points.examples - ids.count))
    return fields.map { ",\($0)" }.joined()
  }
}

/// A number, without a fraction where it has none.
func whole(_ number: Double) -> String {
  Int(exactly: number).map(\.description) ?? number.description
}
