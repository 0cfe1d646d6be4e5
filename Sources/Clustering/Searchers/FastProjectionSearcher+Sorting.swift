// How projections are sorted again: what has moved goes to its new place, which is near, and what
// is new is merged with what is in order.
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
  /// - Complexity: O(p (w d + w log m)) for p projections and w centroids that wait, O(1) for each
  ///   centroid that one of them passes; O(p m) more where many are new.
  func sortPending(_ centroids: SearchedCentroids) {
    let basis = projected.basis
    for place in 0..<pendingCount {
      basis.project(centroids[Int(pending[place])], pendingKeys + place &* basis.room)
    }
    for number in 0..<basis.count { sortPending(number) }
    for place in 0..<pendingCount { centroids.marks[Int(pending[place])] = Mark.sorted }
    (pendingCount, movedCount) = (0, 0)
  }

  /// Sorts all that waits by one projection.
  private func sortPending(_ number: Int) {
    let (room, keys) = (projected.basis.room, projected.keys + number &* projected.capacity)
    waiting.removeAll()
    for place in 0..<pendingCount {
      let (slot, key) = (Int(pending[place]), pendingKeys[place &* room &+ number])
      if keys[slot].isNaN {
        waiting.append(pending[place], key)
      } else {
        projected.sorted[number].move(slot, from: keys[slot], to: key)
      }
      keys[slot] = key
    }
    if waiting.count > 4 {
      waiting.sort()
      spare.merge(projected.sorted[number], waiting)
      swap(&projected.sorted[number], &spare)
    } else {
      for place in 0..<waiting.count {
        projected.sorted[number].insert(Int(waiting.slots[place]), waiting.keys[place])
      }
    }
  }
}
