/// Mahout's figures from their definitions, one loop after another: no code of the product.
struct MahoutReference {
  let squares: [[Double]]
  let weights: [[Double]]
  let centroids: [[Double]]

  init(_ points: [[Double]], _ labels: [Int32], _ weights: [Double], _ centroids: [[Double]]) {
    self.centroids = centroids
    squares = centroids.indices.map { cluster in
      labels.indices.filter { labels[$0] == Int32(cluster) }
        .map { Self.square(points[$0], centroids[cluster]) }
    }
    self.weights = centroids.indices.map { cluster in
      labels.indices.filter { labels[$0] == Int32(cluster) }.map { weights[$0] }
    }
  }

  static func square(_ a: [Double], _ b: [Double]) -> Double {
    zip(a, b).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
  }

  func mean(_ cluster: Int) -> Double {
    let total = weights[cluster].reduce(0, +)
    if total == 0 { return 0 }
    return zip(squares[cluster], weights[cluster]).reduce(0) { $0 + $1.0 * $1.1 } / total
  }

  func deviation(_ cluster: Int) -> Double {
    let mean = mean(cluster)
    let sum = zip(squares[cluster], weights[cluster]).reduce(0.0) {
      $0 + ($1.0 - mean) * ($1.0 - mean) * $1.1
    }
    return (sum / weights[cluster].reduce(0, +)).squareRoot()
  }

  /// numpy's default, which R calls type 7.
  func quantile(_ share: Double, _ cluster: Int) -> Double {
    let sorted = squares[cluster].sorted()
    let place = share * Double(sorted.count - 1)
    let (below, above) = (Int(place.rounded(.down)), Int(place.rounded(.up)))
    return sorted[below] * (1 - (place - Double(below))) + sorted[above]
      * (place - Double(below))
  }

  var daviesBouldin: Double {
    var sum = 0.0
    for i in centroids.indices {
      var worst = 0.0
      for j in centroids.indices where j != i {
        worst = max(worst, (mean(i) + mean(j)) / Self.square(centroids[i], centroids[j]))
      }
      sum += worst
    }
    return sum / Double(centroids.count)
  }

  var dunn: Double {
    var nearest = Double.infinity
    for i in centroids.indices {
      for j in centroids.indices where j > i {
        nearest = min(nearest, Self.square(centroids[i], centroids[j]))
      }
    }
    let medians = centroids.indices.filter { !squares[$0].isEmpty }.map { quantile(0.5, $0) }
    return nearest / medians.max()!
  }

  var largest: Double? { squares.filter { $0.count > 1 }.compactMap { $0.max() }.max() }
}
