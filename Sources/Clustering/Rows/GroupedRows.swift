/// Rows grouped by their labels: cluster after cluster, those of one in their own order (a counting
/// sort).
struct GroupedRows {
  /// Where the rows of each cluster begin; one more at the end.
  private(set) var starts: [Int]
  private(set) var rows: [Int32]

  /// - Complexity: O(n + k).
  init(_ labels: UnsafePointer<Int32>, count: Int, clusters: Int) {
    var starts = [Int](repeating: 0, count: clusters + 1)
    for row in 0..<count { starts[Int(labels[row]) + 1] += 1 }
    for cluster in 0..<clusters { starts[cluster + 1] += starts[cluster] }
    var next = starts
    rows = Array(unsafeUninitializedCapacity: count) { rows, filled in
      next.withUnsafeMutableBufferPointer { next in
        for row in 0..<count {
          let label = Int(labels[row])
          rows[next[label]] = Int32(truncatingIfNeeded: row)
          next[label] &+= 1
        }
      }
      filled = count
    }
    self.starts = starts
  }

  /// The places of a cluster's rows.
  subscript(cluster: Int) -> Range<Int> { starts[cluster]..<starts[cluster + 1] }
}
