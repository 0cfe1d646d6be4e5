import Clustering

/// Optimal intervals of sorted values the slow way, with 64 bits for sums.
struct NaiveIntervals {
  let values: [Double]
  let weights: [Double]

  /// Leaves out what weighs nothing.
  init(_ values: [Double], weights: [Double]?) {
    let all = zip(values, weights ?? values.map { _ in 1 }).filter { $0.1 > 0 }
      .sorted { $0.0 < $1.0 }
    self.values = all.map(\.0)
    self.weights = all.map(\.1)
  }

  /// The cost of an interval about its mean, measured from one of its values.
  func cost(_ some: Range<Int>) -> Double {
    guard let origin = some.first.map({ values[$0] }) else { return 0 }
    var (weight, sum) = (Float80(0), Float80(0))
    for place in some {
      weight += Float80(weights[place])
      sum += Float80(weights[place]) * (Float80(values[place]) - Float80(origin))
    }
    let mean = sum / weight
    return some.reduce(0) {
      let difference = Float80(values[$1]) - Float80(origin) - mean
      return $0 + Double(Float80(weights[$1]) * difference * difference)
    }
  }

  /// The least cost of all partitions into intervals that are not empty, one after another.
  func leastByForce(_ clusters: Int, from first: Int = 0) -> Double {
    if clusters == 1 { return cost(first..<values.count) }
    return (first + 1...values.count - clusters + 1).reduce(.infinity) {
      min($0, cost(first..<$1) + leastByForce(clusters - 1, from: $1))
    }
  }

  /// The least cost by dynamic programming over all pairs of places.
  func least(_ clusters: Int) -> Double {
    let n = values.count
    let costs = (0...n).map { start in (0...n).map { start < $0 ? cost(start..<$0) : 0 } }
    var best = (0...n).map { costs[0][$0] }
    for _ in 1..<max(1, clusters) {
      best = (0...n).map { end in
        (0...end).reduce(Double.infinity) { min($0, best[$1] + costs[$1][end]) }
      }
    }
    return best[n]
  }

  /// The same for more values, from sums before each place.
  func leastBySums(_ clusters: Int) -> Double {
    let n = values.count
    var (weight, sum, square): ([Float80], [Float80], [Float80]) = ([0], [0], [0])
    for place in 0..<n {
      let (w, x) = (Float80(weights[place]), Float80(values[place]) - Float80(values[n / 2]))
      weight.append(weight[place] + w)
      sum.append(sum[place] + w * x)
      square.append(square[place] + w * x * x)
    }
    var best = [Float80](repeating: .infinity, count: n + 1)
    best[0] = 0
    for _ in 0..<clusters {
      for end in (1...n).reversed() {
        var least = Float80.infinity
        for start in 0..<end {
          let part = sum[end] - sum[start]
          let cost = square[end] - square[start] - part * part / (weight[end] - weight[start])
          least = min(least, best[start] + cost)
        }
        best[end] = least
      }
      best[0] = .infinity
    }
    return Double(best[n])
  }

  /// The cost of the partition whose clusters are nearest to some centroids.
  func cost(nearestTo centroids: [Double]) -> Double {
    let order = centroids.sorted()
    let labels = values.map { value in
      order.indices.min { (order[$0] - value).magnitude < (order[$1] - value).magnitude }!
    }
    return order.indices.reduce(0) { sum, cluster in
      guard let first = labels.firstIndex(of: cluster) else { return sum }
      return sum + cost(first..<labels.lastIndex(of: cluster)! + 1)
    }
  }
}
