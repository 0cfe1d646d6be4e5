// How projections are sorted again: what waits is sorted and merged with what is in order.
extension FastProjectionSearcher {
  /// Whether too many centroids wait, or too many have moved since they were sorted.
  ///
  /// It counts what was sorted when that was done, from the marks alone: entries of what has moved
  /// since are not there where a searcher was made anew.
  @inline(__always)
  func mustSort(_ count: Int) -> Bool {
    let sortedCount = count &- pendingCount &+ movedCount
    return 20 &* pendingCount > sortedCount || 50 &* movedCount > sortedCount
  }

  /// Sorts all that waits.
  ///
  /// - Complexity: O(p (m + w d + w log w)) for p projections and w centroids that wait.
  func sortPending(_ centroids: SearchedCentroids) {
    for place in 0..<pendingCount {
      basis.project(centroids[Int(pending[place])], pendingKeys + place &* basis.room)
    }
    for number in 0..<basis.count {
      waiting.removeAll()
      for place in 0..<pendingCount {
        waiting.append(pending[place], pendingKeys[place &* basis.room &+ number])
      }
      waiting.sort()
      spare.merge(sorted[number], without: centroids.marks, waiting)
      swap(&sorted[number], &spare)
    }
    for place in 0..<pendingCount { centroids.marks[Int(pending[place])] = Mark.sorted }
    (pendingCount, movedCount) = (0, 0)
  }
}
