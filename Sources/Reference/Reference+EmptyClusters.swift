// Points for empty clusters.
extension Reference {
  /// Gives each empty cluster the point with the largest weighted distance that is not alone, one
  /// after another; a point is as far as the nearest of its center and the points given so far.
  ///
  /// - Returns: the labels with those points moved, and the number of these.
  public static func refillEmptyClusters(
    _ points: [[Double]], _ labels: [Int], _ centers: [[Double]], weights: [Double]? = nil
  ) -> (labels: [Int], refilled: Int) {
    var labels = labels
    var totals = [Double](repeating: 0, count: centers.count)
    for row in points.indices { totals[labels[row]] += weights?[row] ?? 1 }
    let empty = totals.indices.filter { totals[$0] == 0 }
    if empty.isEmpty { return (labels, 0) }
    var distances = points.indices.map { squaredDistance(points[$0], centers[labels[$0]]) }
    for (count, cluster) in empty.enumerated() {
      var farthest: Int?
      var largest = 0.0
      for row in points.indices {
        let weight = weights?[row] ?? 1
        if weight * distances[row] > largest, totals[labels[row]] > weight {
          (farthest, largest) = (row, weight * distances[row])
        }
      }
      guard let row = farthest else { return (labels, count) }
      totals[labels[row]] -= weights?[row] ?? 1
      totals[cluster] += weights?[row] ?? 1
      labels[row] = cluster
      for other in points.indices {
        distances[other] = min(distances[other], squaredDistance(points[other], points[row]))
      }
    }
    return (labels, empty.count)
  }
}
