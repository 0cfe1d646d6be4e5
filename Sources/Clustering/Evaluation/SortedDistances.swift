/// The distances of the rows of each cluster, sorted.
struct SortedDistances {
  private var distances: [Double]
  private let grouped: GroupedRows

  /// - Parameter squared: the squared distance of each row.
  /// - Complexity: O(n log n), and memory for n distances and their rows.
  init(_ squared: [Double], groups: [Int32], count: Int, threads: Int) {
    let grouped = GroupedRows(groups, count: groups.count, clusters: count)
    self.grouped = grouped
    distances = grouped.rows.map { squared[Int($0)].squareRoot() }
    distances.withUnsafeMutableBufferPointer { buffer in
      nonisolated(unsafe) let base = buffer.baseAddress!
      Workers.share(count, among: threads) { turns in
        while let group = turns.next() {
          var members = UnsafeMutableBufferPointer(
            start: base + grouped.starts[group], count: grouped[group].count)
          members.sort()
        }
      }
    }
  }

  /// Something of the sorted distances of each cluster.
  func map<Result>(_ body: (Int, UnsafeBufferPointer<Double>) -> Result) -> [Result] {
    distances.withUnsafeBufferPointer { buffer in
      (0..<grouped.starts.count - 1).map { group in
        body(group, UnsafeBufferPointer(rebasing: buffer[grouped[group]]))
      }
    }
  }
}
