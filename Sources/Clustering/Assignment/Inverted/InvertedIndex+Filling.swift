// The values of centroids, entered into an inverted index by several threads.
extension InvertedIndex {
  /// Takes other centroids, in the same memory.
  ///
  /// - Parameter isLeftOut: of each centroid whether it never wins, and needs no values.
  /// - Complexity: O(k d).
  mutating func fill(_ centroids: Rows<Scalar>, leavingOut isLeftOut: [Bool], threads: Int) {
    // Each thread takes some columns of all centroids, so that no two write to one place.
    let columns = Self.partColumns
    let parts = (centroids.columns + columns - 1) / columns
    makeRoom(count(centroids, leavingOut: isLeftOut, parts: parts, threads), centroids.count)
    var next = listStarts
    next.withUnsafeMutableBufferPointer { next in
      nonisolated(unsafe) let target = Target(
        vectorNumbers: vectorNumbers, vectorCount: vectorCount, vectors: vectors.base,
        next: next.baseAddress!, listCentroids: listCentroids.base, listValues: listValues.base)
      let width = width
      Workers.share(parts, among: threads) { queue in
        while let part = queue.next() {
          let some = part * columns..<min((part + 1) * columns, centroids.columns)
          for first in stride(from: 0, to: width, by: Self.sliceWidth) {
            target.clear(first / Self.sliceWidth, some)
            for cluster in first..<min(first + Self.sliceWidth, centroids.count)
            where !isLeftOut[cluster] {
              target.enter(centroids[cluster], cluster, some)
            }
          }
        }
      }
    }
  }

  /// Columns that a thread takes at a time: so few that what a slice has there stays in cache.
  private static var partColumns: Int { 2048 }

  /// Counts the values of each centroid.
  ///
  /// - Returns: how many centroids have each term.
  private mutating func count(
    _ centroids: Rows<Scalar>, leavingOut isLeftOut: [Bool], parts: Int, _ threads: Int
  ) -> [Int32] {
    var counts = [Int32](repeating: 0, count: centroids.columns)
    var found = [Int32](repeating: 0, count: parts * centroids.count)
    counts.withUnsafeMutableBufferPointer { counts in
      found.withUnsafeMutableBufferPointer { found in
        nonisolated(unsafe) let (counts, found) = (counts.baseAddress!, found.baseAddress!)
        Workers.share(parts, among: threads) { queue in
          while let part = queue.next() {
            let first = part * Self.partColumns
            let end = min(first + Self.partColumns, centroids.columns)
            for cluster in 0..<centroids.count {
              let (row, weight) = (centroids[cluster], isLeftOut[cluster] ? Int32(0) : 1)
              var sum: Int32 = 0
              for column in first..<end {
                let one: Int32 = row[column] == 0 ? 0 : 1
                sum &+= one
                counts[column] &+= one & weight
              }
              found[part &* centroids.count &+ cluster] = sum
            }
          }
        }
      }
    }
    for cluster in 0..<centroids.count {
      valueCounts[cluster] = (0..<parts).reduce(0) {
        $0 + Int(found[$1 * centroids.count + cluster])
      }
    }
    return counts
  }

  /// Where the values of centroids go. An unsafe handle.
  private struct Target {
    let vectorNumbers: [Int32]
    let vectorCount: Int
    let vectors: UnsafeMutablePointer<Scalar>
    let next: UnsafeMutablePointer<Int>
    let listCentroids: UnsafeMutablePointer<Int32>
    let listValues: UnsafeMutablePointer<Scalar>

    /// Makes the vectors of some columns zero, which lie one after another in a slice.
    func clear(_ slice: Int, _ columns: Range<Int>) {
      guard let first = columns.first(where: { vectorNumbers[$0] >= 0 }),
        let last = columns.last(where: { vectorNumbers[$0] >= 0 })
      else { return }
      let numbers = Int(vectorNumbers[first])...Int(vectorNumbers[last])
      (vectors + (slice * vectorCount + numbers.lowerBound) * sliceWidth).update(
        repeating: 0, count: numbers.count * sliceWidth)
    }

    /// Enters the values that a centroid has in some columns.
    func enter(_ row: UnsafePointer<Scalar>, _ cluster: Int, _ columns: Range<Int>) {
      let (slice, lane) = (cluster / sliceWidth, cluster % sliceWidth)
      let target = vectors + slice * vectorCount * sliceWidth + lane
      for column in columns where row[column] != 0 {
        let number = Int(vectorNumbers[column])
        if number >= 0 {
          target[number &* sliceWidth] = row[column]
        } else {
          listCentroids[next[column]] = Int32(truncatingIfNeeded: cluster)
          listValues[next[column]] = row[column]
          next[column] &+= 1
        }
      }
    }
  }
}
