import Clustering
import Foundation
import KMeansFiles
import VectorIO

// The table of a description for other programs: `--csv`.
extension ClusterDescription {
  /// Writes a line for each cluster: its number, its id in a stream, its size, its share, and the
  /// centroid in the units of the points. Numbers are the shortest that read back as the same bits.
  func writeCSV(to path: String) throws {
    let file = try AtomicFile(path)
    let names = ["cluster"] + (ids == nil ? [] : ["id"]) + ["size", "share"] + names.header
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
      try file.write(line + "\n")
    }
    try file.commit()
  }
}

/// A number, without a fraction where it has none.
func whole(_ number: Double) -> String {
  Int(exactly: number).map(\.description) ?? number.description
}
