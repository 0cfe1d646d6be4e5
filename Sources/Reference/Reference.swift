// The naive reference: k-means in Double, one loop after another, sharing no code with the product.
// The tests compare every fast path with it, and `--verify` replays a fit in it.

/// Points and centroids are arrays of rows; every number is a Double, which holds every Float.
public enum Reference {
  /// The squared distance that decides labels, from its definition: below 8 values a running sum;
  /// else value i goes to lane i mod 8, and the lanes are added as ((0+4)+(2+6)) + ((1+5)+(3+7)).
  public static func squaredDistance(_ a: [Double], _ b: [Double]) -> Double {
    if a.count < 8 {
      var sum = 0.0
      for i in 0..<a.count { sum += (a[i] - b[i]) * (a[i] - b[i]) }
      return sum
    }
    var lane = InlineArray<8, Double>(repeating: 0)
    for i in 0..<a.count { lane[i % 8] += (a[i] - b[i]) * (a[i] - b[i]) }
    let even = (lane[0] + lane[4]) + (lane[2] + lane[6])
    let odd = (lane[1] + lane[5]) + (lane[3] + lane[7])
    return even + odd
  }

  /// The nearest center of one point, the lowest on ties.
  public static func nearest(_ point: [Double], _ centers: [[Double]]) -> Int {
    var best = 0
    var least = Double.infinity
    for (index, center) in centers.enumerated() {
      let distance = squaredDistance(point, center)
      if distance < least { (best, least) = (index, distance) }
    }
    return best
  }

  // MARK: - The three functions of a textbook k-means, under their textbook names

  /// The rows to start from, as centers.
  // swift-format-ignore: AlwaysUseLowerCamelCase
  public static func initialize_centers(_ points: [[Double]], rows: [Int]) -> [[Double]] {
    rows.map { points[$0] }
  }

  /// The nearest center of every point.
  // swift-format-ignore: AlwaysUseLowerCamelCase
  public static func assign_clusters(_ points: [[Double]], _ centers: [[Double]]) -> [Int] {
    points.map { nearest($0, centers) }
  }

  /// The weighted mean of the points of every cluster; a cluster without weight keeps its center.
  // swift-format-ignore: AlwaysUseLowerCamelCase
  public static func update_centers(
    _ points: [[Double]], _ labels: [Int], _ centers: [[Double]], weights: [Double]? = nil
  ) -> [[Double]] {
    var sums = centers.map { $0.map { _ in 0.0 } }
    var totals = [Double](repeating: 0, count: centers.count)
    for (row, point) in points.enumerated() {
      let weight = weights?[row] ?? 1
      totals[labels[row]] += weight
      for column in point.indices { sums[labels[row]][column] += weight * point[column] }
    }
    return centers.indices.map { cluster in
      totals[cluster] > 0 ? sums[cluster].map { $0 / totals[cluster] } : centers[cluster]
    }
  }

  /// The weighted sum of squared distances to the centers that the labels name.
  public static func inertia(
    _ points: [[Double]], _ labels: [Int], _ centers: [[Double]], weights: [Double]? = nil
  ) -> Double {
    var sum = 0.0
    for (row, point) in points.enumerated() {
      sum += (weights?[row] ?? 1) * squaredDistance(point, centers[labels[row]])
    }
    return sum
  }
}
