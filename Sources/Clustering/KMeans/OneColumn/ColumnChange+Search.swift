// The boundaries of cells among sorted values, and labels without any.
extension ColumnChange {
  /// The cells of centroids that are told apart everywhere.
  ///
  /// - Parameter last: those of an assignment before, near which the new ones probably are.
  /// - Complexity: O(m log n), less where boundaries are near the last ones.
  func cells(of centroids: CentroidOrder, near last: SortedCells?) -> SortedCells {
    var starts = [0]
    starts.reserveCapacity(centroids.count + 1)
    let near = last.flatMap { $0.clusters.count == centroids.count ? $0.starts : nil }
    for left in 0..<centroids.count - 1 {
      let begin = starts[left]
      let guess = near?[left + 1] ?? (begin + (order.count - begin) / (centroids.count - left))
      starts.append(boundary(centroids, left, from: begin, near: guess))
    }
    starts.append(order.count)
    return SortedCells(starts: starts, clusters: centroids.clusters)
  }

  /// The first value from a place on to which the right one of two neighbours is nearer: steps from
  /// a guess that double, and a binary search between the last two of them.
  private func boundary(
    _ centroids: CentroidOrder, _ left: Int, from begin: Int, near guess: Int
  ) -> Int {
    // All before `low` are nearer to the left one, those from `high` on to the right one.
    var (low, high) = (begin, order.count)
    let guess = min(max(guess, low), high)
    var step = 1
    if guess < high, !isRight(centroids, left, guess) {
      low = guess + 1
      while low + step < high {
        guard isRight(centroids, left, low + step) else {
          low += step + 1
          step *= 2
          continue
        }
        high = low + step
        break
      }
    } else {
      high = guess
      while high - step > low {
        guard !isRight(centroids, left, high - step) else {
          high -= step
          step *= 2
          continue
        }
        low = high - step + 1
        break
      }
    }
    while low < high {
      let middle = low + (high - low) / 2
      if isRight(centroids, left, middle) { high = middle } else { low = middle + 1 }
    }
    return low
  }

  private func isRight(_ centroids: CentroidOrder, _ left: Int, _ place: Int) -> Bool {
    compared += 2
    return centroids.isRightNearer(left, Double(order.values[place]))
  }

  /// Takes every row to its nearest centroid, where rounding may let distances tie that are not
  /// equal: the nearest one on either side is found as values rise, and of those beyond it that are
  /// not farther, however they come to tie, the lowest index wins. Distances to the others are
  /// larger, for rounding is monotone.
  ///
  /// - Complexity: O(n + m + ties).
  func sweep(_ centroids: CentroidOrder) {
    var (right, begin, cluster) = (0, 0, Int32(-1))
    for place in 0..<order.count {
      let value = Double(order.values[place])
      while right < centroids.count, centroids.values[right] < value { right += 1 }
      let winner = nearest(centroids, value, right)
      if winner != cluster {
        take(begin..<place, to: cluster)
        (begin, cluster) = (place, winner)
      }
    }
    take(begin..<order.count, to: cluster)
  }

  /// The nearest centroid of a value.
  ///
  /// - Parameter right: the first centroid that is not below it.
  private func nearest(_ centroids: CentroidOrder, _ value: Double, _ right: Int) -> Int32 {
    var best = (distance: Double.infinity, cluster: Int32.max)
    func look(at place: Int) -> Bool {
      let distance = CentroidOrder.distance(value, centroids.values[place])
      compared += 1
      guard distance <= best.distance else { return false }
      let cluster = centroids.clusters[place]
      best = distance < best.distance ? (distance, cluster) : (distance, min(best.cluster, cluster))
      return true
    }
    var place = right
    while place < centroids.count, look(at: place) { place += 1 }
    place = right - 1
    while place >= 0, look(at: place) { place -= 1 }
    return best.cluster
  }
}
