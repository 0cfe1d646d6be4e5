import Batching
import Clustering
import KMeansFiles
import VectorIO

extension RowBatch where Scalar: ClusteringScalar {
  /// The batch without the rows whose key is none, which are left out.
  func keepingUsableKeys() throws -> RowBatch {
    let keys = keys ?? []
    let rows = keys.indices.filter { !KeyedStreams<Scalar>.isUsable(keys[$0]) }
    guard !rows.isEmpty else { return self }
    let faults = rows.map { row in
      let what =
        keys[row].isEmpty
        ? "the key is empty" : "the key has \(counted(keys[row].utf8.count, "byte"))"
      return "row \(locator.fileRow(row) + 1) \(RowNumbers.ofRows): \(what)"
    }
    return try leavingOut(rows, for: .key, faults)
  }
}
