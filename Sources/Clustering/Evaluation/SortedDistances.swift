/// The distances of the rows of each cluster, sorted.
struct SortedDistances {
  private var distances: [Double]
  /// The place of each cluster's first distance, and behind them the number of rows [k + 1].
  private var starts: [Int]

  /// - Parameter squared: the squared distance of each row.
  /// - Complexity: O(n log n), and memory for n distances.
  init(_ squared: [Double], groups: [Int32], counts: [Int], threads: Int) {
    starts = [0]
    for count in counts { starts.append(starts.last! + count) }
    var next = starts
    distances = Array(repeating: 0, count: squared.count)
    for row in squared.indices {
      let group = Int(groups[row])
      distances[next[group]] = squared[row].squareRoot()
      next[group] += 1
    }
    distances.withUnsafeMutableBufferPointer { [starts] buffer in
      nonisolated(unsafe) let base = buffer.baseAddress!
      Workers.share(counts.count, among: threads) { turns in
        while let group = turns.next() {
          var members = UnsafeMutableBufferPointer(
            start: base + starts[group], count: counts[group])
          members.sort()
        }
      }
    }
  }

  /// A result for each cluster, from its sorted distances.
  func map<Result>(_ body: (Int, UnsafeBufferPointer<Double>) -> Result) -> [Result] {
    distances.withUnsafeBufferPointer { buffer in
      (0..<starts.count - 1).map { group in
        body(group, UnsafeBufferPointer(rebasing: buffer[starts[group]..<starts[group + 1]]))
      }
    }
  }
}
