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
  public static func assignClusters(_ points: [[Double]], _ centers: [[Double]]) -> [Int] {
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

// Transforms of rows before they are clustered.
extension Reference {
  /// Rows of which each column was shifted and divided, rounded to a type.
  public static func standardized<Scalar: BinaryFloatingPoint>(
    _ rows: [[Double]], means: [Double], deviations: [Double], of type: Scalar.Type
  ) -> [[Double]] {
    rows.map { row in
      row.indices.map { Double(Scalar((row[$0] - means[$0]) / deviations[$0])) }
    }
  }

  /// Rows divided by their length, rounded to a type; a row of zeros stays as it is.
  public static func normalized<Scalar: BinaryFloatingPoint>(
    _ rows: [[Double]], of type: Scalar.Type
  ) -> [[Double]] {
    rows.map { row in
      let length = length(row)
      return length > 0 ? row.map { Double(Scalar($0 / length)) } : row
    }
  }

  /// The length of a row; if its square nearly underflows or overflows, that of the row in units of
  /// its largest value.
  static func length(_ row: [Double]) -> Double {
    let square = squaredDistance(row, row.map { _ in 0 })
    if square > 0x1p-900 { return square.squareRoot() }
    let largest = row.reduce(0) { max($0, $1.magnitude) }
    if largest == 0 { return 0 }
    var sum = 0.0
    for value in row { sum += (value / largest) * (value / largest) }
    return sum.squareRoot() * largest
  }
}
