/// The measures from their definitions: one loop after another, sharing no code with the product.
struct EvaluationReference {
  let points: [[Double]]
  let labels: [Int]
  let weights: [Double]
  let centroids: [[Double]]
  private let used: [Int]
  private let rows: [Int: [Int]]

  init(points: [[Double]], labels: [Int], weights: [Double], centroids: [[Double]]) {
    (self.points, self.labels, self.weights) = (points, labels, weights)
    self.centroids = centroids
    rows = Dictionary(grouping: labels.indices) { labels[$0] }
    used = rows.keys.sorted()
  }

  static func distance(_ a: [Double], _ b: [Double]) -> Double {
    zip(a, b).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
  }

  private func members(_ cluster: Int) -> [Int] { rows[cluster] ?? [] }

  private func mean(_ rows: [Int]) -> [Double] {
    let total = rows.reduce(0) { $0 + weights[$1] }
    return points[0].indices.map { column in
      rows.reduce(0) { $0 + weights[$1] * points[$1][column] } / total
    }
  }

  private func weighted(_ values: [(row: Int, value: Double)]) -> Double {
    values.reduce(0) { $0 + weights[$1.row] * $1.value }
      / values.reduce(0) { $0 + weights[$1.row] }
  }

  var inertia: Double {
    labels.indices.reduce(0) { sum, row in
      let distance = Self.distance(points[row], centroids[labels[row]])
      return sum + weights[row] * distance * distance
    }
  }

  func meanDistance(_ cluster: Int) -> Double {
    weighted(members(cluster).map { ($0, Self.distance(points[$0], centroids[cluster])) })
  }

  func deviation(_ cluster: Int) -> Double {
    let mean = meanDistance(cluster)
    return weighted(
      members(cluster).map {
        let difference = Self.distance(points[$0], centroids[cluster]) - mean
        return ($0, difference * difference)
      }
    ).squareRoot()
  }

  var daviesBouldin: Double {
    let means = used.map { mean(members($0)) }
    let spreads = zip(used, means).map { cluster, mean in
      weighted(members(cluster).map { ($0, Self.distance(points[$0], mean)) })
    }
    var sum = 0.0
    for i in means.indices {
      var worst = 0.0
      for j in means.indices where i != j {
        worst = max(worst, (spreads[i] + spreads[j]) / Self.distance(means[i], means[j]))
      }
      sum += worst
    }
    return sum / Double(means.count)
  }

  var calinskiHarabasz: Double {
    let middle = mean(Array(labels.indices))
    let (total, k) = (weights.reduce(0, +), Double(used.count))
    var (between, within) = (0.0, 0.0)
    for cluster in used {
      let mean = mean(members(cluster))
      for row in members(cluster) {
        let (a, b) = (Self.distance(mean, middle), Self.distance(points[row], mean))
        between += weights[row] * a * a
        within += weights[row] * b * b
      }
    }
    return between / (k - 1) / (within / (total - k))
  }

  var dunn: Double {
    var closest = Double.infinity
    for i in used {
      for j in used where i < j {
        closest = min(closest, Self.distance(centroids[i], centroids[j]))
      }
    }
    return closest / used.map { meanDistance($0) }.max()!
  }

  var simplifiedSilhouette: Double {
    weighted(
      labels.indices.map { row in
        if members(labels[row]).count == 1 { return (row, 0) }
        let a = Self.distance(points[row], centroids[labels[row]])
        let b = used.filter { $0 != labels[row] }
          .map { Self.distance(points[row], centroids[$0]) }.min()!
        return (row, max(a, b) == 0 ? 0 : (b - a) / max(a, b))
      })
  }

  func silhouette(_ row: Int) -> Double {
    let own = members(labels[row])
    if own.count == 1 { return 0 }
    func sum(_ rows: [Int]) -> Double {
      rows.reduce(0) { $0 + Self.distance(points[row], points[$1]) }
    }
    let a = sum(own) / Double(own.count - 1)
    let b = used.filter { $0 != labels[row] }
      .map { sum(members($0)) / Double(members($0).count) }.min()!
    return max(a, b) == 0 ? 0 : (b - a) / max(a, b)
  }
}
